// The arithmetic of a convolution's size: the padded grid, the windows on it, the formula.
import { decimal, figure, traitsOf } from "./shared.js";

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
    between: size ? seen.slice(0, padded - unused).filter((x) => !x).length : 0,
  };
}

const columns = (number) => `${number} column${number === 1 ? "" : "s"}`;

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
  const words = v.d === 1 ? "" : `Dilated by ${v.d}, the ${v.r} weights span `
    + `${v.d}·(${v.r} − 1) + 1 = ${columns(v.field)}. `;
  if (!v.size) return `${words}A window of ${v.field} does not fit on ${columns(v.padded)}: no output.`;
  if (v.unused) {
    const padding = Math.min(v.unused, v.p);
    const note = padding === v.unused ? " (only padding)" : ` (${padding} of padding)`;
    return `${words}The stride does not fit: ${v.unused} of ${columns(v.padded)} would never be seen`
      + `${padding ? note : ""}. Frameworks round down to ${v.size} and say nothing.`;
  }
  if (!v.between) return `${words}It fits, and every column is seen.`;
  return `${words}It fits, but ${v.between} of ${columns(v.padded)} lie between the weights of all `
    + "windows and are never seen.";
}

/** The windows along one side, counted like fence posts, a line for each step. */
function posts(v) {
  const first = v.p ? `${v.i} + 2·${v.p} = ${columns(v.padded)}` : columns(v.i);
  if (v.left < 0) return [first, `${columns(-v.left)} too few`];
  const steps = decimal(v.left / v.s);
  return [
    first,
    `${v.left} beyond the first`,
    `${v.left}/${v.s} = ${steps} ${v.left === v.s ? "step" : "steps"} of ${v.s}`,
    `${steps} + 1 = ${decimal(v.exact)} ${v.left === 0 ? "window" : "windows"}`,
  ];
}

/** The state in words and a small table; conv_arithmetic.py says the same. */
export function describe(state) {
  const v = view(state);
  let text = `An input of ${columns(v.i)} and rows, ${v.p} of padding on every side, a kernel of `
    + `${v.r}, stride ${v.s}, dilation ${v.d}. ${spelled(v).map((t) => t.string).join("")}. ${reason(v)}`;
  if (v.size) {
    text += ` The window lies at row ${v.row}, column ${v.column} of the ${v.size}×${v.size} output`
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
  const slot = Math.min(252, (width - gap - 8) / 2);
  const spare = 252 - slot; // in height, where the picture is narrow
  const left = (width - 2 * slot - gap) / 2, top = 32 + 0.2 * spare;
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

/** Cells that no window reaches: a cross in each, so that red is not the only sign. */
function crossOut(p, x, y, across, down, side) {
  const c = p.colours;
  p.box(x, y, across * side, down * side, { fill: c.wrong_soft, radius: 0 });
  const [long, wide] = across > down ? [across, down] : [down, across];
  for (let lane = 0; lane < wide; lane++) {
    for (const start of [0, 1]) {
      const points = [...Array(long + 1).keys()].map((n) => {
        const along = n * side, over = (lane + ((n + start) % 2)) * side;
        return across > down ? [x + along, y + over] : [x + over, y + along];
      });
      p.line(points, { colour: c.wrong, width: side < 8 ? 0.5 : 1 });
    }
  }
}

function drawInput(p, v, at) {
  const c = p.colours, { side } = at, { x, y } = at.input, all = v.padded * side;
  p.hatch(x, y, all, all);
  p.box(x + v.p * side, y + v.p * side, v.i * side, v.i * side, { fill: c.input_soft, radius: 0 });
  const reached = v.padded - v.unused;
  if (v.size) {
    v.seen.slice(0, reached).forEach((seen, n) => {
      if (seen) return;
      p.box(x + n * side, y, side, all, { fill: c.paper, radius: 0 });
      p.box(x, y + n * side, all, side, { fill: c.paper, radius: 0 });
    });
  }
  if (v.unused) {
    crossOut(p, x, y + reached * side, reached, v.unused, side);
    crossOut(p, x + reached * side, y, v.unused, v.padded, side);
  }
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
  if (v.unused) {
    const from = x + (v.padded - v.unused) * side;
    p.box(from, top, v.unused * side, STAIRS, { fill: c.wrong_soft, radius: 0 });
  }
  const rows = Math.max(1, v.size) + (v.unused ? 1 : 0), step = Math.min(14, STAIRS / rows);
  const tall = Math.max(1.5, step - 3);
  // The window shown is painted last, over its neighbours where they are thin.
  const order = [...Array(rows).keys()].filter((k) => k !== v.column);
  for (const k of [...order, v.column]) {
    const left = x + k * v.s * side, y = top + k * step;
    if (k >= v.size) {
      const wide = Math.min(v.field * side, at.output.x - 6 - left);
      p.box(left, y, wide, tall, { colour: c.wrong, stroke: 1.5, radius: 1, dash: [5, 3] });
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
