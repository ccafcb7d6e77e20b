// A training as it goes on: loss, accuracy and kernels, epoch by epoch.
import { decimal, figure, listed, signedColour } from "./shared.js";

const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10]; // of a power of ten, where the loss axis may end
const SETTINGS = ["learning rate", "momentum", "channels"];
const ROWS_IN_THE_TABLE = 20;
const KERNELS_AT_MOST = 32;

/** A loss as text: a dash where there is none, 1.2e7 for a very large one. */
export function number(value) {
  if (value === null || Math.abs(value) < 1e6) return value === null ? "–" : decimal(value, 4);
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  return `${decimal(value / 10 ** exponent, 1)}e${exponent}`;
}
export const percent = (share) => (share === null ? "–" : `${decimal(100 * share, 1)} %`);
const settings = (e) => [decimal(e.rate, 5), decimal(e.momentum), String(e.channels)];

/** What was set differently from this epoch on, in words; empty where nothing was. */
function changeAt(history, place) {
  if (place < 2 || place > history.length) return "";
  const [a, b] = history.slice(place - 2, place);
  if (a.rate === b.rate && a.momentum === b.momentum && a.channels === b.channels) return "";
  const before = settings(a), now = settings(b);
  return SETTINGS.flatMap((name, i) =>
    (before[i] === now[i] ? [] : [`${name} ${before[i]} → ${now[i]}`])).join(", ");
}

/** The upper end of the loss axis, a round number. */
export function lossTop(history) {
  const losses = history.map((e) => e.loss).filter((loss) => loss !== null);
  const most = losses.length ? Math.max(...losses) : 1;
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return STEPS.map((m) => m * power).find((end) => end >= most * (1 - 1e-9));
}

/** The lower end of the accuracy axis. */
export function accuracyBottom(history) {
  const shares = history.flatMap((e) => [e.accuracy, e.validation]).filter((s) => s !== null);
  const least = shares.length ? Math.min(...shares) : 0;
  return Math.max(0, ...[0.5, 0.8, 0.9].filter((end) => end <= least));
}

function followingWords(e) {
  const [rate, momentum, channels] = settings(e);
  return `learning rate ${rate}, momentum ${momentum}, channels ${channels}`;
}

/** The chosen preset and how its run is going; empty without one. */
function runWords({ run }) {
  if (!run.name) return "";
  return `run: ${run.name} (${run.going ? "training" : run.trouble ? "broke off" : "ended"})`;
}

const aliveOf = (u) => `${u.total - u.dead} of ${u.total}`;

/** Which units are alive after an epoch; nothing where that was not told. */
function unitsSentences({ units }) {
  if (!units.length) return [];
  const words = units.map((u) => `${u.layer} ${aliveOf(u)}`
    + (u.positions.length && u.dead < u.total ? ` (dead: ${listed(u.positions, String)})` : ""));
  const pictures = units[0].pictures === 1 ? "training picture" : "training pictures";
  const gone = units.filter((u) => u.dead === u.total).map((u) => u.layer);
  return [
    `Units that answer to at least one of ${units[0].pictures} ${pictures}: ${words.join("; ")}.`,
    ...(gone.length ? [`Every unit of ${gone.join(" and ")} is dead, so no gradient passes there.`] : []),
  ];
}

/** The state in words and a small table; training_monitor_view.py says the same. */
export function describe(state) {
  const { history, place, epochs, following, stop, run } = state, words = runWords(state);
  const parts = words ? [`${words[0].toUpperCase()}${words.slice(1)}.`, ...(run.trouble ? [run.trouble] : [])] : [];
  if (!history.length) parts.push("No epoch has ended yet.");
  if (history.length) {
    const e = history[place - 1];
    parts.push(`Epoch ${place} of ${Math.max(epochs, history.length)}: loss ${number(e.loss)}, `
      + `accuracy ${percent(e.accuracy)}, validation ${percent(e.validation)}.`);
    const note = changeAt(history, place);
    if (note) parts.push(`Changed before it: ${note}.`);
    parts.push(...unitsSentences(e));
    let best = -1;
    history.forEach((one, i) => {
      if (one.validation !== null && (best < 0 || one.validation > history[best].validation)) best = i;
    });
    if (best >= 0) {
      parts.push(`The best validation so far is ${percent(history[best].validation)}, at epoch ${best + 1}.`);
    }
    if (history.at(-1).loss === null) parts.push("The loss of the last epoch is no finite number.");
  }
  parts.push(`Next epoch: ${followingWords(following)}.`);
  if (stop) parts.push("Stop is pressed.");
  const first = Math.max(0, history.length - ROWS_IN_THE_TABLE), some = anyUnits(history);
  const alive = ({ units }) => units.map((u) => `${u.layer} ${aliveOf(u)}`).join(", ") || "–";
  return {
    text: parts.join(" "),
    header: ["epoch", "loss", "accuracy", "validation", ...SETTINGS, ...(some ? ["alive"] : [])],
    rows: history.slice(first).map((e, i) => [String(first + i + 1), number(e.loss), percent(e.accuracy),
      percent(e.validation), ...settings(e), ...(some ? [alive(e)] : [])]),
  };
}

const anyUnits = (history) => history.some((e) => e.units.length > 0);

const NARROW = 560; // below this width long lines take two
const TOP = 34, TALL = 190, STRIP = 286, MARGIN = 52;

/** Where the two charts lie in a picture of a width. */
function charts(width) {
  const wide = (width - 2 * MARGIN - 28) / 2;
  return [MARGIN, 2 * MARGIN + wide + 12].map((x) => ({ x, wide }));
}

/** How far along the axis an epoch lies, from 0 to 1. */
const along = (epoch, last) => (last > 1 ? (epoch - 1) / (last - 1) : 0.5);

function curve(p, at, last, values, height, role, dash) {
  const points = values.map((value, i) =>
    (value === null ? null : [at.x + along(i + 1, last) * at.wide, height(value)]));
  for (let i = 1; i < points.length; i++) {
    if (points[i - 1] && points[i]) {
      p.line([points[i - 1], points[i]], { colour: p.colours[role], width: 2, dash });
    }
  }
  const size = last > 60 ? 2 : 3.5;
  for (const point of points) if (point) p.head(...point, role, { size });
}

function frame(p, at, last, state, labels) {
  const c = p.colours, base = TOP + TALL;
  for (const [share, text] of labels) {
    const y = base - share * TALL;
    p.line([[at.x, y], [at.x + at.wide, y]]);
    p.text(text, at.x - 7, y, { size: 12, colour: c.quiet, align: "right" });
  }
  const step = [1, 2, 5, 10, 20, 50, 100, 200].find((s) => (last / s) * 30 < at.wide) ?? 500;
  for (let epoch = 1; epoch <= last; epoch += epoch === 1 && step > 1 ? step - 1 : step) {
    p.text(String(epoch), at.x + along(epoch, last) * at.wide, base + 15, { size: 12, colour: c.quiet });
  }
  state.history.forEach((_, i) => {
    if (!changeAt(state.history, i + 1)) return;
    const x = at.x + (along(i + 1, last) - (last > 1 ? 0.5 / (last - 1) : 0)) * at.wide;
    p.line([[x, TOP], [x, base]], { colour: c.kernel, width: 1.5, dash: [4, 4] });
  });
  if (!state.history.length) return;
  const x = at.x + along(state.place, last) * at.wide;
  p.line([[x, TOP], [x, base]], { colour: c.ink, width: 1 });
}

function draw(p, state) {
  const { history, place, epochs } = state, c = p.colours;
  const last = Math.max(epochs, history.length), base = TOP + TALL;
  const [left, right] = charts(p.width), bold = { size: 14, bold: true, align: "left" };

  const top = lossTop(history);
  p.text("loss", left.x, 14, { ...bold, colour: c.ink });
  frame(p, left, last, state, [[0, "0"], [0.5, number(top / 2)], [1, number(top)]]);
  curve(p, left, last, history.map((e) => e.loss), (v) => base - Math.max(0, v / top) * TALL, "input");

  const bottom = accuracyBottom(history);
  p.text("accuracy", right.x, 14, { ...bold, colour: c.ink });
  frame(p, right, last, state, [0, 0.5, 1].map((s) => [s, `${decimal(100 * (bottom + s * (1 - bottom)), 0)} %`]));
  const height = (v) => base - ((v - bottom) / (1 - bottom)) * TALL;
  curve(p, right, last, history.map((e) => e.accuracy), height, "input");
  curve(p, right, last, history.map((e) => e.validation), height, "output", [6, 4]);
  let x = right.x + right.wide - p.measure("validation", 12);
  p.text("validation", x, base + 34, { size: 12, colour: c.output, align: "left" });
  p.head(x - 10, base + 34, "output", { size: 3.5 });
  x -= 30 + p.measure("training", 12);
  p.text("training", x, base + 34, { size: 12, colour: c.input, align: "left" });
  p.head(x - 10, base + 34, "input", { size: 3.5 });
  p.text("epoch", left.x + left.wide / 2, base + 34, { size: 12, colour: c.quiet });

  const half = anyUnits(history);
  strip(p, state, half ? left.wide : p.width - MARGIN - 16);
  if (half) unitBars(p, history[place - 1].units, right, place);
  p.result(result(state), 386);
  footer(p, state);
}

/** Under the result: the run of a preset, what the next epoch will find, what changed at this one. */
function footer(p, state) {
  const { history, place, following, run } = state, c = p.colours, narrow = p.width < NARROW;
  const note = changeAt(history, place), size = 12.5;
  const line = (words, y, colour) => p.paragraph(words, 14, y, p.width - 28, { size, colour });
  let y = 446;
  if (state.presets) {
    line(run.name ? runWords(state) : "run: none chosen yet", y, c.ink);
    y += 20;
  }
  if (run.trouble) return line(run.trouble, y, c.wrong);
  line(`next epoch: ${followingWords(following)}`, y, c.quiet);
  if (note) line(`since this epoch: ${note}`, y + (narrow ? 36 : 20), c.kernel);
}

/** How many units of each layer are alive: a bar, its dead part hatched, and the numbers. */
function unitBars(p, units, { x, wide }, place) {
  const c = p.colours, options = { size: 12, align: "left" };
  const title = [`units alive after epoch ${place}`, "units alive"].find((words, i) =>
    i || p.measure(words, 14, true) <= wide);
  p.text(title, x, STRIP - 8, { size: 14, bold: true, align: "left", colour: c.output });
  if (!units.length) p.text("none were told", x, STRIP + 20, { ...options, colour: c.quiet });
  const tall = Math.min(24, 90 / units.length);
  const first = Math.max(0, ...units.map((u) => p.measure(u.layer, 12))) + 8;
  const last = Math.max(0, ...units.map((u) => p.measure(aliveOf(u), 12))) + 8;
  units.forEach((u, n) => {
    const y = STRIP + 6 + tall * n, room = Math.max(8, wide - first - last), high = Math.min(12, tall - 3);
    const alive = room * (1 - u.dead / u.total), top = y + (tall - high) / 2;
    p.text(u.layer, x, y + tall / 2, { ...options, colour: c.ink });
    if (u.dead) p.hatch(x + first, top, room, high);
    if (alive) p.box(x + first, top, alive, high, { fill: c.output, radius: 0 });
    p.box(x + first, top, room, high, { colour: c.line, radius: 0 });
    p.text(aliveOf(u), x + first + room + 8, y + tall / 2, { ...options, colour: c.ink });
  });
}

function result({ history, place, stop }) {
  if (!history.length) {
    return [{ string: "waiting for the first epoch to end", role: "quiet" }];
  }
  const e = history[place - 1], quiet = (string) => ({ string, role: "quiet" });
  return [
    quiet(`epoch ${place}:  loss `), { string: number(e.loss), role: "input" },
    quiet("   accuracy "), { string: percent(e.accuracy), role: "input" },
    quiet("   validation "), { string: percent(e.validation), role: "output" },
    ...(stop ? [quiet("   stopped")] : []),
  ];
}

/** The kernels after the epoch that is looked at; each has its colours to itself. */
function strip(p, state, room) {
  const c = p.colours, { kernels } = state;
  if (!kernels) {
    p.text("kernels: none were told", MARGIN, STRIP - 8, { size: 13, colour: c.quiet, align: "left" });
    return;
  }
  const { epoch, count, rows, columns, values } = kernels, largest = 127, gap = 6;
  const sideIn = (lines) => Math.min(60, (86 + gap) / lines - gap, (room + gap) / Math.ceil(count / lines) - gap);
  const lines = [1, 2, 3, 4].reduce((best, some) => (sideIn(some) > sideIn(best) ? some : best));
  const side = sideIn(lines), each = Math.ceil(count / lines);
  const dead = deadKernels(state.history[epoch - 1].units, count), titles = [`kernels after epoch ${epoch}`, "kernels"];
  if (dead.length) titles.unshift(`${titles[0]}, crossed: dead`, "kernels, ✕ dead");
  const title = titles.find((words, i) => i === titles.length - 1 || p.measure(words, 14, true) <= room);
  p.text(title, MARGIN, STRIP - 8, { size: 14, bold: true, align: "left", colour: c.kernel });
  const cell = side / Math.max(rows, columns);
  for (let k = 0; k < count; k++) {
    const x = MARGIN + (k % each) * (side + gap), y = STRIP + 8 + Math.floor(k / each) * (side + gap);
    for (let i = 0; i < rows * columns; i++) {
      const fill = signedColour(values[k * rows * columns + i], largest, c.signed);
      p.box(x + (i % columns) * cell, y + Math.floor(i / columns) * cell, cell + 0.3, cell + 0.3, { fill, radius: 0 });
    }
    const right = x + cell * columns, bottom = y + cell * rows;
    p.box(x, y, cell * columns, cell * rows, { colour: c.line, radius: 0 });
    if (!dead.includes(k)) continue;
    for (const ends of [[[x, y], [right, bottom]], [[x, bottom], [right, y]]]) {
      p.line(ends, { colour: c.paper, width: 4 });
      p.line(ends, { colour: c.ink, width: 1.5 });
    }
  }
}

/** Which of the kernels are dead: those of the first layer that was looked at, if it has as many. */
function deadKernels(units, count) {
  const first = units[0];
  return first && Math.min(first.total, KERNELS_AT_MOST) === count ? first.positions : [];
}

/** The last kernels that were told up to an epoch, out of the bytes of all, or null without any. */
export function kernelsOf(bytes, shapes, place) {
  let epoch = Math.min(place, shapes.length);
  while (epoch && !shapes[epoch - 1][0]) epoch -= 1;
  if (!epoch) return null;
  const size = ([n, h, w]) => n * h * w, all = signedBytes(bytes);
  const start = shapes.slice(0, epoch - 1).reduce((sum, one) => sum + size(one), 0);
  const [count, rows, columns] = shapes[epoch - 1];
  return { epoch, count, rows, columns, values: all.subarray(start, start + count * rows * columns) };
}

const signedBytes = (bytes) => (bytes.buffer
  ? new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Int8Array.from(bytes));

/** The state as the functions above take it, from the traits that `get` returns by name. */
export function stateOf(get) {
  let units = [];
  const history = get("history").map(([loss, accuracy, validation, rate, momentum, channels], i) => {
    const told = get("units")[i]; // null where they are as in the epoch before
    units = told ? told.map(([layer, pictures, total, dead, positions]) =>
      ({ layer, pictures, total, dead, positions })) : units;
    return { loss, accuracy, validation, rate, momentum, channels, units };
  });
  const place = Math.max(1, Math.min(get("place"), history.length));
  return {
    history, place, epochs: get("epochs"), stop: get("stop"),
    following: {
      rate: get("rates")[get("rate")], momentum: get("momenta")[get("momentum")], channels: get("channels"),
    },
    kernels: kernelsOf(get("kernels"), get("shapes"), place),
    presets: get("presets").length > 0,
    run: { name: get("preset") ? get("presets")[get("preset")] : "", going: get("going"), trouble: get("trouble") },
  };
}

const render = ({ model, el }) => figure({
  model, el, stateOf, draw, describe,
  traits: ["history", "place", "rate", "momentum", "channels", "stop", "preset", "going", "trouble"],
  heightFor: (width, usual) => usual + (width < NARROW ? 36 : 0),
  name: "Loss and accuracy by epoch, and the kernels",
  point: (x, y, width, event) => {
    const now = stateOf((trait) => model.get(trait)), last = Math.max(now.epochs, now.history.length);
    if (y < TOP || y > TOP + TALL || !(event.buttons || event.type === "pointerdown")) return;
    for (const at of charts(width)) {
      const epoch = Math.round(((x - at.x) / at.wide) * (last - 1)) + 1;
      if (epoch < 1 || epoch > now.history.length || epoch === now.place) continue;
      model.set("place", epoch);
      model.save_changes();
    }
  },
});

export default { render };
