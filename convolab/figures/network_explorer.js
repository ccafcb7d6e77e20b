// The whole LeNet on one digit: every map of every layer, and one unit's sum spelled out.
import { bytesOf, decimal, factor, figure, grey, signedColour, softmax, traitsOf, unpackedWeights } from "./shared.js";

const LAYERS = ["input", "conv1", "pool1", "conv2", "pool2", "dense1", "dense2", "output"];
const SIZES = [[1, 32, 32], [6, 28, 28], [6, 14, 14], [16, 10, 10], [16, 5, 5], [120, 1, 1], [84, 1, 1], [10, 1, 1]];
const PARAMETERS = [
  ["conv1_w", 150], ["conv1_b", 6], ["conv2_w", 2400], ["conv2_b", 16], ["dense1_w", 48000],
  ["dense1_b", 120], ["dense2_w", 10080], ["dense2_b", 84], ["dense3_w", 840], ["dense3_b", 10],
];
const NAMES = { 1: "conv1", 3: "conv2", 5: "dense1", 6: "dense2", 7: "dense3" };
const TERMS = 4;

/** A convolutional layer with ReLU left to others: x (c, h, w) flat, weights (d, c, r, r) flat. */
export function convForward(x, [c, h, w], weights, bias, r) {
  const down = h - r + 1, right = w - r + 1, y = new Float64Array(bias.length * down * right);
  for (let d = 0; d < bias.length; d++) {
    const out = d * down * right;
    y.fill(bias[d], out, out + down * right);
    for (let k = 0; k < c; k++) for (let i = 0; i < r; i++) for (let j = 0; j < r; j++) {
      const weight = weights[((d * c + k) * r + i) * r + j];
      for (let row = 0; row < down; row++) {
        const to = out + row * right, from = (k * h + row + i) * w + j;
        for (let column = 0; column < right; column++) y[to + column] += weight * x[from + column];
      }
    }
  }
  return y;
}

/** Max pooling of 2×2, stride 2. */
export function poolForward(x, [c, h, w]) {
  const down = h >> 1, right = w >> 1, y = new Float64Array(c * down * right);
  for (let k = 0; k < c; k++) for (let i = 0; i < down; i++) for (let j = 0; j < right; j++) {
    const at = (k * h + 2 * i) * w + 2 * j;
    y[(k * down + i) * right + j] = Math.max(x[at], x[at + 1], x[at + w], x[at + w + 1]);
  }
  return y;
}

/** A fully connected layer: x (inputs), weights (inputs, units) flat. */
export function dense(x, weights, bias) {
  const y = Float64Array.from(bias);
  for (let i = 0; i < x.length; i++) {
    if (x[i] === 0) continue;
    for (let o = 0; o < y.length; o++) y[o] += x[i] * weights[i * y.length + o];
  }
  return y;
}

const relu = (x) => x.map((value) => Math.max(0, value));

/** What comes out of every layer, flat; the last are the ten scores. */
export function forward(image, p) {
  const found = [image];
  const last = () => found.at(-1);
  found.push(relu(convForward(last(), SIZES[0], p.conv1_w, p.conv1_b, 5)));
  found.push(poolForward(last(), SIZES[1]));
  found.push(relu(convForward(last(), SIZES[2], p.conv2_w, p.conv2_b, 5)));
  found.push(poolForward(last(), SIZES[3]));
  found.push(relu(dense(last(), p.dense1_w, p.dense1_b)));
  found.push(relu(dense(last(), p.dense2_w, p.dense2_b)));
  found.push(dense(last(), p.dense3_w, p.dense3_b));
  return found;
}

/** The parameters out of their bytes, by their names. */
export function unpacked(bytes, worth) {
  const arrays = unpackedWeights(bytes, worth, PARAMETERS.map(([, size]) => size));
  return Object.fromEntries(PARAMETERS.map(([name], n) => [name, arrays[n]]));
}

/** A drawing of 32×32 zeros and ones as the course's digits are made: ink counted in 4×4 blocks. */
export function enlarged(ink) {
  const counts = new Float64Array(64), image = new Float64Array(1024);
  ink.forEach((bit, at) => { counts[8 * (at >> 7) + ((at & 31) >> 2)] += bit; });
  const near = (i) => {
    const place = Math.min(7, Math.max(0, (i + 0.5) / 4 - 0.5)), a = Math.floor(place);
    return [a, Math.min(7, a + 1), place - a];
  };
  for (let i = 0; i < 32; i++) for (let j = 0; j < 32; j++) {
    const [a, b, s] = near(i), [c, d, t] = near(j);
    const line = (r) => (1 - t) * counts[8 * r + c] + t * counts[8 * r + d];
    image[32 * i + j] = ((1 - s) * line(a) + s * line(b)) / 16;
  }
  return image;
}

/** A drawing out of its 256 hexadecimal digits, and back. */
export const inkOf = (text) => [...text].flatMap((digit) =>
  [8, 4, 2, 1].map((bit) => (parseInt(digit, 16) & bit ? 1 : 0)));
export const textOf = (ink) => Array.from({ length: 256 }, (_, i) =>
  (8 * ink[4 * i] + 4 * ink[4 * i + 1] + 2 * ink[4 * i + 2] + ink[4 * i + 3]).toString(16)).join("");

/** One unit: what it sees, times its weights, and what comes out of it. */
export function unit(outputs, p, { layer, map, row, column }) {
  const [maps, h, w] = SIZES[Math.max(0, layer - 1)], before = outputs[Math.max(0, layer - 1)];
  const cut = (first, count, top, left, rows, columns) => {
    const seen = [];
    for (let k = first; k < first + count; k++) for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) {
      seen.push(before[(k * h + top + i) * w + left + j]);
    }
    return { seen, shape: [count, rows, columns], inside: [top, left] };
  };
  if (layer === 0) {
    const one = cut(0, 1, row, column, 1, 1);
    return { ...one, bias: 0, sum: one.seen[0], value: one.seen[0] };
  }
  if (layer === 2 || layer === 4) {
    const patch = cut(map, 1, 2 * row, 2 * column, 2, 2), most = Math.max(...patch.seen);
    return { ...patch, bias: 0, sum: most, value: most };
  }
  const name = NAMES[layer], bias = p[`${name}_b`][map], all = p[`${name}_w`];
  let patch, weights;
  if (layer < 5) {
    patch = cut(0, maps, row, column, 5, 5);
    weights = all.subarray(map * maps * 25, (map + 1) * maps * 25);
  } else {
    const units = SIZES[layer][0], shape = layer === 5 ? [16, 5, 5] : [1, before.length / 12, 12];
    patch = { seen: before, shape, inside: [0, 0] };
    weights = Float64Array.from({ length: before.length }, (_, i) => all[i * units + map]);
  }
  let sum = bias;
  patch.seen.forEach((value, i) => { sum += value * weights[i]; });
  const value = layer === 7 ? softmax(outputs[7])[map] : Math.max(0, sum);
  return { ...patch, weights, bias, sum, value };
}

/** A unit's sum in pieces {string, role}. */
function spelled(u, layer, map) {
  const piece = (string, role = "quiet") => ({ string, role });
  if (layer === 0) return [piece("this pixel = "), piece(decimal(u.value), "output")];
  if (!u.weights) {
    return [piece("max("), piece(u.seen.map((v) => decimal(v)).join(", "), "input"), piece(") = "),
      piece(decimal(u.value), "output")];
  }
  const products = Array.from(u.seen, (value, i) => value * u.weights[i]);
  const sum = (some) => some.reduce((a, b) => a + b, 0);
  const pieces = [];
  if (layer < 5) {
    const size = layer === 3 ? 25 : 5;
    pieces.push(piece(layer === 3 ? "maps: " : "rows: "));
    for (let i = 0; i < products.length / size; i++) {
      if (i) pieces.push(piece(" + "));
      pieces.push(piece(factor(decimal(sum(products.slice(i * size, (i + 1) * size)))), "ink"));
    }
  } else {
    const order = products.map((_, i) => i).sort((a, b) => Math.abs(products[b]) - Math.abs(products[a]) || a - b);
    const largest = order.slice(0, TERMS);
    for (const i of largest) {
      pieces.push(piece(factor(decimal(u.seen[i])), "input"), piece("·"),
        piece(factor(decimal(u.weights[i])), "kernel"), piece(" + "));
    }
    const rest = decimal(sum(products) - sum(largest.map((i) => products[i])));
    pieces.push(piece(`${factor(rest)} of ${products.length - TERMS} more`, "ink"));
  }
  pieces.push(piece(" + bias "), piece(factor(decimal(u.bias)), "kernel"), piece(" = "), piece(decimal(u.sum), "ink"));
  return layer === 7
    ? [...pieces, piece(" → "), piece(`${decimal(100 * u.value, 1)} % a ${map}`, "output")]
    : [...pieces, piece(", ReLU "), piece(decimal(u.value), "output")];
}

/** Where a unit stands, in words. */
function placeOf({ layer, map, row, column }) {
  if (layer === 0) return `pixel at row ${row}, column ${column} of the input`;
  return layer < 5 ? `${LAYERS[layer]}, map ${map}, row ${row}, column ${column}` : `${LAYERS[layer]}, unit ${map}`;
}

/** What a unit looks at, in words. */
function sight({ layer }, u) {
  if (layer === 0) return "It is what the network is given.";
  const [top, left] = u.inside, [, h, w] = u.shape, before = LAYERS[layer - 1];
  return layer < 5
    ? `It sees rows ${top} to ${top + h - 1} and columns ${left} to ${left + w - 1} of ${before}.`
    : `It sees all of ${before}.`;
}

const NAMED = 3, INK = 0.5;

/** Map, row and column of the first of the largest numbers of a layer. */
export function placeOfLargest(values, [, h, w]) {
  const at = values.indexOf(values.reduce((most, value) => Math.max(most, value), -Infinity));
  return [Math.floor(at / (h * w)), Math.floor((at % (h * w)) / w), at % w];
}

/** The correlation of a map of conv1 or pool1 with what of the picture is in its place. */
function likeness(one, picture) {
  const side = Math.sqrt(one.length), step = 28 / side, inside = [...one].map((_, at) => {
    const top = 2 + step * Math.floor(at / side), left = 2 + step * (at % side);
    let sum = 0;
    for (let i = 0; i < step; i++) for (let j = 0; j < step; j++) sum += picture[32 * (top + i) + left + j];
    return sum / (step * step);
  });
  const centred = (values) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return Array.from(values, (value) => value - mean);
  };
  const a = centred(one), b = centred(inside), times = (p, q) => p.reduce((sum, value, i) => sum + value * q[i], 0);
  const size = Math.sqrt(times(a, a) * times(b, b));
  return size > 1e-12 ? times(a, b) / size : 0;
}

/** A layer's maps or units in words; network_explorer_words.py says the same. */
function layerWords(outputs, layer) {
  const values = outputs[layer], name = LAYERS[layer], [maps, h, w] = SIZES[layer];
  if (layer === 0) {
    const ink = [...values.keys()].filter((at) => values[at] > INK);
    if (!ink.length) return "There is no ink, no pixel above 0.5.";
    const [rows, columns] = [ink.map((at) => at >> 5), ink.map((at) => at & 31)];
    return `Its ink, pixels above 0.5, is in rows ${Math.min(...rows)} to ${Math.max(...rows)} and columns `
      + `${Math.min(...columns)} to ${Math.max(...columns)}.`;
  }
  if (layer === 7) return "";
  if (layer > 4) {
    const order = [...values.keys()].sort((a, b) => values[b] - values[a] || a - b).slice(0, NAMED);
    const alive = values.filter((value) => value > 0).length;
    return `${alive} of the ${maps} units of ${name} ${alive === 1 ? "is" : "are"} above 0; the largest: `
      + `${order.map((i) => `unit ${i} ${decimal(values[i])}`).join(", ")}.`;
  }
  const words = [...Array(maps).keys()].map((m) => {
    const one = values.subarray(m * h * w, (m + 1) * h * w);
    if (one.every((value) => value === 0)) return `map ${m} all 0`;
    const [, row, column] = placeOfLargest(one, SIZES[layer]);
    const alike = layer < 3 ? `${decimal(likeness(one, outputs[0]))}, ` : "";
    return `map ${m} ${alike}${decimal(one[row * w + column])} at row ${row}, column ${column}`;
  });
  const [m, row, column] = placeOfLargest(values, SIZES[layer]);
  return `Each map of ${name} with ${layer < 3 ? "its correlation with the picture, " : ""}its largest number and where `
    + `that is: ${words.join("; ")}. The largest of all is in map ${m} at row ${row}, column ${column}.`;
}

/** The state in words and a small table; network_explorer.py says the same. */
export function describe(state) {
  const { outputs, parameters, picture } = state, chances = softmax(outputs[7]);
  const best = chances.indexOf(Math.max(...chances)), u = unit(outputs, parameters, state);
  const sum = spelled(u, state.layer, state.map).map((piece) => piece.string).join("");
  const layer = layerWords(outputs, state.layer);
  return {
    text: `LeNet looks at ${picture} and takes it for a ${best}, with ${decimal(100 * chances[best], 1)} %. `
      + (layer && `${layer} `) + `The unit: ${placeOf(state)}. ${sight(state, u)} Its value: ${sum}.`,
    header: ["digit", "score", "probability"],
    rows: chances.map((chance, i) => [String(i), decimal(outputs[7][i]), `${decimal(100 * chance, 1)} %`]),
  };
}

const TOP = 40, MIDDLE = 150, PAD = 168, BARS = 92, GAP = 13;
const NARROW = 700; // below this width the layers lie in two rows
const GRIDS = [[1, 1, 118], [2, 3, 56], [2, 3, 40], [4, 4, 34], [4, 4, 22], [6, 20, 8], [6, 14, 8]];

/**
 * Where everything lies in a picture of a width: boxes {layer, map, x, y, side} of maps and units,
 * columns {x, wide, head} of layers, and the part below with one unit's sum.
 */
export function layout(width) {
  const boxes = [], columns = [];
  const row = (from, to, x, scale, middle, gap, head) => {
    for (let layer = from; layer < to; layer++) {
      const [across, down, size] = GRIDS[layer];
      const side = size * scale, between = layer < 5 ? Math.min(6, 6 * scale) : 0;
      const wide = across * (side + between) - between, tall = down * (side + between) - between;
      columns.push({ x, wide, head });
      for (let map = 0; map < SIZES[layer][0]; map++) {
        boxes.push({
          layer, map, side, x: x + (map % across) * (side + between),
          y: middle - tall / 2 + Math.floor(map / across) * (side + between),
        });
      }
      x += wide + gap;
    }
    return x;
  };
  let bars = TOP, panel = 292;
  if (width < NARROW) {
    const scale = Math.min(1.1, (width - 4 - 3 * GAP) / 476), tall = 180 * scale;
    row(0, 4, 2, scale, TOP + tall / 2, GAP, 12);
    bars = TOP + tall + 36;
    const x = row(4, 7, 2, Math.min(1, scale * 1.5), bars + 114, GAP, bars - 14);
    columns.push({ x, wide: width - x - 2, head: bars - 14 });
    panel = bars + 270;
  } else {
    const gap = GAP * Math.min(1, width / 860), scale = (width - BARS - 8 - 7 * gap) / 762;
    const x = row(0, 7, 2, scale, MIDDLE, gap, 12);
    columns.push({ x, wide: width - x - 2, head: 12 });
  }
  return { boxes, columns, bars, panel, pad: { x: 14, y: panel + 6, side: PAD }, result: panel + 190 };
}

let painted = {};

/** Sheets with every map's pixels, made once for what the layers give. */
function sheets(outputs) {
  if (painted.outputs === outputs) return painted.made;
  const made = outputs.slice(0, 5).map((values, layer) => {
    const [maps, h, w] = SIZES[layer], sheet = new OffscreenCanvas(w, h * maps);
    const levels = new Uint8ClampedArray(4 * values.length), most = layer ? Math.max(...values) || 1 : 1;
    values.forEach((value, i) => {
      const level = Math.round((255 * value) / most);
      levels.set([level, level, level, 255], 4 * i);
    });
    sheet.getContext("2d").putImageData(new ImageData(levels, w, h * maps), 0, 0);
    return sheet;
  });
  painted = { outputs, made };
  return made;
}

function draw(p, state) {
  const { outputs, layer, map, parameters } = state, c = p.colours, at = layout(p.width), wide = p.width >= NARROW;
  const u = unit(outputs, parameters, state), made = sheets(outputs);
  LAYERS.forEach((name, n) => {
    const { x, wide: room, head } = at.columns[n], role = n === 0 ? "input" : n === layer ? "output" : "ink";
    const short = n === 5 ? "D1" : "D2";
    p.text(n !== 5 && n !== 6 ? name : short, x + room / 2, head,
      { size: wide ? 13 : 12, bold: true, colour: n === layer ? c.output : c[role] });
    if (wide) {
      const size = n < 5 ? SIZES[n].join("×") : String(SIZES[n][0]);
      p.text(size, x + room / 2, head + 17, { size: 11, colour: c.quiet });
    }
  });
  p.context.imageSmoothingEnabled = false;
  for (const box of at.boxes) {
    const { x, y, side } = box;
    if (box.layer < 5) {
      const [, h, w] = SIZES[box.layer];
      p.context.drawImage(made[box.layer], 0, box.map * h, w, h, x, y, side, side);
      p.box(x, y, side, side, { colour: c.line, radius: 0, stroke: 0.5 });
    } else {
      const most = Math.max(...outputs[box.layer]) || 1;
      p.box(x, y, side - 0.5, side - 0.5, { fill: grey(outputs[box.layer][box.map] / most), colour: c.line, stroke: 0.5, radius: 0 });
    }
    frame(p, state, u, box);
  }
  bars(p, at.columns[7], at.bars, outputs[7], layer === 7 ? map : -1);

  p.text(placeOf(state), 14, at.panel - 16, { size: 14, bold: true, align: "left", colour: c.output });
  if (layer === 0) pad(p, at.pad, made[0], state);
  else panels(p, u, layer, at.panel);
  p.result(spelled(u, layer, map), at.result);
}

/** The chosen unit's frame, and that of the patch which it sees. */
function frame(p, { layer, map, row, column }, u, box) {
  const c = p.colours, unit = box.side / SIZES[box.layer][1];
  if (box.layer === layer && box.map === map) {
    const side = Math.max(4, unit);
    p.box(box.x + (column + 0.5) * unit - side / 2, box.y + (row + 0.5) * unit - side / 2, side, side,
      { colour: c.wrong, stroke: 2, radius: 0 });
    if (layer < 5) p.box(box.x - 1, box.y - 1, box.side + 2, box.side + 2, { colour: c.output, stroke: 2, radius: 1 });
  }
  if (box.layer !== layer - 1) return;
  if (layer >= 5) {
    if (box.layer < 5) p.box(box.x, box.y, box.side, box.side, { colour: c.input, stroke: 1.5, radius: 0 });
    return;
  }
  if (!u.weights && box.map !== map) return;
  const [top, left] = u.inside, [, h, w] = u.shape;
  p.box(box.x + left * unit, box.y + top * unit, w * unit, h * unit, { colour: c.input, stroke: 2, radius: 0 });
}

/** The ten probabilities as bars; the longest in the colour of outputs. */
function bars(p, { x, wide }, top, scores, chosen) {
  const c = p.colours, chances = softmax(scores), best = chances.indexOf(Math.max(...chances));
  chances.forEach((chance, i) => {
    const y = top + 6 + i * 22, strong = i === best;
    p.text(String(i), x + 7, y + 8, { size: 13, bold: strong, colour: strong ? c.output : c.ink });
    p.box(x + 18, y, Math.max(1, (wide - 62) * chance), 16, { fill: strong ? c.output : c.quiet, radius: 2 });
    p.text(`${decimal(100 * chance, 1)} %`, x + wide, y + 8, { size: 11, align: "right", colour: strong ? c.output : c.quiet });
    if (i === chosen) p.box(x, y - 3, wide + 1, 22, { colour: c.wrong, stroke: 2, radius: 3 });
  });
}

function pad(p, { x, y, side }, sheet, { row, column }) {
  const c = p.colours, unit = side / 32;
  p.context.imageSmoothingEnabled = false;
  p.context.drawImage(sheet, x, y, side, side);
  p.box(x, y, side, side, { colour: c.input, stroke: 2, radius: 0 });
  p.box(x + column * unit - 1, y + row * unit - 1, unit + 2, unit + 2, { colour: c.wrong, stroke: 2, radius: 0 });
  p.paragraph("Draw a digit here: press and move, large and in the middle. By keyboard: set the pen to draw, then "
    + (p.width > 500 ? "move its row and column. The ink is counted in blocks of 4×4, as the course's digits were made."
      : "move row and column."),
  x + side + 20, y + 12, p.width - x - side - 30, { size: p.width >= NARROW ? 14 : 13, colour: c.quiet });
}

/** Maps side by side: 6 in two rows of three, 16 in four rows of four. */
const acrossOf = (maps) => ({ 6: 3, 16: 4 })[maps] ?? maps;

/** What the unit sees ⊙ its weights = the products, cell by cell. */
function panels(p, u, layer, top) {
  const [maps, h, w] = u.shape, across = acrossOf(maps), c = p.colours;
  const down = maps / across, gap = p.width < NARROW ? 26 : 40, room = (p.width - 28 - 2 * gap) / 3;
  const cell = Math.min(room / (across * w), 160 / (down * h), 40), size = across * w * cell;
  const names = ["sees", "weights", "products"], roles = ["input", "kernel", "output"];
  const most = layer > 1 ? Math.max(...u.seen) || 1 : 1;
  const products = u.weights && Array.from(u.seen, (value, i) => value * u.weights[i]);
  const all = u.weights ? [u.seen, u.weights, products] : [u.seen];
  all.forEach((values, n) => {
    const x = 14 + n * (size + gap), largest = Math.max(...Array.from(values, Math.abs));
    p.text(names[n], x, top + 4, { size: 12, align: "left", bold: true, colour: c[roles[n]] });
    Array.from(values).forEach((value, i) => {
      const m = Math.floor(i / (h * w)), row = Math.floor(m / across) * h + Math.floor((i % (h * w)) / w);
      const column = (m % across) * w + (i % w);
      const fill = n ? signedColour(value, largest, c.signed) : grey(value / most);
      if (cell >= 20) p.cell(x + column * cell, top + 14 + row * cell, cell, value, { fill });
      else p.box(x + column * cell, top + 14 + row * cell, cell, cell, { fill, radius: 0 });
    });
    for (let m = 0; m < maps; m++) {
      p.box(x + (m % across) * w * cell, top + 14 + Math.floor(m / across) * h * cell, w * cell, h * cell,
        { colour: c.quiet, radius: 0 });
    }
    if (n < all.length - 1) p.text(n ? "=" : "⊙", x + size + gap / 2, top + 14 + (down * h * cell) / 2, { size: 20, colour: c.quiet });
  });
}

let cut = {}, ran = {};

/** The state as the functions above take it, from the traits that `get` returns by name. */
export function stateOf(get) {
  const bytes = get("weights"), names = get("names"), picture = get("picture"), ink = get("ink");
  if (cut.bytes !== bytes) cut = { bytes, parameters: unpacked(bytes, get("worth")) };
  const drawing = picture === names.length - 1, key = drawing ? ink : picture;
  if (ran.bytes !== bytes || ran.key !== key || ran.pictures !== get("pictures")) {
    const pictures = get("pictures"), all = bytesOf(pictures);
    const image = drawing ? enlarged(inkOf(ink))
      : Float64Array.from(all.subarray(1024 * picture, 1024 * (picture + 1)), (level) => level / 255);
    ran = { bytes, key, pictures, outputs: forward(image, cut.parameters) };
  }
  const places = traitsOf(get, ["layer", "map", "row", "column"]);
  return { ...places, picture: names[picture], outputs: ran.outputs, parameters: cut.parameters };
}

/** Ink or no ink on a disc around every pixel from one place to another. */
export function stroke(ink, from, to, value) {
  const marked = [...ink], steps = Math.max(1, Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
  for (let s = 0; s <= steps; s++) {
    const row = Math.round(from[0] + ((to[0] - from[0]) * s) / steps);
    const column = Math.round(from[1] + ((to[1] - from[1]) * s) / steps);
    for (let i = row - 1; i <= row + 1; i++) for (let j = column - 1; j <= column + 1; j++) {
      if (i >= 0 && i < 32 && j >= 0 && j < 32) marked[32 * i + j] = value;
    }
  }
  return marked;
}

const DRAW = 1, RUB_OUT = 2;

function render({ model, el }) {
  let pressed = null, marking = false; // where the pointer last drew; whether ink is just being set
  const onPad = (x, y, width) => {
    const { pad } = layout(width);
    return model.get("layer") === 0 && x >= pad.x && x < pad.x + PAD && y >= pad.y && y < pad.y + PAD;
  };
  const point = (x, y, width, event) => {
    const at = layout(width);
    if (!(event.buttons || event.type === "pointerdown")) { pressed = null; return; }
    if (onPad(x, y, width)) {
      const unit = PAD / 32, spot = [Math.floor((y - at.pad.y) / unit), Math.floor((x - at.pad.x) / unit)];
      mark(event.type === "pointerdown" ? spot : pressed ?? spot, spot, model.get("pen") !== RUB_OUT);
      pressed = spot;
      return;
    }
    pressed = null;
    if (event.type !== "pointerdown") return;
    const bars = at.columns[7], digit = Math.floor((y - at.bars - 3) / 22);
    if (x >= bars.x && digit >= 0 && digit < 10) choose(7, digit, 0, 0);
    const hit = at.boxes.find((box) => x >= box.x && x < box.x + box.side && y >= box.y && y < box.y + box.side);
    if (!hit) return;
    const unit = hit.side / SIZES[hit.layer][1];
    choose(hit.layer, hit.map, Math.floor((y - hit.y) / unit), Math.floor((x - hit.x) / unit));
  };
  const drawing = () => model.get("names").length - 1;
  /** Ink from one place to another; the place becomes the pixel that is looked at. */
  const mark = (from, to, value) => {
    const ink = textOf(stroke(inkOf(model.get("ink")), from, to, value ? 1 : 0));
    marking = true;
    model.set({ ink, picture: drawing(), row: to[0], column: to[1] });
    marking = false;
    model.save_changes();
  };
  const choose = (layer, map, row, column) => {
    const [maps, h, w] = SIZES[layer];
    model.set({ map_max: maps - 1, row_max: h - 1, column_max: w - 1 });
    model.set({ layer, map: Math.min(map, maps - 1), row: Math.min(row, h - 1), column: Math.min(column, w - 1) });
    model.save_changes();
  };
  const moved = () => choose(model.get("layer"), model.get("map"), model.get("row"), model.get("column"));
  let before = [model.get("row"), model.get("column")];
  const walked = () => {
    const now = [model.get("row"), model.get("column")], pen = model.get("pen");
    if (pen && model.get("layer") === 0 && !marking) mark(before, now, pen === DRAW);
    before = now;
  };
  const penned = () => {
    if (!model.get("pen")) return;
    if (model.get("layer") !== 0) choose(0, 0, 8, 16);
    before = [model.get("row"), model.get("column")];
    mark(before, before, model.get("pen") === DRAW);
  };
  const turned = () => {
    if (model.get("picture") === drawing() && model.get("layer") !== 0) choose(0, 0, 8, 16);
  };
  const cleared = () => {
    if (!model.get("clear")) return;
    model.set({ ink: "0".repeat(256), picture: drawing(), clear: false });
    model.save_changes();
    turned();
  };
  const toLargest = () => {
    if (!model.get("largest")) return;
    const layer = model.get("layer"), { outputs } = stateOf((trait) => model.get(trait));
    model.set({ largest: false, pen: 0 });
    choose(layer, ...placeOfLargest(outputs[layer], SIZES[layer]));
  };
  const SHOWN = ["layer", "map", "row", "column", "picture", "ink", "weights"];
  return figure({
    model, el, stateOf, draw, describe, point, holds: onPad,
    heightFor: (width) => layout(width).result + 52,
    name: "LeNet: the digit, every layer, ten probabilities, and one unit's sum",
    handlers: (redraw) => [
      ["layer", moved], ["row", walked], ["column", walked], ["pen", penned], ["picture", turned], ["clear", cleared],
      ["largest", toLargest],
      ...SHOWN.map((trait) => [trait, redraw]),
    ],
  });
}

export default { render };
