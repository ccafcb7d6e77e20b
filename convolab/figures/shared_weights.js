// A layer of neurons, its wires and its matrix: dense, local, or with shared weights.
import { counted, decimal, factor, figure, signedColour, traitsOf, weight } from "./shared.js";

/** Everything the picture shows, as numbers. A null in the matrix is a wire that is not there. */
export function view(state) {
  const { inputs, kernels, table, kind, size, stride, padding } = state;
  const n = inputs.length, outputs = Math.floor((n + 2 * padding - size) / stride) + 1;
  const kernel = kernels[size - 1];
  const weightAt = (o, column) => {
    const i = column - padding, j = column - o * stride;
    if (kind === "dense") return i >= 0 && i < n ? table[o][i] : null;
    if (j < 0 || j >= size) return null;
    return kind === "shared" ? kernel[j] : table[o][j];
  };
  const matrix = [...Array(outputs).keys()].map((o) =>
    [...Array(n + 2 * padding).keys()].map((column) => weightAt(o, column)));
  const valueAt = (column) => inputs[column - padding] ?? 0;
  const sums = matrix.map((line) => line.reduce((sum, w, c) => sum + (w ?? 0) * valueAt(c), 0));
  const output = Math.max(0, Math.min(outputs - 1, state.output));
  const columns = matrix[output].flatMap((w, c) => (w === null ? [] : [c]));
  const wire = Math.max(0, Math.min(columns.length - 1, state.wire));
  return {
    n, outputs, matrix, sums, output, wire, columns, lit: columns[wire],
    counts: { shared: size, local: size * outputs, dense: n * outputs },
  };
}

/** y(2) = 1·(−1) + … in pieces, each with the role that colours it. */
function spelled(v, state) {
  const pieces = [{ string: `y(${v.output})`, role: "output" }, { string: " = ", role: "quiet" }];
  v.columns.forEach((column, t) => {
    const outside = column < state.padding || column >= state.padding + v.n;
    if (t) pieces.push({ string: " + ", role: "quiet" });
    pieces.push({ string: factor(decimal(state.inputs[column - state.padding] ?? 0)), role: outside ? "padding" : "input" });
    pieces.push({ string: "·", role: "quiet" });
    pieces.push({ string: factor(weight(v.matrix[v.output][column])), role: "kernel" });
  });
  return [...pieces, { string: " = ", role: "quiet" }, { string: decimal(v.sums[v.output], 3), role: "output" }];
}

function inputName(column, state) {
  const i = column - state.padding;
  return i < 0 || i >= state.inputs.length ? "a zero of the padding" : `input ${i}`;
}

/** The state in words and a small table; shared_weights.py says the same. */
export function describe(state) {
  const v = view(state), { kind, size, stride, padding } = state, { counts } = v;
  const text = `A ${kind} layer of ${v.n} inputs and ${counted(v.outputs, "output")}, kernel size ${size}, stride `
    + `${stride}, padding ${padding}. ${spelled(v, state).map((t) => t.string).join("")}. `
    + `The wire from ${inputName(v.lit, state)} is lit, its weight is `
    + `${weight(v.matrix[v.output][v.lit])}. `
    + (state.count
      ? `Weights to learn: ${counts.shared} if shared, ${counts.local} if local, ${counts.dense} if dense.`
      : "Tick count to hear how many weights each kind has.");
  return {
    text, header: ["output", "weights from the inputs, padding included", "value"],
    rows: v.matrix.map((line, o) => [
      String(o), line.map((w) => (w === null ? "none" : weight(w))).join(", "), decimal(v.sums[o]),
    ]),
  };
}

const NARROW = 520; // below this width the matrix lies under the neurons

/** The height that a picture of a width needs. */
export const heightFor = (width, height) => height + (width < NARROW ? 334 : 0);

/** Where neurons and matrix lie in a picture of a width. */
export function layout(v, state, width) {
  const across = v.n + 2 * state.padding, narrow = width < NARROW, left = narrow ? width - 4 : width * 0.54;
  const step = Math.min(56, left / across), start = (left - step * across) / 2 + step / 2;
  const side = Math.min(36, (narrow ? width - 32 : width - left - 44) / across, 250 / v.outputs);
  const middle = (across - 1) / 2;
  return {
    step, side, radius: Math.min(19, step * 0.43), top: 78, bottom: 270,
    input: (column) => start + column * step,
    // Over the middle of what it sees, as far as that is the same for all outputs.
    output: (o) => start + (middle + (o - (v.outputs - 1) / 2) * Math.min(state.stride, across / v.outputs)) * step,
    matrix: narrow ? { x: 24, y: 378 } : { x: left + 40, y: 46 },
    narrow, result: narrow ? 636 : 336,
  };
}

function drawWire(p, at, v, o, column, options) {
  const w = v.matrix[o][column], c = p.colours;
  const largest = Math.max(...v.matrix.flat().map((x) => Math.abs(x ?? 0))) || 1;
  const colour = w > 0 ? c.signed[4] : c.signed[0];
  p.line([[at.input(column), at.bottom - at.radius], [at.output(o), at.top + at.radius]],
    w === 0 ? { colour: c.padding, width: options.extra + 1, dash: [3, 4] }
      : { colour, width: 0.8 + options.extra + (2.6 * Math.abs(w)) / largest });
}

function drawNeurons(p, v, state, at) {
  const c = p.colours, { context } = p;
  context.globalAlpha = 0.28;
  v.matrix.forEach((line, o) => line.forEach((w, column) => {
    if (w !== null && o !== v.output) drawWire(p, at, v, o, column, { extra: 0 });
  }));
  context.globalAlpha = 1;
  v.columns.forEach((column) => drawWire(p, at, v, v.output, column, { extra: column === v.lit ? 2.5 : 0.6 }));
  const size = Math.max(9, Math.min(13, at.radius * 0.85));
  for (let column = 0; column < v.n + 2 * state.padding; column++) {
    const x = at.input(column), value = state.inputs[column - state.padding];
    if (value === undefined) {
      const r = at.radius * 0.85;
      p.hatch(x - r, at.bottom - r, 2 * r, 2 * r);
      p.text("0", x, at.bottom, { size, colour: c.quiet });
    } else {
      p.head(x, at.bottom, "input", { size: at.radius, fill: c.input_soft });
      p.text(decimal(value, 1), x, at.bottom, { size });
      p.text(String(column - state.padding), x, at.bottom + at.radius + 13, { size: 12, colour: c.quiet });
    }
  }
  v.sums.forEach((sum, o) => {
    const now = o === v.output;
    p.box(at.output(o) - at.radius, at.top - at.radius, 2 * at.radius, 2 * at.radius,
      { fill: c.output_soft, colour: c.output, stroke: now ? 3.5 : 1.5, radius: at.radius });
    const fits = p.measure(decimal(sum, 1), size, now) < 2 * at.radius;
    p.text(decimal(sum, fits ? 1 : 0), at.output(o), at.top, { size, bold: now });
    p.text(String(o), at.output(o), at.top - at.radius - 11, { size: 12, colour: c.quiet });
  });
  // The lit wire says its weight, half-way up.
  const x = (at.input(v.lit) + at.output(v.output)) / 2, y = (at.top + at.bottom) / 2;
  const words = weight(v.matrix[v.output][v.lit]), wide = p.measure(words, 14, true) + 12;
  p.box(x - wide / 2, y - 12, wide, 24, { fill: c.paper, colour: c.kernel, stroke: 2 });
  p.text(words, x, y + 1, { size: 14, bold: true, colour: c.kernel });
  p.text("outputs", 4, 15, { size: 14, bold: true, align: "left", colour: c.output });
  p.text("inputs", 4, 318, { size: 14, bold: true, align: "left", colour: c.input });
}

function drawMatrix(p, v, state, at) {
  const c = p.colours, { side, matrix } = at;
  const weights = v.matrix.flat().filter((w) => w !== null), print = p.lettering(weights, side, weight);
  const largest = Math.max(...weights.map(Math.abs)) || 1;
  p.text("the same as a matrix", at.narrow ? 4 : matrix.x, matrix.y - 31, { size: 14, bold: true, align: "left", colour: c.kernel });
  v.matrix.forEach((line, o) => {
    line.forEach((w, column) => {
      const x = matrix.x + column * side, y = matrix.y + o * side;
      const outside = column < state.padding || column >= state.padding + v.n;
      if (outside && w === null) p.hatch(x, y, side, side);
      if (w === null) p.box(x, y, side, side, { colour: c.line, radius: 0 });
      else p.cell(x, y, side, w, { fill: signedColour(w, largest, c.signed), ...print });
    });
    p.text(String(o), matrix.x - 9, matrix.y + (o + 0.5) * side, { size: 12, colour: c.quiet });
  });
  for (let i = 0; i < v.n; i++) {
    p.text(String(i), matrix.x + (i + state.padding + 0.5) * side, matrix.y - 9, { size: 12, colour: c.quiet });
  }
  p.box(matrix.x, matrix.y + v.output * side, v.matrix[0].length * side, side, { colour: c.output, stroke: 2, radius: 0 });
  p.box(matrix.x + v.lit * side, matrix.y + v.output * side, side, side, { colour: c.kernel, stroke: 3.5, radius: 2 });
}

function draw(p, state) {
  const v = view(state), at = layout(v, state, p.width), c = p.colours;
  drawNeurons(p, v, state, at);
  drawMatrix(p, v, state, at);
  p.result(spelled(v, state), at.result);
  let x = 14, y = at.result + 63;
  p.text("weights to learn:", x, y, { size: 15, align: "left", colour: c.quiet });
  if (at.narrow) [x, y] = [23, y + 28];
  else x += p.measure("weights to learn:", 15) + 16;
  for (const kind of ["shared", "local", "dense"]) {
    const now = kind === state.kind, words = `${kind} ${state.count ? v.counts[kind] : "?"}`;
    const wide = p.measure(words, 15, now) + 18;
    if (now) p.box(x - 9, y - 13, wide, 26, { fill: c.kernel_soft, colour: c.kernel });
    p.text(words, x, y + 0.5, { size: 15, bold: now, align: "left", colour: now ? c.kernel : c.ink });
    x += wide + 12;
  }
}

const PLAIN = ["inputs", "kernels", "table", "size", "stride", "padding", "output", "wire", "count"];
const TRAITS = [...PLAIN, "kind"];

/** The state as the functions above take it, from the traits that `get` returns by name. */
export function stateOf(get) {
  return traitsOf(get, PLAIN, { kind: "kinds" });
}

const render = ({ model, el }) => figure({
  model, el, stateOf, draw, describe, traits: TRAITS, heightFor,
  name: "Neurons, wires and the matrix of their weights",
  pick: (now, x, y, width) => {
    const v = view(now), at = layout(v, now, width);
    const output = Math.floor((y - at.matrix.y) / at.side), column = Math.floor((x - at.matrix.x) / at.side);
    const cell = v.matrix[output]?.[column];
    if (cell !== undefined && cell !== null) {
      return { output, wire: v.matrix[output].slice(0, column).filter((w) => w !== null).length };
    }
    const neuron = v.sums.findIndex((_, o) => Math.hypot(x - at.output(o), y - at.top) < at.radius + 3);
    return neuron < 0 ? null : { output: neuron, wire: v.wire };
  },
  // The sliders' ends follow from the sizes; a place beyond them springs back.
  settle: (now) => {
    const { outputs, columns, output, wire } = view(now);
    return { output_max: Math.max(1, outputs - 1), wire_max: Math.max(1, columns.length - 1), output, wire };
  },
});

export default { render };
