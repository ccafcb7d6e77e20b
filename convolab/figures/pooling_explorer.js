// A feature map and its pooled map, before and after a shift and some noise: what survives?
import { counted, decimal, figure, grey, signedColour, traitsOf } from "./shared.js";

/** Pooling of one map: rows of numbers; windows that do not fit are dropped. */
export function pool(map, size, stride, how) {
  const rows = Math.floor((map.length - size) / stride) + 1;
  const columns = Math.floor((map[0].length - size) / stride) + 1;
  return [...Array(rows).keys()].map((r) => [...Array(columns).keys()].map((c) => {
    const values = windowOf(map, size, stride, r, c);
    if (how === "max") return Math.max(...values);
    const sum = values.reduce((a, b) => a + b, 0);
    return how === "sum" ? sum : sum / values.length;
  }));
}

/** The values of one window, in reading order. */
export function windowOf(map, size, stride, row, column) {
  return map.slice(row * stride, row * stride + size)
    .flatMap((line) => line.slice(column * stride, column * stride + size));
}

/** Everything the picture shows, as numbers. */
export function view(state) {
  const { map, wobble, size, stride, how, shift, noise } = state;
  const largest = Math.max(...map.flat().map(Math.abs)) || 1;
  const after = map.map((line, r) => line.map((_, c) =>
    (line[c - shift] ?? 0) + (wobble[r][c] * noise * largest) / 100));
  const pooled = pool(map, size, stride, how), pooledAfter = pool(after, size, stride, how);
  const reach = Math.max(...pooled.flat().map(Math.abs)) || 1;
  const change = pooled.map((line, r) => line.map((value, c) => Math.abs(value - pooledAfter[r][c])));
  const count = pooled.length * pooled[0].length;
  const same = change.flat().filter((d) => d < 1e-9).length;
  const mean = (rows) => rows.flat().reduce((sum, value) => sum + value, 0) / count;
  const meanChange = mean(change) / reach, drift = (mean(pooledAfter) - mean(pooled)) / reach;
  const near = change.flat().filter((d) => d <= 0.1 * reach + 1e-9).length;
  const place = Math.max(0, Math.min(count - 1, state.place));
  const row = Math.floor(place / pooled[0].length), column = place % pooled[0].length;
  return {
    after, pooled, pooledAfter, change, count, same, near, meanChange, drift, place, row, column,
    before: windowOf(map, size, stride, row, column),
    later: windowOf(after, size, stride, row, column),
  };
}

const percent = (share) => `${decimal(100 * share, 1)} %`;

/** Where the mean of the pooled values went. */
function driftWords(drift) {
  const size = percent(Math.abs(drift));
  return size === "0 %" ? "the mean stays" : `the mean is ${size} ${drift > 0 ? "higher" : "lower"}`;
}

function spelled(name, values, result) {
  const most = values.length > 9 ? [...values.slice(0, 4).map((v) => decimal(v, 1)), "…",
    ...values.slice(-4).map((v) => decimal(v, 1))] : values.map((v) => decimal(v, 1));
  return `${name}(${most.join(", ")}) = ${decimal(result)}`;
}

/** The state in words and a small table; pooling_explorer.py says the same. */
export function describe(state) {
  const v = view(state), { map, size, stride, how, shift, noise } = state;
  const moved = shift === 0 ? "Not moved" : `Moved ${Math.abs(shift)} to the ${shift > 0 ? "right" : "left"}`;
  const text = `A feature map of ${counted(map.length, "row")} and ${counted(map[0].length, "column")}, ${how} pooling over `
    + `windows of ${size} with stride ${stride}: ${counted(v.pooled.length, "row")} and `
    + `${counted(v.pooled[0].length, "column")}. ${moved}, with noise of ${noise} %: ${v.same} of ${v.count} pooled values stay exactly `
    + `the same (${percent(v.same / v.count)}), ${v.near} stay within a tenth of the largest. `
    + "Compared with the largest pooled value, a pooled value changes by "
    + `${percent(v.meanChange)} on average, and ${driftWords(v.drift)}. Window ${v.place}: before ${spelled(how, v.before, v.pooled[v.row][v.column])}, `
    + `after ${spelled(how, v.later, v.pooledAfter[v.row][v.column])}.`;
  const line = (values) => values.map((value) => decimal(value, 1)).join(", ");
  return {
    text, header: ["pooled row", "before", "after"],
    rows: v.pooled.map((values, r) => [String(r), line(values), line(v.pooledAfter[r])]),
  };
}

const MAP = 220, POOLED = 140; // the largest heights of the grids
const LEGIBLE = 17; // the smallest cell that has a number in it

/** Where the four grids lie in a picture of a width. */
export function layout(v, state, width) {
  const h = state.map.length, w = state.map[0].length, half = width / 2, room = half - 24;
  const side = Math.min(56, MAP / h, room / w);
  const small = Math.min(48, POOLED / v.pooled.length, room / v.pooled[0].length);
  const spare = MAP - h * side, top = 32 + 0.25 * spare;
  return {
    side, small, top, room, below: top + h * side + 42 + 0.2 * spare,
    maps: [half / 2 - (w * side) / 2, half * 1.5 - (w * side) / 2],
    pools: [0.5, 1.5].map((n) => half * n - (v.pooled[0].length * small) / 2),
  };
}

/** The colour of a value: greys from black at 0, or from blue over 0 to red where some are below. */
function shading(values, c) {
  const low = Math.min(...values), high = Math.max(...values, 1e-9);
  if (low >= 0) return (value) => grey(value / high);
  const largest = Math.max(high, -low);
  return (value) => signedColour(value, largest, c.signed);
}

const oneDecimal = (value) => decimal(value, 1);

function drawMap(p, map, state, v, n, at) {
  const c = p.colours, { size, stride, shift } = state, { side, top } = at, x = at.maps[n];
  const shade = shading(state.map.flat(), c), wide = map[0].length;
  const [down, across] = [v.pooled, v.pooled[0]].map((line) => (line.length - 1) * stride + size);
  map.forEach((line, r) => line.forEach((value, k) => {
    const left = x + k * side, y = top + r * side, fresh = k < shift || k >= wide + shift;
    const look = { ink: c.quiet, write: oneDecimal };
    if (r >= down || k >= across) {
      p.box(left, y, side, side, { fill: c.paper, colour: c.padding, dash: [2, 2], radius: 0 });
    } else if (n && fresh) p.hatch(left, y, side, side);
    else Object.assign(look, { fill: shade(value), ink: undefined });
    if (side >= LEGIBLE) p.cell(left, y, side, value, look);
    else if (look.fill) p.box(left, y, side, side, { fill: look.fill, radius: 0 });
  }));
  if (stride * side >= 8) {
    v.pooled.forEach((line, r) => line.forEach((_, k) =>
      p.box(x + k * stride * side, top + r * stride * side, size * side, size * side,
        { colour: c.input, radius: 0 })));
  }
  p.box(x, top, wide * side, map.length * side, { colour: c.input, radius: 0 });
  const [left, y] = [x + v.column * stride * side, top + v.row * stride * side];
  p.box(left, y, size * side, size * side, { colour: c.paper, stroke: 6, radius: 2 });
  p.box(left, y, size * side, size * side, { colour: c.kernel, stroke: 3, radius: 2 });
}

/** A pooled map; where it differs from before, a red stroke in the cell says so besides its colour. */
function drawPooled(p, pooled, v, n, at) {
  const c = p.colours, { small, below } = at, x = at.pools[n];
  const shade = shading([...v.pooled.flat(), ...v.pooledAfter.flat()], c);
  pooled.forEach((line, r) => line.forEach((value, k) => {
    const lost = n === 1 && v.change[r][k] >= 1e-9, left = x + k * small, y = below + r * small;
    const numbers = small >= LEGIBLE;
    if (numbers) {
      p.cell(left, y, small, value,
        { fill: lost ? c.wrong_soft : c.output_soft, ink: c.ink, write: oneDecimal });
    } else p.box(left, y, small, small, { fill: shade(value), radius: 0 });
    if (!lost) return;
    const stroke = numbers ? 8 : small - 1;
    p.line([[left + small - 1 - stroke, y + 1], [left + small - 1, y + 1 + stroke]],
      { colour: c.wrong, width: numbers ? 2 : 1.5 });
  }));
  p.box(x, below, pooled[0].length * small, pooled.length * small, { colour: c.output, radius: 0 });
  p.box(x + v.column * small, below + v.row * small, small, small,
    { colour: c.kernel, stroke: 3, radius: 2 });
}

/** A heading above a grid: the first of some texts for which there is room, or the last. */
function heading(p, texts, x, y, room, colour) {
  const string = texts.find((text) => p.measure(text, 14, true) <= room) ?? texts.at(-1);
  p.text(string, x, y - 15, { size: 14, bold: true, align: "left", colour });
}

function draw(p, state) {
  const v = view(state), c = p.colours, at = layout(v, state, p.width), { shift, noise } = state;
  const moved = shift ? `moved ${Math.abs(shift)} ${shift > 0 ? "right" : "left"}` : "not moved";
  const way = shift ? `${Math.abs(shift)} ${shift > 0 ? "→" : "←"}, ` : "";
  const names = [["feature map"], noise ? [`${moved}, noise ${noise} %`, `${way}noise ${noise} %`] : [moved]];
  [state.map, v.after].forEach((map, n) => {
    drawMap(p, map, state, v, n, at);
    heading(p, names[n], at.maps[n], at.top, at.room, c.input);
  });
  [v.pooled, v.pooledAfter].forEach((pooled, n) => {
    drawPooled(p, pooled, v, n, at);
    heading(p, [n ? "pooled again" : `${state.how} pooled`], at.pools[n], at.below, at.room, c.output);
  });
  const across = state.map[0].length * at.side, middle = at.top + (state.map.length * at.side) / 2;
  const reach = Math.min(20, (at.maps[1] - at.maps[0] - across) / 2 - 5);
  p.arrow([p.width / 2 - reach, middle], [p.width / 2 + reach, middle], { colour: c.quiet, width: 2 });
  drawMeter(p, v, 452);
  p.box(1, 506, p.width - 2, 50, { fill: c.faint, radius: 6 });
  const result = v.pooled[v.row][v.column], later = v.pooledAfter[v.row][v.column];
  drawWindow(p, "before: ", state.how, v.before, result, "output", 521);
  const changed = v.change[v.row][v.column] >= 1e-9;
  drawWindow(p, "after: ", state.how, v.later, later, changed ? "wrong" : "output", 542);
}

/** One window spelled out, with fewer of its values where there is no room for all. */
function drawWindow(p, lead, how, values, result, role, y) {
  const c = p.colours, texts = values.map(oneDecimal);
  const shown = [texts, [...texts.slice(0, 4), "…", ...texts.slice(-4)],
    [...texts.slice(0, 2), "…", ...texts.slice(-1)]];
  const runs = (list) => [[lead + how + "(", c.quiet], [list.join(", "), c.input], [") = ", c.quiet],
    [decimal(result), c[role], true]].map(([string, colour, bold]) => ({ string, colour, bold }));
  const wide = (list, size) => runs(list).reduce((sum, t) => sum + p.measure(t.string, size, t.bold), 0);
  const fits = shown.filter((list) => list.length <= texts.length)
    .flatMap((list) => [15, 14, 13, 12].map((size) => [list, size]));
  const [list, size] = fits.find(([l, s]) => wide(l, s) <= p.width - 28) ?? fits.at(-1);
  p.runs(runs(list), 14, y, size);
}

/** The first of some texts for which there is room, or the last. */
const fitting = (p, texts, room, size, bold) => texts.find((text) => p.measure(text, size, bold) <= room) ?? texts.at(-1);

/** How far the pooled values changed; below, how many survived, as a bar and in words. */
function drawMeter(p, v, y) {
  const c = p.colours, width = p.width - 4, change = percent(v.meanChange), drift = driftWords(v.drift);
  const words = [`mean change of a pooled value, as a share of the largest; ${drift}`,
    `mean change, of the largest; ${drift}`, `mean change; ${drift}`];
  const room = width - 20 - p.measure(change, 19, true);
  p.text(fitting(p, words, room, 15, true), 2, y, { align: "left", size: 15, bold: true });
  p.text(change, p.width - 2, y, { align: "right", size: 19, bold: true, colour: c.output });
  const bar = (share, look) => share && p.box(2, y + 13, width * share, 14, { radius: 4, ...look });
  bar(1, { fill: c.wrong_soft, colour: c.line });
  bar(v.near / v.count, { fill: c.output_soft, colour: c.output });
  bar(v.same / v.count, { fill: c.output, colour: c.output });
  const survived = [`${v.same} of ${v.count} pooled values stay exactly the same, ${v.near} within a tenth of the largest`,
    `${v.same} of ${v.count} exactly the same, ${v.near} within a tenth of the largest`,
    `${v.same} of ${v.count} the same, ${v.near} within a tenth`];
  p.text(fitting(p, survived, width, 13), 2, y + 40, { align: "left" });
}

const PLAIN = ["map", "wobble", "size", "stride", "shift", "noise", "place"];
const TRAITS = [...PLAIN, "how"];

/** The state as the functions above take it, from the traits that `get` returns by name. */
export function stateOf(get) {
  return traitsOf(get, PLAIN, { how: "hows" });
}

const render = ({ model, el }) => figure({
  model, el, stateOf, draw, describe, traits: TRAITS,
  name: "Feature map and pooled map, before and after a shift",
  pick: (now, x, y, width) => {
    const v = view(now), at = layout(v, now, width);
    const row = Math.floor((y - at.below) / at.small), across = v.pooled[0].length;
    const column = at.pools.map((left) => Math.floor((x - left) / at.small)).find((k) => k >= 0 && k < across);
    return row >= 0 && row < v.pooled.length && column !== undefined ? { place: row * across + column } : null;
  },
  // The last window follows from size and stride; a place beyond it springs back.
  settle: (now) => {
    const { count, place } = view(now);
    return { place_max: Math.max(1, count - 1), place };
  },
});

export default { render };
