// A square over a part of a picture: what a small network makes of the rest, here and everywhere.
import {
  bytesOf, decimal, figure, grey, inkOn, remember, signedColour, softmax, traitsOf, unpackedWeights,
} from "./shared.js";

const PIXEL = 1 / 16384, ALIKE = 1e-9, SEEN = 0.005;

/**
 * The network out of its bytes; sizes are D, R, H, W and K. All arrays are flat, and the kernels come
 * last but for the classes: all maps at one place, all maps at the next, and so on.
 */
export function unpacked(bytes, worth, [depth, side, rows, columns, classes]) {
  const h = rows - side + 1, w = columns - side + 1, down = h >> 1, right = w >> 1;
  const counts = [depth * side * side, depth, depth * down * right * classes, classes];
  const [convW, convB, denseW, denseB] = unpackedWeights(bytes, worth, counts);
  const kernelsLast = (values, places, each) => {
    const turned = new Float64Array(values.length);
    for (let d = 0; d < depth; d++) for (let place = 0; place < places; place++) for (let k = 0; k < each; k++) {
      turned[(place * depth + d) * each + k] = values[(d * places + place) * each + k];
    }
    return turned;
  };
  return {
    depth, side, rows, columns, classes, h, w, down, right,
    convW: kernelsLast(convW, side * side, 1), convB, denseW: kernelsLast(denseW, down * right, classes), denseB,
  };
}

function pixelsOf(bytes, picture, size) {
  const all = bytesOf(bytes), view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  return Float64Array.from({ length: size }, (_, i) => view.getInt16(2 * (picture * size + i), true) * PIXEL);
}

/** What the convolution gives, what pooling leaves of it after ReLU, and the scores. */
export function forward(net, pixels) {
  const { depth, side, columns, classes, h, w, down, right } = net;
  const maps = new Float64Array(h * w * depth), pooled = new Float64Array(down * right * depth);
  const scores = Float64Array.from(net.denseB);
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
    const to = (y * w + x) * depth;
    maps.set(net.convB, to);
    for (let i = 0; i < side; i++) for (let j = 0; j < side; j++) {
      addTimes(maps, to, net.convW, (i * side + j) * depth, pixels[(y + i) * columns + x + j], depth);
    }
  }
  for (let a = 0; a < down; a++) for (let b = 0; b < right; b++) {
    const at = (2 * a * w + 2 * b) * depth, cell = (a * right + b) * depth;
    for (let d = 0; d < depth; d++) {
      pooled[cell + d] = largestOfFour(maps, at + d, depth, w * depth);
      addTimes(scores, 0, net.denseW, (cell + d) * classes, pooled[cell + d], classes);
    }
  }
  return { maps, pooled, scores };
}

/** Adds `factor` times a stretch of numbers to another one. */
function addTimes(to, start, from, first, factor, length) {
  for (let n = 0; n < length; n++) to[start + n] += factor * from[first + n];
}

/** ReLU and pooling: 0 or the largest of a place, the one to its right and the two below. */
function largestOfFour(maps, at, across, down) {
  return Math.max(0, maps[at], maps[at + across], maps[at + down], maps[at + across + down]);
}

/**
 * The scores with the square at every place, one place after the other. Of the maps only what the
 * square reaches is changed, so that all places take no longer than a frame.
 */
export function allCoveredScores(net, pixels, clean, size, fill) {
  const { depth, side, rows, columns, classes, h, w, down, right } = net;
  const across = columns - size + 1, places = (rows - size + 1) * across, reach = size + side + 1;
  const found = new Float64Array(places * classes);
  const here = new Float64Array(reach * reach * depth); // the maps where the square reaches them
  for (let place = 0; place < places; place++) {
    const row = Math.floor(place / across), column = place % across, to = place * classes;
    found.set(clean.scores, to);
    // Whole windows of the pooling, from the first that the square reaches to the last.
    const a0 = Math.max(0, row - side + 1) >> 1, a1 = Math.min(down - 1, (row + size - 1) >> 1);
    const b0 = Math.max(0, column - side + 1) >> 1, b1 = Math.min(right - 1, (column + size - 1) >> 1);
    const wide = 2 * (b1 - b0 + 1) * depth, tall = 2 * (a1 - a0 + 1);
    if (wide <= 0 || tall <= 0) continue;
    for (let y = 0; y < tall; y++) {
      const from = ((2 * a0 + y) * w + 2 * b0) * depth;
      for (let n = 0; n < wide; n++) here[y * wide + n] = clean.maps[from + n];
    }
    for (let i = row; i < row + size; i++) for (let j = column; j < column + size; j++) {
      const change = fill - pixels[i * columns + j];
      if (change === 0) continue;
      const y1 = Math.min(2 * a1 + 1, i), x1 = Math.min(2 * b1 + 1, j);
      for (let y = Math.max(2 * a0, i - side + 1); y <= y1; y++) {
        for (let x = Math.max(2 * b0, j - side + 1); x <= x1; x++) {
          addTimes(here, (y - 2 * a0) * wide + (x - 2 * b0) * depth,
            net.convW, ((i - y) * side + j - x) * depth, change, depth);
        }
      }
    }
    for (let a = a0; a <= a1; a++) for (let b = b0; b <= b1; b++) {
      const at = 2 * (a - a0) * wide + 2 * (b - b0) * depth, cell = (a * right + b) * depth;
      for (let d = 0; d < depth; d++) {
        const more = largestOfFour(here, at + d, depth, wide) - clean.pooled[cell + d];
        if (more !== 0) addTimes(found, to, net.denseW, (cell + d) * classes, more, classes);
      }
    }
  }
  return found;
}

/** How much each pixel moves the score of a class: |d score / d pixel|. */
export function saliency(net, clean, target) {
  const { depth, side, rows, columns, classes, w, down, right } = net, grad = new Float64Array(rows * columns);
  for (let a = 0; a < down; a++) for (let b = 0; b < right; b++) for (let d = 0; d < depth; d++) {
    const cell = (a * right + b) * depth + d;
    if (clean.pooled[cell] <= 0) continue;
    // Of equals, the first in reading order wins.
    const [y, x] = [[0, 0], [0, 1], [1, 0], [1, 1]].map(([i, j]) => [2 * a + i, 2 * b + j])
      .find(([i, j]) => clean.maps[(i * w + j) * depth + d] === clean.pooled[cell]);
    const back = net.denseW[cell * classes + target];
    for (let i = 0; i < side; i++) for (let j = 0; j < side; j++) {
      grad[(y + i) * columns + x + j] += back * net.convW[(i * side + j) * depth + d];
    }
  }
  return grad.map(Math.abs);
}

const maximum = (values) => values.reduce((most, value) => Math.max(most, value), -Infinity);

/** The place of the largest of some numbers, of equals the first. */
function best(values) {
  const most = maximum(values);
  return values.findIndex((value) => value >= most - ALIKE);
}

/** The largest of some numbers in rows, and where it is. */
function largest(values, across) {
  const at = best(values);
  return { most: maximum(values), row: Math.floor(at / across), column: at % across };
}

/** Everything the picture shows, as numbers. */
export function view(state) {
  const { net, clean, all, size, show } = state, { classes } = net;
  const down = net.rows - size + 1, across = net.columns - size + 1;
  const row = Math.min(state.row, down - 1), column = Math.min(state.column, across - 1);
  const at = (row * across + column) * classes, covered = Array.from(all.subarray(at, at + classes));
  const chances = softmax(clean.scores), left = softmax(covered);
  const { target, drops, value } = state.asked;
  return {
    row, column, down, across, target, drops, value, chances, left, size, show,
    coveredValue: show === "probability" ? left[target] : covered[target],
    drop: drops[row * across + column], saliency: state.saliency,
    answer: best(clean.scores), coveredAnswer: best(covered),
    scores: Array.from(clean.scores), covered,
  };
}

/** How far the class asked about drops at every place of the square; without one it is the answer. */
function dropsOf(clean, all, chosen, show) {
  const { scores } = clean, classes = scores.length, target = chosen ? chosen - 1 : best(scores);
  const valueOf = (some) => (show === "probability" ? softmax(some)[target] : some[target]);
  const value = valueOf(scores);
  const drops = Float64Array.from({ length: all.length / classes }, (_, place) =>
    value - valueOf(all.subarray(place * classes, (place + 1) * classes)));
  return { target, value, drops };
}

/** 0.98 − 0.41 = 0.57, without and with the square, in pieces, each with the role that colours it. */
function spelled(v) {
  const piece = (string, role) => ({ string, role });
  const pieces = [
    piece(`${v.show} of ${v.target}: `, "quiet"), piece(decimal(v.value, 3), "input"), piece(" − ", "quiet"),
    piece(decimal(v.coveredValue, 3), "kernel"), piece(" = ", "quiet"), piece(decimal(v.drop), "output"),
  ];
  return v.coveredAnswer === v.answer ? pieces
    : [...pieces, piece(`, and the answer is ${v.coveredAnswer}`, "ink")];
}

/** How far the class falls at most, and how far it rises, in short. */
function mapWords(v) {
  const said = [["falls", v.drops], ["rises", v.drops.map((drop) => -drop)]].flatMap(([word, drops]) => {
    const { most, row, column } = largest(drops, v.across);
    return most < SEEN ? [] : [`${word} most, by ${decimal(most)}, at row ${row}, column ${column}`];
  });
  return said.join(" and ") || "changes by less than 0.01";
}

/** Where the saliency is largest, in short. */
function saliencyWords(v, columns) {
  const { most, row, column } = largest(v.saliency, columns);
  return most <= ALIKE ? "0 everywhere" : `largest, ${decimal(most)}, at row ${row}, column ${column}`;
}

const percent = (share) => `${decimal(100 * share, 1)} %`;

/** The state in words and a small table; occlusion_explorer.py says the same. */
export function describe(state) {
  const v = view(state), end = v.size - 1;
  const place = end ? `rows ${v.row} to ${v.row + end} and columns ${v.column} to ${v.column + end}`
    : `row ${v.row}, column ${v.column}`;
  return {
    text: `A square of ${v.size}×${v.size} pixels of grey ${state.fill} % covers ${place} of ${state.picture}. Without it `
      + `the network answers ${v.answer}, with ${percent(v.chances[v.answer])}; with it ${v.coveredAnswer}, with `
      + `${percent(v.left[v.coveredAnswer])}. ${spelled(v).map((piece) => piece.string).join("")}. `
      + `Of ${v.drops.length} places of the square, the ${v.show} of ${v.target} `
      + `${mapWords(v)}. The saliency of ${v.target} is ${saliencyWords(v, state.net.columns)}.`,
    header: ["class", "without the square", "with it"],
    rows: v.chances.map((chance, k) => [String(k), percent(chance), percent(v.left[k])]),
  };
}

const WIDE = 760; // from this width on all four parts are in a row
const GAP = 16, EDGE = 16, TOP = 40, SIDE_AT_MOST = 220;

/** Where the four parts are in a picture of a width: their left ends and tops, and their side. */
export function layout(width) {
  const wide = width >= WIDE, column = (width - 4 - (wide ? 3 : 1) * GAP) / (wide ? 4 : 2);
  const side = Math.min(SIDE_AT_MOST, column - EDGE), below = TOP + side + 74;
  const lefts = wide ? [0, 1, 2, 3].map((n) => 2 + n * (column + GAP) + EDGE)
    : [0, 1, 0, 1].map((n) => 2 + n * (column + GAP) + EDGE);
  const tops = wide ? [TOP, TOP, TOP, TOP] : [TOP, TOP, below + 18, below + 18];
  const [picture, bars, map, saliency] = lefts.map((x, n) => ({ x, y: tops[n] }));
  return { picture, bars, map, saliency, side, room: column - 4, result: tops[3] + side + 46 };
}

/** A sheet with a pixel for each of some numbers, in the colour that `shade` gives it. */
function sheetOf(values, across, shade) {
  const sheet = new OffscreenCanvas(across, values.length / across), levels = new Uint8ClampedArray(4 * values.length);
  values.forEach((value, i) => {
    const colour = shade(value);
    levels.set([1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)), 4 * i);
    levels[4 * i + 3] = 255;
  });
  sheet.getContext("2d").putImageData(new ImageData(levels, across), 0, 0);
  return sheet;
}
const pictureSheet = remember((pixels, across) => sheetOf(pixels, across, grey));
const mapSheet = remember((drops, across, stops) => {
  const most = maximum(drops.map(Math.abs));
  return sheetOf(drops, across, (drop) => signedColour(drop, most, stops));
});
const saliencySheet = remember((values, across) => {
  const most = maximum(values) || 1;
  return sheetOf(values, across, (value) => grey(value / most));
});

function drawSheet(p, sheet, x, y, cell) {
  p.context.imageSmoothingEnabled = false;
  p.context.drawImage(sheet, x, y, sheet.width * cell, sheet.height * cell);
  p.box(x, y, sheet.width * cell, sheet.height * cell, { colour: p.colours.line, radius: 0 });
}

const PRINTED = 23; // pixels that a cell needs for its number

/** The numbers of a map's cells, where they are large enough. */
function printNumbers(p, values, across, x, y, cell, shade, write) {
  if (cell < PRINTED) return;
  const look = p.lettering(Array.from(values), cell, write);
  values.forEach((value, at) => p.text(look.write(value), x + (at % across + 0.5) * cell,
    y + (Math.floor(at / across) + 0.5) * cell + 0.5, { size: look.size, colour: inkOn(shade(value)) }));
}

/** Numbers of rows and columns beside a grid, as many as there is room for. */
function drawEdges(p, x, y, cell, down, across, [row, column]) {
  const step = cell >= 13 ? 1 : 5, look = (n, now) => ({ size: 11, bold: n === now, colour: p.colours[n === now ? "kernel" : "quiet"] });
  for (let n = 0; n < down; n += step) p.text(String(n), x - 3, y + (n + 0.5) * cell, { ...look(n, row), align: "right" });
  for (let n = 0; n < across; n += step) p.text(String(n), x + (n + 0.5) * cell, y - 7, look(n, column));
}

function drawBars(p, v, at) {
  const c = p.colours, { side } = at, { x, y } = at.bars, step = side / v.chances.length, tall = Math.min(9, step * 0.4);
  const wide = side - 14 - 74;
  v.chances.forEach((chance, k) => {
    const middle = y + (k + 0.5) * step, strong = k === v.coveredAnswer;
    if (k === v.target) p.box(x - EDGE, middle - step / 2, side + EDGE, step, { colour: c.output, stroke: 2 });
    p.text(String(k), x - 4, middle, { size: 12, bold: k === v.target, colour: k === v.target ? c.output : c.ink, align: "center" });
    p.box(x + 8, middle - tall, Math.max(1, wide * chance), tall, { fill: c.input_soft, colour: c.input, radius: 0 });
    p.box(x + 8, middle, Math.max(1, wide * v.left[k]), tall, { fill: c.kernel, radius: 0 });
    p.text(`${decimal(100 * chance, 1)} → ${decimal(100 * v.left[k], 1)}`, x + side - 4, middle,
      { size: 11, align: "right", bold: strong, colour: c.ink });
  });
}

function draw(p, state) {
  const v = view(state), at = layout(p.width), c = p.colours, { net, pixels } = state;
  const cell = at.side / Math.max(net.rows, net.columns), half = ((v.size - 1) / 2) * cell;
  const titled = (part, words, colour) => {
    let size = 14;
    while (size > 11 && p.measure(words, size, true) > at.room) size -= 0.5;
    p.text(words, part.x - EDGE, part.y - 28, { size, bold: true, align: "left", colour });
  };
  const noted = (part, words, n = 0) =>
    p.paragraph(words, part.x - EDGE, part.y + at.side + 14 + 17 * n, at.room, { size: 12, colour: c.quiet });

  titled(at.picture, "picture and square", c.input);
  drawSheet(p, pictureSheet(pixels, net.columns), at.picture.x, at.picture.y, cell);
  drawEdges(p, at.picture.x, at.picture.y, cell, net.rows, net.columns, [v.row, v.column]);
  p.box(at.picture.x + v.column * cell, at.picture.y + v.row * cell, v.size * cell, v.size * cell,
    { fill: grey(state.fill / 100), colour: c.kernel, stroke: 3, radius: 0 });
  noted(at.picture, `read as ${v.answer}, with the square as ${v.coveredAnswer}`);

  titled(at.bars, "probabilities in %", c.ink);
  drawBars(p, v, at);
  noted(at.bars, "upper: without the square, lower: with it");

  titled(at.map, `drop of the ${v.show} of ${v.target}`, c.output);
  const most = maximum(v.drops.map(Math.abs)), x = at.map.x + half, y = at.map.y + half;
  p.box(at.map.x, at.map.y, net.columns * cell, net.rows * cell, { colour: c.line, radius: 0 });
  drawSheet(p, mapSheet(v.drops, v.across, c.signed), x, y, cell);
  printNumbers(p, v.drops, v.across, x, y, cell, (drop) => signedColour(drop, most, c.signed), decimal);
  drawEdges(p, x, y, cell, v.down, v.across, [v.row, v.column]);
  p.box(x + v.column * cell, y + v.row * cell, cell, cell, { colour: c.kernel, stroke: 3, radius: 1 });
  noted(at.map, "red: it falls with the square's middle here, blue: it rises");

  titled(at.saliency, `saliency of ${v.target}`, c.ink);
  const top = maximum(v.saliency);
  drawSheet(p, saliencySheet(v.saliency, net.columns), at.saliency.x, at.saliency.y, cell);
  printNumbers(p, v.saliency, net.columns, at.saliency.x, at.saliency.y, cell, (value) => grey(value / (top || 1)), decimal);
  drawEdges(p, at.saliency.x, at.saliency.y, cell, net.rows, net.columns, []);
  p.box(at.saliency.x + v.column * cell, at.saliency.y + v.row * cell, v.size * cell, v.size * cell,
    { colour: c.kernel, stroke: 1.5, radius: 0 });
  noted(at.saliency, `black is 0, white is ${decimal(top)}`);
  p.result(spelled(v), at.result);
}

const ofNetwork = remember(unpacked), ofPicture = remember(pixelsOf), ofForward = remember(forward);
const ofPlaces = remember(allCoveredScores), ofSaliency = remember(saliency), ofDrops = remember(dropsOf);

/** The state as the functions above take it, from the traits that `get` returns by name. */
export function stateOf(get) {
  const net = ofNetwork(get("weights"), get("worth"), get("sizes")), size = get("size"), fill = get("fill");
  const pixels = ofPicture(get("pictures"), get("picture"), net.rows * net.columns), clean = ofForward(net, pixels);
  const all = ofPlaces(net, pixels, clean, size, fill / 100);
  const { show, picture } = traitsOf(get, [], { show: "shows", picture: "names" });
  const asked = ofDrops(clean, all, get("target"), show);
  return {
    ...traitsOf(get, ["row", "column"]), net, pixels, clean, all, size, fill, show, picture, asked,
    saliency: ofSaliency(net, clean, asked.target),
  };
}

const TRAITS = ["weights", "pictures", "picture", "target", "show", "size", "fill", "row", "column"];

function render({ model, el }) {
  const inside = ({ x, y }, side, px, py) => px >= x && px < x + side && py >= y && py < y + side;
  return figure({
    model, el, stateOf, draw, describe, traits: TRAITS,
    heightFor: (width) => layout(width).result + 48,
    name: "Picture and square, probabilities, the map of all places, saliency",
    holds: (x, y, width) => inside(layout(width).picture, layout(width).side, x, y),
    pick: (now, x, y, width, event) => {
      const at = layout(width), { net, size } = now, cell = at.side / Math.max(net.rows, net.columns);
      if (inside(at.bars, at.side, x, y)) {
        const k = Math.floor(((y - at.bars.y) / at.side) * net.classes);
        return event.type === "pointerdown" ? { target: k + 1 } : {};
      }
      const part = [at.picture, at.map, at.saliency].find((one) => inside(one, at.side, x, y));
      if (!part) return null;
      const down = (y - part.y) / cell, right = (x - part.x) / cell;
      if (down >= net.rows || right >= net.columns) return null;
      // The square's middle comes as near as it can, which on the map is the cell that is pointed at.
      const corner = (place, most) => Math.max(0, Math.min(most - size, Math.floor(place - (size - 1) / 2)));
      return { row: corner(down, net.rows), column: corner(right, net.columns) };
    },
    // How far the square can go follows from its size; a place beyond that springs back.
    settle: (now) => {
      const { down, across, row, column } = view(now);
      return { row_max: Math.max(1, down - 1), column_max: Math.max(1, across - 1), row, column };
    },
  });
}

export default { render };
