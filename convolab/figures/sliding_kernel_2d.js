// The kernel that slides over an image of numbers: patch ⊙ kernel, their sum, the output growing.
import { counted, decimal, factor, figure, grey, listed, signedColour, traitsOf, weight } from "./shared.js";

/** How many rows or columns the border adds before and after, for a kernel of a size. */
export function borderOf(border, origin, size) {
  if (border === "none") return { lead: 0, trail: 0 };
  if (origin === "corner") return { lead: size - 1, trail: 0 };
  const trail = (size - 1) >> 1;
  return { lead: size - 1 - trail, trail };
}

/** The value of the image at a place that may lie outside it; null for a zero that was added. */
export function valueAt(image, row, column, border) {
  const h = image.length, w = image[0].length;
  if (row >= 0 && row < h && column >= 0 && column < w) return image[row][column];
  if (border === "zero") return null;
  const inside = (i, n) => {
    if (border === "edge") return Math.max(0, Math.min(n - 1, i));
    return i < 0 ? -i : i >= n ? 2 * (n - 1) - i : i;
  };
  return image[inside(row, h)][inside(column, w)];
}

/** Everything the picture shows, as numbers, at output place (row, column). */
export function view(state) {
  const { image, kernel, flip, border, origin } = state;
  const h = image.length, w = image[0].length, kh = kernel.length, kw = kernel[0].length;
  const vertical = borderOf(border, origin, kh), horizontal = borderOf(border, origin, kw);
  const rows = h + vertical.lead + vertical.trail - kh + 1;
  const columns = w + horizontal.lead + horizontal.trail - kw + 1;
  const row = Math.max(0, Math.min(rows - 1, state.row));
  const column = Math.max(0, Math.min(columns - 1, state.column));
  const lying = flip ? kernel.map((r) => [...r].reverse()).reverse() : kernel;
  const patchAt = (r, c) => lying.map((line, i) => line.map((_, j) =>
    valueAt(image, r - vertical.lead + i, c - horizontal.lead + j, border)));
  const sumAt = (r, c) => patchAt(r, c).reduce((sum, line, i) => sum
    + line.reduce((part, value, j) => part + (value ?? 0) * lying[i][j], 0), 0);
  const output = [...Array(rows).keys()].map((r) => [...Array(columns).keys()].map((c) => sumAt(r, c)));
  const patch = patchAt(row, column);
  const products = patch.map((line, i) => line.map((value, j) => (value ?? 0) * lying[i][j]));
  return {
    vertical, horizontal, rows, columns, row, column, lying, patch, products, output,
    total: output[row][column],
    // The first and the last row and column of the image under the kernel; negative before it.
    onRows: [row - vertical.lead, row - vertical.lead + kh - 1],
    onColumns: [column - horizontal.lead, column - horizontal.lead + kw - 1],
  };
}

const sizeOf = (rows, columns) => `${counted(rows, "row")} and ${counted(columns, "column")}`;

/** The part of the image under the kernel: "rows 0 to 2 and column 1". */
function covered(v) {
  const span = (noun, [first, last]) => (first === last ? `${noun} ${decimal(first)}`
    : `${noun}s ${decimal(first)} to ${decimal(last)}`);
  return `${span("row", v.onRows)} and ${span("column", v.onColumns)}`;
}

/** y(1, 2) = 10·⅓ + … in pieces, each with the role that colours it; many are counted only. */
function spelled(v) {
  const pieces = [{ string: `y(${v.row}, ${v.column})`, role: "output" }, { string: " = ", role: "quiet" }];
  const terms = v.patch.flatMap((line, i) => line.map((value, j) => [value, v.lying[i][j]]));
  if (terms.length > 9) pieces.push({ string: `sum of ${terms.length} products`, role: "ink" });
  else terms.forEach(([value, w], n) => {
    if (n) pieces.push({ string: " + ", role: "quiet" });
    pieces.push({ string: factor(decimal(value ?? 0)), role: value === null ? "padding" : "input" });
    pieces.push({ string: "·", role: "quiet" }, { string: factor(weight(w)), role: "kernel" });
  });
  return [...pieces, { string: " = ", role: "quiet" }, { string: decimal(v.total, 3), role: "output" }];
}

/** The state in words and a small table; sliding_kernel_2d.py says the same. */
export function describe(state) {
  const v = view(state), { image, kernel } = state;
  const text = `An image of ${sizeOf(image.length, image[0].length)}, a kernel of `
    + `${sizeOf(kernel.length, kernel[0].length)}, ${state.flip ? "flipped" : "not flipped"}, `
    + `border ${state.border}, origin ${state.origin}, at row ${v.row}, column ${v.column} of an `
    + `output of ${sizeOf(v.rows, v.columns)}. The kernel is on ${covered(v)} of the image. `
    + `${spelled(v).map((t) => t.string).join("")}. `
    + `The whole output, row by row: ${v.output.map((row) => listed(row)).join("; ")}.`;
  const rows = v.patch.map((line, i) => [
    line.map((value) => (value === null ? "outside" : decimal(value))).join(", "),
    v.lying[i].map(weight).join(", "),
    v.products[i].map((p) => decimal(p)).join(", "),
  ]);
  return { text, header: ["patch", "kernel as laid on", "products"], rows };
}

const NARROW = 520; // below this width the output lies under the image

/** The height that a picture of a width needs. */
export const heightFor = (width, height) => height + (width < NARROW ? 290 : 0);

const TOP = 46; // where the image begins: above it are its name and its columns' numbers

/** Where everything is in a picture of a width; the pointer is looked up in the same places. */
export function layout(v, state, width) {
  const down = state.image.length + v.vertical.lead + v.vertical.trail;
  const across = state.image[0].length + v.horizontal.lead + v.horizontal.trail;
  const { height } = state; // a picture of many rows is taller, by as much as its image is
  if (width < NARROW) {
    const side = Math.min(50, (height - 250) / down, 240 / v.rows, (width - 30) / Math.max(across, v.columns));
    const left = Math.max(20, (width - side * across) / 2);
    return {
      side, narrow: true, products: height + 112,
      image: { x: left, y: TOP },
      output: { x: left + side * v.horizontal.lead, y: height - 156 },
    };
  }
  const gap = Math.min(90, width * 0.1);
  const side = Math.min(50, (height - 266) / Math.max(down, v.rows), (width - 30 - gap) / (across + v.columns));
  const total = side * (across + v.columns) + gap;
  const left = Math.max(20, (width - total) / 2);
  return {
    side, products: height - 176,
    image: { x: left, y: TOP },
    output: { x: left + side * across + gap, y: TOP + side * v.vertical.lead },
    arrow: left + side * across,
    gap,
  };
}

/**
 * Numbers above a grid and at its left, from 0, in place `lead` and after it; bold from one to
 * another: those of the window on the image, or of the place in the output.
 */
function numbered(p, { x, y }, side, [vertical, horizontal], colour) {
  const each = ({ lead, count, marked: [first, last] }, at) => {
    for (let n = 0; n < count; n++) {
      const bold = n >= first && n <= last;
      at(String(n), (lead + n + 0.5) * side, { size: 11, bold, colour: bold ? colour : p.colours.quiet });
    }
  };
  each(horizontal, (number, middle, look) => p.text(number, x + middle, y - 9, look));
  each(vertical, (number, middle, look) => p.text(number, x - 6, y + middle, { ...look, align: "right" }));
}

function drawImage(p, v, state, at) {
  const { image, border } = state, c = p.colours, { side } = at;
  const values = image.flat(), low = Math.min(0, ...values), high = Math.max(...values, low + 1e-9);
  const h = image.length, w = image[0].length, print = p.lettering(values, side);
  for (let r = -v.vertical.lead; r < h + v.vertical.trail; r++) {
    for (let k = -v.horizontal.lead; k < w + v.horizontal.trail; k++) {
      const x = at.image.x + (k + v.horizontal.lead) * side;
      const y = at.image.y + (r + v.vertical.lead) * side;
      const value = valueAt(image, r, k, border);
      if (r >= 0 && r < h && k >= 0 && k < w) {
        p.cell(x, y, side, value, { fill: grey((value - low) / (high - low)), ...print });
      } else {
        p.hatch(x, y, side, side);
        p.cell(x, y, side, value ?? 0, { ink: c.quiet, ...print });
      }
    }
  }
  const kh = v.lying.length, kw = v.lying[0].length;
  p.box(at.image.x + v.column * side, at.image.y + v.row * side, kw * side, kh * side,
    { colour: c.paper, stroke: 6, radius: 2 });
  p.box(at.image.x + v.column * side, at.image.y + v.row * side, kw * side, kh * side,
    { colour: c.kernel, stroke: 3, radius: 2 });
  numbered(p, at.image, side, [
    { lead: v.vertical.lead, count: h, marked: v.onRows }, { lead: v.horizontal.lead, count: w, marked: v.onColumns },
  ], c.kernel);
  p.text("image f", at.image.x, 14, { size: 14, bold: true, align: "left", colour: c.input });
}

function drawOutput(p, v, at) {
  const c = p.colours, { side } = at, print = p.lettering(v.output.flat(), side);
  for (let r = 0; r < v.rows; r++) {
    for (let k = 0; k < v.columns; k++) {
      const x = at.output.x + k * side, y = at.output.y + r * side;
      const reached = r < v.row || (r === v.row && k <= v.column);
      if (reached) p.cell(x, y, side, v.output[r][k], { fill: c.output_soft, ink: c.ink, ...print });
      else p.box(x, y, side, side, { colour: c.line, radius: 0 });
    }
  }
  p.box(at.output.x + v.column * side, at.output.y + v.row * side, side, side,
    { colour: c.output, stroke: 3, radius: 2 });
  numbered(p, at.output, side, [
    { lead: 0, count: v.rows, marked: [v.row, v.row] }, { lead: 0, count: v.columns, marked: [v.column, v.column] },
  ], c.output);
  p.text("output y", at.output.x, at.output.y - 32, { size: 14, bold: true, align: "left", colour: c.output });
  if (!at.narrow) p.arrow([at.arrow + 8, at.image.y + (v.row + v.lying.length / 2) * side],
    [at.output.x - 22, at.output.y + (v.row + 0.5) * side], { colour: c.kernel, width: 2 });
}

/** Patch ⊙ kernel = products, as three small grids. */
function drawProducts(p, v, state, top) {
  const c = p.colours, kh = v.lying.length, kw = v.lying[0].length;
  const gap = p.width < NARROW ? 26 : 40, side = Math.min(34, 118 / kh, (p.width - 2 * gap - 8) / (3 * kw));
  const largest = Math.max(...v.lying.flat().map(Math.abs));
  const values = state.image.flat(), low = Math.min(0, ...values), high = Math.max(...values, low + 1e-9);
  const name = state.flip ? "kernel g, flipped" : "kernel g, not flipped";
  const grids = [
    ["patch", "input", (i, j) => {
      const value = v.patch[i][j];
      if (value === null) p.hatch(x + j * side, top + i * side, side, side);
      return value === null ? [0, { ink: c.quiet }]
        : [value, { fill: grey((value - low) / (high - low)) }];
    }],
    [name, "kernel", (i, j) => [v.lying[i][j], { fill: signedColour(v.lying[i][j], largest, c.signed) }]],
    ["products", "ink", (i, j) => [v.products[i][j], { fill: c.paper, ink: c.ink }]],
  ];
  const prints = [[v.patch, decimal], [v.lying, weight], [v.products, decimal]]
    .map(([some, write]) => p.lettering(some.flat().map((value) => value ?? 0), side, write));
  // As far apart as the grids or, where these are small, the words above them need.
  const words = grids.map(([title]) => p.measure(title, 13, true));
  const pitch = Math.max(kw * side + gap, (words[0] + words[1]) / 2 + 10, (words[1] + words[2]) / 2 + 10);
  let x = Math.max(2, (p.width - 2 * pitch - kw * side) / 2);
  grids.forEach(([title, role, content], n) => {
    for (let i = 0; i < kh; i++) {
      for (let j = 0; j < kw; j++) {
        const [value, options] = content(i, j);
        p.cell(x + j * side, top + i * side, side, value, { ...options, ...prints[n] });
      }
    }
    p.text(title, x + (kw * side) / 2, top - 13, { size: 13, bold: true, colour: c[role] });
    if (n < 2) p.text("⊙="[n], x + (kw * side + pitch) / 2, top + (kh * side) / 2, { size: 22, colour: c.quiet });
    x += pitch;
  });
}

function draw(p, state) {
  const v = view(state), at = layout(v, state, p.width);
  drawImage(p, v, state, at);
  drawOutput(p, v, at);
  drawProducts(p, v, state, at.products);
  p.result(spelled(v), at.products + 132);
}

const PLAIN = ["image", "kernel", "row", "column", "flip"];
const TRAITS = [...PLAIN, "border", "origin"];

/** The state as the functions above take it, from the traits that `get` returns by name. */
export function stateOf(get) {
  return traitsOf(get, [...PLAIN, "height"], { border: "borders", origin: "origins" });
}

const render = ({ model, el }) => figure({
  model, el, stateOf, draw, describe, traits: TRAITS, heightFor,
  name: "Image, kernel, products and output",
  pick: (now, x, y, width) => {
    const v = view(now), at = layout(v, now, width);
    const column = Math.floor((x - at.output.x) / at.side), row = Math.floor((y - at.output.y) / at.side);
    return row >= 0 && row < v.rows && column >= 0 && column < v.columns ? { row, column } : null;
  },
  // The sliders' ends follow from the border; a place beyond them springs back.
  settle: (now) => {
    const { rows, columns, row, column } = view(now);
    return { row_max: Math.max(1, rows - 1), column_max: Math.max(1, columns - 1), row, column };
  },
});

export default { render };
