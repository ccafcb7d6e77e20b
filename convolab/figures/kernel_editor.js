// A kernel edited cell by cell, live on a photograph or a digit: input ∗ kernel = output.
import { bytesOf, counted, decimal, figure, signedColour, traitsOf, weight } from "./shared.js";

/**
 * Convolution "same" with zeros outside, of an odd square kernel: flat values, row by row. It is
 * written into `output` where that has the right length: a new one for each step costs memory.
 */
export function convolveSame(values, h, w, kernel, output = null) {
  if (output?.length === h * w) output.fill(0);
  else output = new Float64Array(h * w);
  const half = (kernel.length - 1) / 2;
  // y(r, c) takes f(r + down, c + right): the kernel is reversed.
  const taps = kernel.flatMap((line, i) => line.map((g, j) => ({ g, down: half - i, right: half - j })))
    .filter(({ g }) => g !== 0);
  // One row of the output after the other: it stays in the processor's nearest memory.
  for (let r = 0; r < h; r++) {
    for (const { g, down, right } of taps) {
      if (r + down < 0 || r + down >= h) continue;
      const to = r * w, from = (r + down) * w + right, beyond = Math.min(w, w - right);
      for (let c = Math.max(0, -right); c < beyond; c++) output[to + c] += g * values[from + c];
    }
  }
  return output;
}

let last = {};

/** Everything the picture shows, as numbers; the output is computed when kernel or image changed. */
export function view(state) {
  const { kernel, picture, pixels } = state;
  if (last.kernel !== kernel || last.pixels !== pixels) {
    const output = convolveSame(pixels, picture.h, picture.w, kernel, last.output);
    let low = Infinity, high = -Infinity, below = 0, above = 0, total = 0;
    for (let i = 0; i < output.length; i++) { // "of" takes three times as long
      const value = output[i];
      if (value < low) low = value;
      if (value > high) high = value;
      if (value < -0.5) below += 1;
      else if (value >= picture.white + 0.5) above += 1;
      total += value;
    }
    const many = output.length;
    last = {
      kernel, pixels, output, low, high, mean: total / many, below: below / many, above: above / many,
      outside: (below + above) / many,
    };
  }
  const sum = kernel.flat().reduce((a, b) => a + b, 0);
  return { ...last, sum };
}

export function meaning(sum) {
  if (Math.abs(sum - 1) < 1e-9) return "it keeps the brightness";
  if (Math.abs(sum) < 1e-9) return "it sees only change";
  if (sum < 0) return `a flat image comes out negative, ${weight(sum)} times itself`;
  return `a flat image comes out ${weight(sum)} times as bright`;
}

/** The lowest, the highest and the mean of some values. */
function range(values) {
  let low = Infinity, high = -Infinity, total = 0;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
    total += values[i];
  }
  return { low, high, mean: total / values.length };
}

/** The state in words and a small table; kernel_editor.py says the same. */
export function describe(state) {
  const v = view(state), { picture, kernel, pixels } = state;
  const size = (rows, columns) => `${counted(rows, "row")} and ${counted(columns, "column")}`;
  const named = state.preset === "yours" ? "Your own kernel" : `The kernel ${state.preset}`;
  const on = picture.name === "your image" ? "your image" : `the ${picture.name}`;
  const input = range(pixels);
  let shown = "the output, rescaled: its lowest value is black and its highest white";
  if (state.show === "difference") {
    const changed = range(v.output.map((value, i) => value - pixels[i]));
    shown = `output − input, from ${decimal(changed.low, 1)} to ${decimal(changed.high, 1)}: `
      + "red is brighter than before, blue darker";
  } else if (state.scaling === "clip") {
    shown = `the output, clipped: ${decimal(100 * v.below, 1)} % of its pixels are below 0 and black, `
      + `${decimal(100 * v.above, 1)} % above ${picture.white} and white`;
  }
  const text = `${named} of ${size(kernel.length, kernel.length)} on ${on} of `
    + `${size(picture.h, picture.w)}. Its weights add up to ${weight(v.sum)}: ${meaning(v.sum)}. `
    + `The input runs from ${decimal(input.low)} to ${decimal(input.high)}, on average `
    + `${decimal(input.mean, 1)}; the output from ${decimal(v.low, 1)} to ${decimal(v.high, 1)}, `
    + `on average ${decimal(v.mean, 1)}. The picture shows ${shown}. The weight at row ${state.row}, column ${state.column} is ${weight(kernel[state.row][state.column])}.`;
  const header = ["row", ...kernel.map((_, j) => `column ${j}`)];
  return { text, header, rows: kernel.map((line, i) => [String(i), ...line.map(weight)]) };
}

/** Grey levels 0 to 255 of values between two that are black and white, as four bytes a pixel. */
export function greys(values, black, white, levels = new Uint8ClampedArray(4 * values.length)) {
  const unit = 255 / (white - black || 1);
  // All four bytes at once; `rounded` rounds and clips as the bytes themselves would.
  const pixels = new Uint32Array(levels.buffer), rounded = new Uint8ClampedArray(1);
  for (let i = 0; i < values.length; i++) {
    rounded[0] = (values[i] - black) * unit;
    pixels[i] = 0xff000000 | (rounded[0] * 0x010101);
  }
  return levels;
}

/** Colours of signed values, the largest magnitude at the ends of the scale. */
function signedLevels(values, stops, levels) {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const table = [];
  for (let i = 0; i <= 256; i++) {
    const colour = signedColour(i - 128, 128, stops);
    table.push([1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
  }
  for (let i = 0; i < values.length; i++) {
    const [r, g, b] = table[Math.round(128 + (128 * values[i]) / (largest || 1))];
    levels.set([r, g, b, 255], 4 * i);
  }
}

/** An image to paint, made once; filled(fill) lets `fill` write its bytes. */
function newSheet({ h, w }) {
  const sheet = new OffscreenCanvas(w, h), image = new ImageData(w, h), context = sheet.getContext("2d");
  return {
    h, w,
    filled(fill) {
      fill(image.data);
      context.putImageData(image, 0, 0);
      return sheet;
    },
  };
}

let input = {}, output = {};

/** The input as a sheet, made anew only when another image is chosen: the kernel does not change it. */
function inputSheet({ pixels, picture }) {
  if (input.pixels !== pixels) {
    const sheet = newSheet(picture).filled((levels) => greys(pixels, 0, picture.white, levels));
    input = { pixels, sheet };
  }
  return input.sheet;
}

/** The output as a sheet, the same one for all outputs of a size. */
function outputSheet({ h, w }, fill) {
  if (output.h !== h || output.w !== w) output = newSheet({ h, w });
  return output.filled(fill);
}

function paintImage(p, sheet, x, y, side) {
  p.context.imageSmoothingEnabled = sheet.width > side / 2;
  // An image that is made smaller needs the careful way; it costs milliseconds.
  p.context.imageSmoothingQuality = sheet.width > side ? "high" : "low";
  p.context.drawImage(sheet, x, y, side, side);
  p.box(x, y, side, side, { colour: p.colours.line, radius: 0 });
}

const NARROW = 720, KEY = 150; // below this width the kernel is under the two images
const ROWS = 14; // pixels for the numbers of the kernel's rows

/** Where everything lies in a picture of a width: input, kernel, output; or the kernel below both. */
export function layout(state, width) {
  const narrow = width < NARROW, size = state.kernel.length;
  const grid = narrow ? KEY : Math.min(200, Math.max(150, width * 0.22)), gap = 34;
  const between = narrow ? gap : gap + ROWS + grid + gap;
  const side = Math.min(310, (width - 4 - between) / 2), left = (width - 2 * side - between) / 2;
  const top = narrow ? 30 : 30 + (310 - side) / 2, middle = top + side / 2;
  const below = top + side + 66;
  return {
    narrow, side, top, middle, gap, input: left,
    output: left + side + between,
    grid: {
      x: narrow ? (width - grid) / 2 : left + side + gap + ROWS, y: narrow ? below : middle - grid / 2,
      cell: grid / size, size: grid,
    },
    result: narrow ? below + grid + 14 : 374,
  };
}

/** The height that a picture of a width needs. */
export const heightFor = (width, height) =>
  (width < NARROW ? layout({ kernel: [[0]] }, width).result + 44 : height);

function draw(p, state) {
  const v = view(state), at = layout(state, p.width), c = p.colours, { picture, kernel, pixels } = state;
  const title = { size: 14, bold: true, align: "left" };
  p.text(`input: ${picture.name}`, at.input, at.top - 15, { ...title, colour: c.input });
  paintImage(p, inputSheet(state), at.input, at.top, at.side);

  const largest = Math.max(...kernel.flat().map(Math.abs)), { grid } = at;
  const print = p.lettering(kernel.flat(), grid.cell, weight);
  p.text("kernel", grid.x, grid.y - 29, { ...title, colour: c.kernel });
  kernel.forEach((line, i) => line.forEach((w, j) =>
    p.cell(grid.x + j * grid.cell, grid.y + i * grid.cell, grid.cell, w,
      { fill: signedColour(w, largest, c.signed), ...print })));
  for (let n = 0; n < kernel.length; n++) {
    const middle = (n + 0.5) * grid.cell, look = (chosen) => ({
      size: 11, bold: n === chosen, colour: n === chosen ? c.kernel : c.quiet,
    });
    p.text(String(n), grid.x + middle, grid.y - 9, look(state.column));
    p.text(String(n), grid.x - 5, grid.y + middle, { ...look(state.row), align: "right" });
  }
  p.box(grid.x + state.column * grid.cell, grid.y + state.row * grid.cell, grid.cell, grid.cell,
    { colour: c.ink, stroke: 3, radius: 2 });
  if (at.narrow) p.arrow([at.output - at.gap + 6, at.middle], [at.output - 6, at.middle], { colour: c.quiet, width: 2 });
  else {
    p.text("∗", grid.x - ROWS - at.gap / 2, at.middle, { size: 24, colour: c.quiet });
    p.text("=", grid.x + grid.size + at.gap / 2, at.middle, { size: 24, colour: c.quiet });
  }

  const difference = state.show === "difference";
  p.text(difference ? "output − input" : "output", at.output, at.top - 15, { ...title, colour: c.output });
  let note, fill;
  if (difference) {
    const changed = v.output.map((value, i) => value - pixels[i]);
    fill = (levels) => signedLevels(changed, c.signed, levels);
    note = "red: brighter than before, blue: darker";
  } else if (state.scaling === "clip") {
    fill = (levels) => greys(v.output, 0, picture.white, levels);
    note = `${decimal(v.low, 1)} … ${decimal(v.high, 1)}, ${decimal(100 * v.outside, 1)} % clipped`;
  } else {
    fill = (levels) => greys(v.output, v.low, v.high, levels);
    note = `black is ${decimal(v.low, 1)}, white is ${decimal(v.high, 1)}`;
  }
  paintImage(p, outputSheet(picture, fill), at.output, at.top, at.side);
  for (const [words, x] of [[`black is 0, white is ${picture.white}`, at.input], [note, at.output]]) {
    const size = 13, quiet = { size, colour: c.quiet };
    // Two lines under a small image; a long line keeps clear of the edge.
    if (p.measure(words, size) > at.side + at.gap - 4) p.paragraph(words, x, at.top + at.side + 16, at.side, quiet);
    else p.text(words, Math.min(x + at.side / 2, p.width - 4 - p.measure(words, size) / 2), at.top + at.side + 16, quiet);
  }
  p.result([
    { string: "sum of the weights", role: "kernel" }, { string: " = ", role: "quiet" },
    { string: weight(v.sum), role: "output" }, { string: `   ${meaning(v.sum)}`, role: "ink" },
  ], at.result);
}

/** A kernel in another odd size: zeros come in around it, or its frame is cut off. */
export function resized(kernel, size) {
  const by = (size - kernel.length) / 2;
  return [...Array(size).keys()].map((i) =>
    [...Array(size).keys()].map((j) => kernel[i - by]?.[j - by] ?? 0));
}

const LARGEST = 30;
const snapped = (w) => Math.round(w * 4) / 4;

let cut = {};

/** One picture's pixels out of the bytes of all of them, cut once. */
function pixelsOf(bytes, shapes, index) {
  if (cut.bytes === bytes && cut.index === index) return cut.pixels;
  const all = bytesOf(bytes);
  const start = shapes.slice(0, index).reduce((sum, [, h, w]) => sum + h * w, 0);
  const [, h, w] = shapes[index];
  cut = { bytes, index, pixels: all.subarray(start, start + h * w) };
  return cut.pixels;
}

/** The state as the functions above take it, from the traits that `get` returns by name. */
export function stateOf(get) {
  const [name, h, w, white] = get("shapes")[get("picture")];
  return {
    ...traitsOf(get, ["kernel", "row", "column"], { preset: "names", show: "shows", scaling: "scalings" }),
    picture: { name, h, w, white },
    pixels: pixelsOf(get("pixels"), get("shapes"), get("picture")),
  };
}

function render({ model, el }) {
  const pick = (now, x, y, width, event) => {
    const { grid } = layout(now, width);
    const column = Math.floor((x - grid.x) / grid.cell), row = Math.floor((y - grid.y) / grid.cell);
    if (now.kernel[row]?.[column] === undefined) return null;
    return event.type === "pointerdown" ? { row, column } : {};
  };
  const yours = model.get("names").length - 1;
  const take = (kernel) => {
    const end = kernel.length - 1;
    const row = Math.min(end, model.get("row")), column = Math.min(end, model.get("column"));
    const w = kernel[row][column];
    model.set({ kernel, place_max: end, row, column, weight: w, nudge: snapped(w) });
    model.save_changes();
  };
  const chosen = () => {
    const size = [3, 5][model.get("size")], preset = model.get("preset");
    const kernel = model.get("kernel");
    if (preset !== yours) take(model.get("presets")[preset][model.get("size")]);
    else if (kernel.length !== size) take(resized(kernel, size));
  };
  const selected = () => take(model.get("kernel"));
  const edited = () => {
    const kernel = model.get("kernel"), row = model.get("row"), column = model.get("column");
    const w = Math.max(-LARGEST, Math.min(LARGEST, model.get("weight")));
    if (kernel[row]?.[column] === w) return;
    model.set("preset", yours);
    take(kernel.map((line, i) => line.map((old, j) => (i === row && j === column ? w : old))));
  };
  // The slider knows quarters only: it moves a weight, but never rounds the one that it shows.
  const nudged = () => {
    if (model.get("nudge") !== snapped(model.get("weight"))) model.set("weight", model.get("nudge"));
  };
  return figure({
    model, el, stateOf, draw, describe, pick, heightFor,
    name: "Input, kernel and output",
    handlers: (redraw) => [
      ["preset", chosen], ["size", chosen], ["row", selected], ["column", selected], ["weight", edited], ["nudge", nudged],
      ...["kernel", "row", "column", "picture", "show", "scaling"].map((trait) => [trait, redraw]),
    ],
  });
}

export default { render };
