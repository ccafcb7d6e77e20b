// The arithmetic of a convolution's size: the padded grid, the windows on it, the formula.
import { counted, decimal, figure, ranges, traitsOf } from "./shared.js";

/** Everything the picture shows, as numbers, for input i, kernel r, padding p, stride s, dilation d. */
export function view({ i, r, p, s, d, window }) {
  const field = d * (r - 1) + 1, padded = i + 2 * p, left = padded - field;
  const size = left < 0 ? 0 : Math.floor(left / s) + 1;
  const unused = size ? left % s : 0;
  const seen = new Array(padded).fill(false);
  for (let k = 0; k < size; k++) for (let t = 0; t < r; t++) seen[k * s + t * d] = true;
  const now = Math.max(0, Math.min(size * size - 1, window));
  return {
    i, r, p, s, d, field, padded, left, size, exact: left / s + 1, unused, seen, window: now,
    row: size ? Math.floor(now / size) : 0, column: size ? now % size : 0,
    possible: size > 0 && unused === 0,
    // Columns that no window has a weight on, counted from the input's own column 0.
    uncovered: size ? seen.flatMap((here, n) => (here ? [] : [n - p])) : [],
  };
}

/** O = (13 − 3 + 2·0)/2 + 1 = 6 in pieces, each with the role that colours it. */
function spelled(v) {
  const pieces = [
    ["O", "output"], [" = (", "quiet"], [String(v.i), "input"], [" − ", "quiet"],
    [String(v.field), "kernel"], [" + 2·", "quiet"],
    [String(v.p), "ink"], [")/", "quiet"], [String(v.s), "ink"], [" + 1 =", "quiet"],
    v.possible ? [` ${v.size}`, "output"] : [` ${decimal(v.exact)}: impossible`, "wrong"],
  ];
  return pieces.map(([string, role]) => ({ string, role }));
}

/** Why the setting is possible, or why it is not, in words. */
function reason(v) {
  let words = v.d === 1 ? "" : `Dilated by ${v.d}, ${v.r === 1 ? "the weight spans" : `the ${v.r} weights span`} `
    + `${v.d}·(${v.r} − 1) + 1 = ${counted(v.field, "column")}. `;
  if (!v.size) return `${words}A window of ${v.field} does not fit on ${counted(v.padded, "column")}: no output.`;
  const many = v.uncovered.length;
  words += v.possible ? "It fits" : "The stride does not fit";
  if (!many) return `${words}, and every column is seen.`;
  words += `${v.possible ? ", but " : ": "}${many} of ${counted(v.padded, "column")} `
    + `${many === 1 ? "is" : "are"} never seen${whose(v)}.`;
  return v.possible ? words : `${words} Frameworks round down to ${v.size} and say nothing.`;
}

/** How many of the columns that are never seen are padding, in words. */
function whose(v) {
  const padding = v.uncovered.filter((column) => column < 0 || column >= v.i).length;
  if (!padding) return "";
  if (padding < v.uncovered.length) return ` (${padding} of them padding)`;
  return `, and ${padding === 1 ? "it is" : "they are"} padding: ${v.i === 1 ? "the input's only column is" : `all ${v.i} columns of the input are`} seen`;
}

/** The columns that are never seen, by their numbers, as a sentence; "" if there are none. */
function which(v) {
  if (!v.uncovered.length) return "";
  return ` Never seen: column${v.uncovered.length === 1 ? "" : "s"} ${ranges(v.uncovered)}, `
    + "counting the input's columns from 0, and the rows of the same numbers.";
}

/** The windows along one side, counted like fence posts, a line for each step. */
function posts(v) {
  const first = v.p ? `${v.i} + 2·${v.p} = ${counted(v.padded, "column")}` : counted(v.i, "column");
  if (v.left < 0) return [first, `${counted(-v.left, "column")} too few`];
  const steps = decimal(v.left / v.s);
  return [
    first,
    `${v.left} beyond the first window`,
    `${v.left}/${v.s} = ${steps} ${v.left === v.s ? "step" : "steps"} of ${v.s}`,
    `${steps} + 1 = ${decimal(v.exact)} ${v.left === 0 ? "window" : "windows"}`,
  ];
}

/** The state in words and a small table; conv_arithmetic.py says the same. */
export function describe(state) {
  const v = view(state);
  let text = `An input of ${counted(v.i, "row")} and ${counted(v.i, "column")}, `
    + `${v.p ? counted(v.p, "ring") : "no rings"} of padding, a kernel of ${v.r}×${v.r}, stride ${v.s}, `
    + `dilation ${v.d}. ${spelled(v).map((t) => t.string).join("")}. ${reason(v)}${which(v)}`;
  if (v.size) {
    text += ` The window is at row ${v.row}, column ${v.column} of the ${v.size}×${v.size} output`
      + `${v.possible ? "" : ", rounded down"}.`;
  }
  const rows = [...Array(v.size).keys()].map((k) => [
    String(k), decimal(k * v.s - v.p), decimal(k * v.s - v.p + v.field - 1),
  ]);
  const cut = [...rows.slice(0, 4), ["…", "…", "…"], ...rows.slice(-4)];
  return {
    text, header: ["window", "from column", "to column"], rows: rows.length > 9 ? cut : rows,
  };
}

/** Where everything lies in a picture of a width; the pointer is looked up in the same places. */
export function layout(v, width) {
  const gap = Math.min(70, width * 0.12);
  const slot = Math.min(252, (width - gap - 24) / 2);
  const spare = 252 - slot; // in height, where the picture is narrow
  const left = Math.max(18, (width - 2 * slot - gap) / 2), top = 32 + 0.2 * spare;
  const side = Math.min(40, slot / Math.max(v.padded, v.field));
  return {
    side, gap, slot,
    input: { x: left, y: top },
    output: { x: left + slot + gap, y: top },
    stairs: top + slot + 14,
    result: 396 - 0.4 * spare,
  };
}

const STAIRS = 84; // pixels that the windows along one side take, one below the other

function gridLines(p, x, y, across, down, side, colour) {
  if (side < 4.5) return p.box(x, y, across * side, down * side, { colour, radius: 0 });
  for (let n = 0; n <= across; n++) p.line([[x + n * side, y], [x + n * side, y + down * side]], { colour });
  for (let n = 0; n <= down; n++) p.line([[x, y + n * side], [x + across * side, y + n * side]], { colour });
}

/** A heading of one or two parts above a grid, on two lines where there is no room for one. */
function heading(p, parts, x, y, room, colour) {
  const look = { size: 14, bold: true, align: "left", colour };
  const joined = parts.join(" ");
  if (p.measure(joined, 14, true) <= room) return p.text(joined, x, y - 15, look);
  parts.forEach((part, n) => p.text(part, x, y - 15 - 18 * (parts.length - 1 - n), look));
}

/** The columns that no window has a weight on, as [first, how many] of neighbours, padding counted. */
function gaps(v) {
  const found = [];
  for (const column of v.uncovered) {
    const last = found.at(-1);
    if (last && last[0] + last[1] === column + v.p) last[1] += 1;
    else found.push([column + v.p, 1]);
  }
  return found;
}

/** Rows and columns that no window reaches: a cross in each cell, so that red is not the only sign. */
function crossOut(p, x, y, v, side) {
  const c = p.colours, all = v.padded * side;
  for (const [first, many] of gaps(v)) {
    p.box(x + first * side, y, many * side, all, { fill: c.wrong_soft, radius: 0 });
    p.box(x, y + first * side, all, many * side, { fill: c.wrong_soft, radius: 0 });
  }
  const look = { colour: c.wrong, width: side < 8 ? 0.5 : 1 };
  for (const lane of v.uncovered.map((column) => column + v.p)) {
    for (const start of [0, 1]) {
      const points = [...Array(v.padded + 1).keys()].map((n) => [n * side, (lane + ((n + start) % 2)) * side]);
      p.line(points.map(([along, over]) => [x + over, y + along]), look);
      p.line(points.map(([along, over]) => [x + along, y + over]), look);
    }
  }
}

/** The numbers of the input's columns and rows, as many as there is room for. */
function numbers(p, v, at) {
  const { side } = at, every = side >= 15 ? 1 : side >= 8 ? 2 : 5;
  const look = { size: 10, colour: p.colours.quiet };
  for (let n = 0; n < v.i; n += every) {
    const middle = (v.p + n + 0.5) * side;
    p.text(String(n), at.input.x + middle, at.input.y + v.padded * side + 8, look);
    p.text(String(n), at.input.x - 4, at.input.y + middle, { ...look, align: "right" });
  }
}

function drawInput(p, v, at) {
  const c = p.colours, { side } = at, { x, y } = at.input, all = v.padded * side;
  p.hatch(x, y, all, all);
  p.box(x + v.p * side, y + v.p * side, v.i * side, v.i * side, { fill: c.input_soft, radius: 0 });
  crossOut(p, x, y, v, side);
  gridLines(p, x, y, v.padded, v.padded, side, c.line);
  p.box(x + v.p * side, y + v.p * side, v.i * side, v.i * side, { colour: c.input, stroke: 2, radius: 0 });
  const span = v.field * side;
  if (!v.size) {
    p.box(x, y, span, span, { colour: c.wrong, stroke: 3, radius: 2, dash: [7, 5] });
  } else {
    const left = x + v.column * v.s * side, top = y + v.row * v.s * side;
    for (let a = 0; a < v.r; a++) {
      for (let b = 0; b < v.r; b++) {
        p.box(left + b * v.d * side, top + a * v.d * side, side, side,
          { fill: c.kernel_soft, colour: c.kernel, radius: 0 });
      }
    }
    p.box(left, top, span, span, { colour: c.paper, stroke: 5, radius: 2 });
    p.box(left, top, span, span, { colour: c.kernel, stroke: 3, radius: 2 });
  }
  const parts = [`input ${v.i}×${v.i}${v.p ? "," : ""}`, ...(v.p ? [`padded ${v.padded}×${v.padded}`] : [])];
  heading(p, parts, x, y, at.slot + at.gap - 10, c.input);
  numbers(p, v, at);
}

function drawOutput(p, v, at) {
  const c = p.colours, { side } = at, { x, y } = at.output, all = v.size * side;
  const parts = !v.size ? ["no output"]
    : [...(v.possible ? [] : ["rounded down:"]), `output ${v.size}×${v.size}`];
  heading(p, parts, x, y, at.slot, v.possible ? c.output : c.wrong);
  if (!v.size) return;
  p.box(x, y, all, v.row * side, { fill: c.output_soft, radius: 0 });
  p.box(x, y + v.row * side, (v.column + 1) * side, side, { fill: c.output_soft, radius: 0 });
  gridLines(p, x, y, v.size, v.size, side, c.line);
  if (!v.possible) p.box(x, y, all, all, { colour: c.wrong, stroke: 3, radius: 0, dash: [7, 5] });
  p.box(x + v.column * side, y + v.row * side, side, side,
    { fill: c.output, colour: c.output, stroke: 2, radius: 0 });
  const middle = at.input.y + (v.row * v.s + v.field / 2) * side;
  p.arrow([at.input.x + v.padded * side + 7, middle], [x - 7, y + (v.row + 0.5) * side],
    { colour: c.kernel, width: 2 });
}

/** All windows along one side, each a step to the right and one below the other. */
function drawStairs(p, v, at) {
  const c = p.colours, { side } = at, { x } = at.input, top = at.stairs;
  for (const [first, many] of gaps(v)) {
    p.box(x + first * side, top, many * side, STAIRS, { fill: c.wrong_soft, radius: 0 });
  }
  const rows = Math.max(1, v.size) + (v.unused ? 1 : 0), step = Math.min(14, STAIRS / rows);
  const tall = Math.max(1.5, step - 3);
  // The window shown is painted last, over its neighbours where they are thin.
  const order = [...Array(rows).keys()].filter((k) => k !== v.column);
  for (const k of [...order, v.column]) {
    const left = x + k * v.s * side, y = top + k * step;
    if (k >= v.size) {
      const wide = Math.min(v.field * side, at.output.x - 6 - left);
      if (wide > 6) p.box(left, y, wide, tall, { colour: c.wrong, stroke: 1.5, radius: 1, dash: [5, 3] });
      continue;
    }
    const now = k === v.column;
    if (v.d > 1) {
      p.line([[left, y + tall / 2], [left + v.field * side, y + tall / 2]], { colour: c.kernel });
    }
    const solid = now || tall < 4;
    const look = { fill: now ? c.kernel : tall < 4 ? c.padding : c.kernel_soft, radius: 0 };
    if (!solid) look.colour = c.kernel;
    if (v.d === 1) p.box(left, y, v.field * side, tall, look);
    else for (let t = 0; t < v.r; t++) p.box(left + t * v.d * side, y, side, tall, look);
  }
  posts(v).forEach((line, n, lines) => {
    const last = n === lines.length - 1;
    let size = 13;
    while (size > 10 && p.measure(line, size, last) > at.slot) size -= 1;
    p.text(line, at.output.x, top + 10 + 20 * n, {
      size, align: "left", bold: last, colour: !last ? c.quiet : v.possible ? c.output : c.wrong,
    });
  });
}

function draw(p, state) {
  const v = view(state), at = layout(v, p.width), c = p.colours;
  drawInput(p, v, at);
  drawOutput(p, v, at);
  drawStairs(p, v, at);
  p.result(spelled(v), at.result, v.possible ? c.faint : c.wrong_soft);
  p.paragraph(reason(v), 14, at.result + 60, p.width - 28, { colour: v.possible ? c.ink : c.wrong });
}

const NUMBERS = ["i", "r", "p", "s", "d", "window"];

/** The state as the functions above take it, from the traits that `get` returns by name. */
export function stateOf(get) {
  return traitsOf(get, NUMBERS);
}

const render = ({ model, el }) => figure({
  model, el, stateOf, draw, describe, traits: NUMBERS,
  name: "Padded input, windows, output and formula",
  pick: (now, x, y, width) => {
    const v = view(now), at = layout(v, width);
    const column = Math.floor((x - at.output.x) / at.side), row = Math.floor((y - at.output.y) / at.side);
    return row >= 0 && row < v.size && column >= 0 && column < v.size ? { window: row * v.size + column } : null;
  },
  // How many windows there are follows from the numbers; one beyond them springs back.
  settle: (now) => {
    const { size, window } = view(now);
    return { window_max: Math.max(1, size * size - 1), window };
  },
});

export default { render };
