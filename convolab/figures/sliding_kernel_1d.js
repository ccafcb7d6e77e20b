// The kernel that slides along a signal: stems and numbers, or curves where the signal is long.
import { counted, decimal, factor, figure, listed, traitsOf, weight } from "./shared.js";

/** The weights of a named kernel of a width; "yours" is the learner's own. */
export function kernelOf(preset, width, own) {
  const places = [...Array(width).keys()];
  const total = (width * (width + 1)) / 2;
  if (preset === "yours") return own;
  if (preset === "mean") return places.map(() => 1 / width);
  if (preset === "shift right") return places.map((i) => (i === width - 1 ? 1 : 0));
  if (preset === "shift left") return places.map((i) => (i === 0 ? 1 : 0));
  if (preset === "difference") return places.map((i) => (i === 0) - (i === width - 1));
  if (preset === "asymmetric") return places.map((i) => (width - i) / total);
  const bell = places.map((i) => Math.exp(-8 * ((i - (width - 1) / 2) / width) ** 2));
  const sum = bell.reduce((a, b) => a + b, 0);
  return bell.map((value) => value / sum);
}

/** The full convolution, n + k − 1 numbers. */
export function convolve(f, g) {
  const y = new Array(f.length + g.length - 1).fill(0);
  for (let i = 0; i < f.length; i++) {
    for (let j = 0; j < g.length; j++) y[i + j] += f[i] * g[j];
  }
  return y;
}

/** The first place that a mode keeps, and how many it keeps. */
export function modeOf(mode, n, k) {
  if (mode === "same") return { start: (k - 1) >> 1, kept: n };
  if (mode === "valid") return { start: k - 1, kept: n - k + 1 };
  return { start: 0, kept: n + k - 1 };
}

let last = { key: null };

/** The kernel and the whole output, computed anew only when they change: dragging x is cheap. */
function outputOf({ signal, preset, width, own, reverse }) {
  const key = [preset, width, reverse, signal.length].join();
  if (last.key !== key || last.signal !== signal || last.own !== own) {
    const kernel = kernelOf(preset, width, own);
    const output = convolve(signal, reverse ? kernel : [...kernel].reverse());
    last = { key, signal, own, kernel, output };
  }
  return last;
}

/**
 * Everything the picture shows, as numbers. x is the place of the kernel's right end in the signal,
 * index where the mode's output list has y(x); terms are the products at x from left to right: place
 * in the signal, value, weight, product.
 */
export function view(state) {
  const { signal, reverse, mode } = state;
  const { kernel, output } = outputOf(state);
  const n = signal.length, k = kernel.length;
  const { start, kept } = modeOf(mode, n, k);
  const xMax = n + k - 2, x = Math.max(0, Math.min(xMax, state.x));
  const index = x - start, left = x - (k - 1);
  const terms = kernel.map((_, j) => {
    const i = left + j, g = reverse ? k - 1 - j : j;
    const value = i < 0 || i >= n ? 0 : signal[i];
    return { i, g, value, weight: kernel[g], product: value * kernel[g], outside: i < 0 || i >= n };
  });
  return {
    kernel, output, start, kept, x, xMax, index, left, terms, total: output[x],
    isKept: index >= 0 && index < kept, soFar: output.slice(start, Math.min(x + 1, start + kept)),
  };
}

/** Where the mode's output list has y(x), in words; "" in mode full, where the two agree. */
function listing(v, mode) {
  if (!v.isKept) return `not kept by mode ${mode}`;
  return mode === "full" ? "" : `index ${v.index} of ${mode}`;
}

/** Root of the mean squared distance to the clean signal, over the places they share. */
export function distance(values, clean) {
  const squares = clean.map((c, i) => (values[i] - c) ** 2);
  return Math.sqrt(squares.reduce((a, b) => a + b, 0) / clean.length);
}

/** The state in words and a small table; sliding_kernel_1d.py says the same. */
export function describe(state) {
  const v = view(state);
  const { signal, preset, mode, reverse, clean } = state, where = listing(v, mode);
  const name = preset === "yours" ? "your own kernel" : `the kernel ${preset}`;
  const long = v.terms.length > 9, kept = v.output.slice(v.start, v.start + v.kept);
  const sum = spelled(v).map((t) => t.string).join("");
  let text = `A signal of ${counted(signal.length, "number")} and ${name} of width ${v.kernel.length}, `
    + `${reverse ? "reversed" : "not reversed"}, mode ${mode}, at place x = ${v.x}${where && ", "}${where}. `
    + (long ? `y(${v.x}) is the sum of ${v.terms.length} products = ${decimal(v.total, 3)}.` : `${sum}.`);
  if (state.drawing === "line") {
    text += ` The output has ${counted(v.kept, "number")} from ${decimal(Math.min(...kept), 3)} `
      + `to ${decimal(Math.max(...kept), 3)}.`;
  } else if (v.soFar.length) {
    text += ` The output so far, from place ${v.start} on: ${listed(v.soFar, decimal, 24)}.`;
  }
  if (clean.length && mode === "same") {
    text += ` Distance to the clean curve: ${decimal(distance(signal, clean), 3)} before, `
      + `${decimal(distance(kept, clean), 3)} after.`;
  }
  const rows = v.terms.map((t) => [
    t.outside ? "outside" : String(t.i), decimal(t.value), String(t.g), weight(t.weight), decimal(t.product, 3),
  ]);
  const shown = rows.length > 9 ? [...rows.slice(0, 4), new Array(5).fill("…"), ...rows.slice(-4)] : rows;
  const header = ["place in the signal", "signal", "place in the kernel", "weight", "product"];
  return { text, header, rows: shown };
}

/** y(5) = 10·⅓ + 1·⅓ + 10·⅓ = 7 in pieces, each with the role that colours it. */
function spelled(v) {
  const pieces = [{ string: `y(${decimal(v.x)})`, role: "output" }, { string: " = ", role: "quiet" }];
  v.terms.forEach((t, j) => {
    if (j) pieces.push({ string: " + ", role: "quiet" });
    pieces.push({ string: factor(decimal(t.value)), role: t.outside ? "padding" : "input" });
    pieces.push({ string: "·", role: "quiet" });
    pieces.push({ string: factor(weight(t.weight)), role: "kernel" });
  });
  pieces.push({ string: " = ", role: "quiet" });
  pieces.push({ string: decimal(v.total, 3), role: "output" });
  return pieces;
}

/** Where values lie between two heights; 0 is always in between. */
function scale(values, top, bottom) {
  const high = Math.max(0, ...values), low = Math.min(0, ...values);
  const unit = (bottom - top) / (high - low || 1);
  return (value) => bottom - (value - low) * unit;
}

/** The result, large, at the foot of the picture. */
function drawSum(p, v, mode, y) {
  const where = listing(v, mode);
  let pieces = spelled(v);
  if (v.terms.length > 9) {
    pieces = [pieces[0], pieces[1], { string: `sum of ${v.terms.length} products`, role: "ink" },
      ...pieces.slice(-2)];
  }
  if (where) pieces.push({ string: `   ${where.replaceAll(" ", "\u00a0")}`, role: "quiet" }); // on one line
  p.result(pieces, y, v.isKept ? p.colours.faint : p.colours.padding_soft);
}

const NARROW = 560; // below this width the rows' names stand upright, and leave their room to the columns
export const gutterOf = (width) => (width < NARROW ? 34 : 112);

function gutter(p, y, sign, name, role, more) {
  if (p.width < NARROW) {
    p.upright(name, 11, y, { size: 13, bold: true, colour: p.colours[role] });
    return;
  }
  p.text(sign, 14, y, { size: 17, colour: p.colours.quiet });
  p.text(name, 28, y, { size: 14, bold: true, align: "left", colour: p.colours[role] });
  if (more) p.text(more, 28, y + 17, { size: 12, align: "left", colour: p.colours.quiet });
}

/** The name of a row of small numbers, at its left. */
function rowName(p, name, y) {
  if (p.width < NARROW) p.text(name, 2, y, { size: 10, align: "left", colour: p.colours.quiet });
  else p.text(name, 28, y, { size: 12, align: "left", colour: p.colours.quiet });
}

/** Whether a row of numbers a column apart has room for the one at `place`; the one at `now` is there. */
const hasRoom = (column, place, now) => column >= 22 || (place % 2 === 0 && Math.abs(place - now) !== 1);

/** The first of some texts, from the exactest to the shortest, that fits, in smaller print if need be. */
function fitting(p, texts, room, full = 13) {
  for (const sizes of [[full, full - 2], [full - 4]]) {
    for (const string of texts) {
      for (const size of sizes) if (p.measure(string, size) < room) return { string, size };
    }
  }
  return null;
}

/** A number with two decimals, and what may stand for it where there is no room. */
const shorter = (number) => [2, 1, 0].map((places) => decimal(number, places));

/** A value at the end of a stem, above it or below a negative one, if there is room for it. */
function value(p, texts, x, y, negative, room, options = {}) {
  // The fractions' small figures need larger print.
  const found = fitting(p, texts, room - 1, /[⅓-⅞⅐⅑]/.test(texts[0]) ? 16 : 13);
  if (!found) return;
  const half = p.measure(found.string, found.size, options.bold) / 2; // the last one keeps off the edge
  p.text(found.string, Math.min(x, p.width - 1 - half), y + (negative ? 15 : -15), { size: found.size, ...options });
}

function drawStems(p, state) {
  const v = view(state), c = p.colours;
  const n = state.signal.length, k = v.kernel.length;
  const start = gutterOf(p.width), column = Math.min(64, (p.width - start - 6) / (n + 2 * (k - 1)));
  const at = (i) => start + (i + k - 1 + 0.5) * column;
  const left = at(v.left) - column / 2, right = left + k * column;

  // Zero padding first, then the window over it, then everything else on top.
  p.hatch(at(1 - k) - column / 2, 12, (k - 1) * column, 116);
  p.hatch(at(n) - column / 2, 12, (k - 1) * column, 116);
  p.box(left, 6, k * column, 282, { fill: c.kernel_soft, radius: 8 });
  for (const t of v.terms.filter((t) => t.outside)) {
    p.hatch(at(t.i) - column / 2, 12, column, 116);
  }
  p.box(left, 6, k * column, 282, { colour: c.kernel, stroke: 2, radius: 8 });

  const signal = scale(state.signal, 38, 102);
  p.line([[at(1 - k) - column / 2, signal(0)], [at(n + k - 2) + column / 2, signal(0)]]);
  for (let i = 1 - k; i < n + k - 1; i++) {
    const outside = i < 0 || i >= n, f = outside ? 0 : state.signal[i];
    if (outside) {
      value(p, ["0"], at(i), signal(0), false, column, { colour: c.quiet });
      continue;
    }
    p.stem(at(i), signal(0), signal(f), "input");
    value(p, shorter(f), at(i), signal(f), f < 0, column);
    if (hasRoom(column, i)) p.text(String(i), at(i), 141, { size: 12, colour: c.quiet });
  }

  const high = Math.max(0.5, ...v.kernel.map(Math.abs));
  const low = Math.min(0, ...v.kernel) < 0;
  const kernel = (w) => (low ? 190 - (18 * w) / high : 218 - (42 * w) / high);
  p.line([[left + 8, kernel(0)], [right - 8, kernel(0)]], { colour: c.kernel });
  for (const t of v.terms) {
    p.stem(at(t.i), kernel(0), kernel(t.weight), "kernel");
    value(p, [weight(t.weight)], at(t.i), kernel(t.weight), t.weight < 0, column);
    if (column >= 30) p.text(`g(${t.g})`, at(t.i), 240, { size: 12, colour: c.kernel });
    const wide = Math.min(column - (column < 20 ? 1 : 4), 56);
    p.box(at(t.i) - wide / 2, 253, wide, 26, { fill: c.paper, colour: c.quiet });
    const written = fitting(p, shorter(t.product), wide - 1);
    if (written) p.text(written.string, at(t.i), 266.5, { size: written.size });
  }

  drawOutput(p, state, v, at, column);
  const reversed = state.reverse ? "reversed" : "not reversed";
  rowName(p, "place", 141);
  gutter(p, 80, "", "signal f", "input");
  gutter(p, 196, "×", "kernel g", "kernel", reversed);
  gutter(p, 266, "=", "products", "ink");
  gutter(p, 366, "+", "output y", "output", state.mode);
  drawSum(p, v, state.mode, 470);
}

/** The outputs under the signal; in mode same and valid the first one kept is under place 0. */
function drawOutput(p, state, v, at, column) {
  const c = p.colours, n = state.signal.length, k = v.kernel.length;
  const shown = [...v.output, ...state.signal.map((f) => Math.max(0, f))];
  const y = scale(shown, 336, Math.min(...shown) < 0 ? 402 : 418); // numbers hang below negative stems
  const from = at(0) - column / 2, to = at(v.kept - 1) + column / 2;
  p.box(from, 306, to - from, 116, { fill: c.output_soft, radius: 6 });
  p.line([[at(-v.start) - column / 2, y(0)], [at(n + k - 2 - v.start) + column / 2, y(0)]]);
  const both = state.mode !== "full"; // where the list's index is another number than the place
  rowName(p, "place", 434);
  if (both) rowName(p, "index", 450);
  for (let x = 0; x <= v.xMax; x++) {
    const index = x - v.start, kept = index >= 0 && index < v.kept, now = x === v.x, total = v.output[x];
    const look = { size: 12, bold: now, colour: now ? c.ink : c.quiet };
    if (hasRoom(column, x, v.x) || now) p.text(String(x), at(index), 434, look);
    if (both && kept && (hasRoom(column, index, v.index) || now)) p.text(String(index), at(index), 450, look);
    if (x > v.x) {
      p.head(at(index), y(0), "output", { size: 2.5, fill: c.paper, colour: c.padding });
      continue;
    }
    const colour = kept ? c.output : c.padding;
    p.stem(at(index), y(0), y(total), "output", { colour, fill: kept ? colour : c.paper, size: now ? 6.5 : 5 });
    const room = now ? 90 : column;
    value(p, shorter(total), at(index), y(total), total < 0, room,
      { bold: now, colour: kept ? c.ink : c.quiet });
  }
  // The products fall into their sum.
  const x = at(v.index), tip = 303;
  p.line([[x, 288], [x, tip]], { colour: c.kernel, width: 2 });
  p.line([[x - 5, tip - 6], [x, tip], [x + 5, tip - 6]], { colour: c.kernel, width: 2 });
}

function drawLines(p, state) {
  const v = view(state), c = p.colours, { signal, clean } = state;
  const n = signal.length, k = v.kernel.length;
  const step = (p.width - 24) / Math.max(1, n - 1);
  const at = (i) => 12 + i * step;
  const kept = v.output.slice(v.start, v.start + v.kept);
  const y = scale([...signal, ...clean, ...kept], 44, 280);
  const half = Math.max(step / 2, 1);
  const inside = (x) => Math.max(12, Math.min(p.width - 12, x));
  const left = inside(at(v.left) - half), right = inside(at(v.left + k - 1) + half);

  p.box(left, 32, right - left, 348, { fill: c.kernel_soft, colour: c.kernel, radius: 4 });
  p.line([[12, y(0)], [p.width - 12, y(0)]]);
  p.line(signal.map((f, i) => [at(i), y(f)]), { colour: c.input, width: 1 });
  if (n <= 300) signal.forEach((f, i) => p.head(at(i), y(f), "input", { size: 1.6 }));
  if (clean.length) {
    p.line(clean.map((f, i) => [at(i), y(f)]), { colour: c.ink, width: 1.5, dash: [6, 5] });
  }
  const curve = kept.slice(0, n).map((total, index) => [at(index), y(total)]);
  p.line(curve, { colour: c.paper, width: 6 });
  p.line(curve, { colour: c.output, width: 3 });
  p.head(inside(at(v.index)), y(v.total), "output", { size: 6, colour: c.paper });

  const high = Math.max(...v.kernel.map(Math.abs)) || 1, low = Math.min(0, ...v.kernel) < 0;
  const kernel = (w) => (low ? 340 - (30 * w) / high : 372 - (60 * w) / high);
  p.line([[12, kernel(0)], [p.width - 12, kernel(0)]]);
  const wide = Math.max(1, step * 0.7);
  p.context.save();
  p.context.beginPath();
  p.context.rect(11, 290, p.width - 22, 100);
  p.context.clip();
  for (const t of v.terms) {
    const top = Math.min(kernel(0), kernel(t.weight));
    p.box(at(t.i) - wide / 2, top, wide, Math.abs(kernel(0) - kernel(t.weight)),
      { fill: c.kernel, radius: 0 });
  }
  p.context.restore();
  let words = "", short = "";
  if (clean.length && state.mode === "same") {
    const [before, after] = [signal, kept]
      .map((some) => distance(some, clean).toFixed(3));
    words = `distance to the clean curve: ${before} before, ${after} after`;
    short = `distance ${before} → ${after}`;
  }
  const count = `kernel g, ${k} ${k === 1 ? "weight" : "weights"}`;
  const most = `${count}${state.reverse ? "" : ", not reversed"}, the largest ${weight(high)}`;
  const pairs = [[most, words], [count, words], [count, short]];
  const [about, gain] = pairs.find(([one, other]) =>
    p.measure(one, 13, true) + p.measure(other) < p.width - 40) ?? pairs[2];
  p.text(about, 12, 398, { bold: true, align: "left", colour: c.kernel });
  p.text(gain, p.width - 12, 398, { align: "right" });
  legend(p, state);
  drawSum(p, v, state.mode, 410);
}

function legend(p, state) {
  const c = p.colours;
  let x = 12;
  const narrow = p.width < NARROW;
  const entries = [["signal f", "input", 1], [narrow ? "output y" : `output y (${state.mode})`, "output", 3]];
  if (state.clean.length) entries.push([narrow ? "clean" : "the clean curve", "ink", 1.5]);
  for (const [name, role, width] of entries) {
    p.line([[x, 14], [x + 26, 14]], { colour: c[role], width, dash: role === "ink" ? [6, 5] : [] });
    p.text(name, x + 32, 14, { size: 13, bold: true, align: "left", colour: c[role] });
    x += 32 + p.measure(name, 13, true) + 24;
  }
}

const SHAPES_THE_OUTPUT = ["reverse", "mode", "preset", "width", "own"];

const PLAIN = ["signal", "clean", "own", "x", "width", "reverse", "drawing"];

/** The state as the functions above take it, from the traits that `get` returns by name. */
export function stateOf(get) {
  return traitsOf(get, PLAIN, { preset: "presets", mode: "modes" });
}

function render({ model, el }) {
  // The slider's ends follow from the kernel and the mode.
  const bounds = (redraw) => () => {
    const now = stateOf((trait) => model.get(trait));
    if (now.preset === "yours" && now.width !== now.own.length) {
      model.set("width", now.own.length);
      now.width = now.own.length;
    }
    const { x, xMax } = view(now);
    model.set({ x_max: xMax, x, width_fixed: now.preset === "yours" });
    model.save_changes();
    redraw();
  };
  return figure({
    model, el, stateOf, describe,
    draw: model.get("drawing") === "line" ? drawLines : drawStems,
    name: "Signal, kernel, products and output",
    handlers: (redraw) => [["x", redraw], ...SHAPES_THE_OUTPUT.map((trait) => [trait, bounds(redraw)])],
  });
}

export default { render };
