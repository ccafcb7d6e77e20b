// A feature map and its pooled map, before and after a shift and some noise: what survives?
import { decimal, grey, surface } from "./shared.js";

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
  const near = change.flat().filter((d) => d <= 0.1 * reach + 1e-9).length;
  const place = Math.max(0, Math.min(count - 1, state.place));
  const row = Math.floor(place / pooled[0].length), column = place % pooled[0].length;
  return {
    after, pooled, pooledAfter, change, count, same, near, place, row, column,
    before: windowOf(map, size, stride, row, column),
    later: windowOf(after, size, stride, row, column),
  };
}

const NAMES = { max: "max", average: "average", sum: "sum" };

function spelled(name, values, result) {
  const most = values.length > 9 ? [...values.slice(0, 4).map((v) => decimal(v, 1)), "…",
    ...values.slice(-4).map((v) => decimal(v, 1))] : values.map((v) => decimal(v, 1));
  return `${NAMES[name]}(${most.join(", ")}) = ${decimal(result)}`;
}

/** The state in words and a small table; pooling_explorer.py says the same. */
export function describe(state) {
  const v = view(state), { map, size, stride, how, shift, noise } = state;
  const moved = shift === 0 ? "Not moved" : `Moved ${Math.abs(shift)} to the ${shift > 0 ? "right" : "left"}`;
  const text = `A feature map of ${map.length} rows and ${map[0].length} columns, ${how} pooling over `
    + `windows of ${size} with stride ${stride}: ${v.pooled.length} rows and ${v.pooled[0].length} `
    + `columns. ${moved}, with noise of ${noise} %: ${v.same} of ${v.count} pooled values stay exactly `
    + `the same (${decimal((100 * v.same) / v.count, 1)} %), ${v.near} stay within a tenth of the `
    + `largest. Window ${v.place}: before ${spelled(how, v.before, v.pooled[v.row][v.column])}, `
    + `after ${spelled(how, v.later, v.pooledAfter[v.row][v.column])}.`;
  const line = (values) => values.map((value) => decimal(value, 1)).join(", ");
  return {
    text, header: ["pooled row", "before", "after"],
    rows: v.pooled.map((values, r) => [String(r), line(values), line(v.pooledAfter[r])]),
  };
}

/** Where the four grids lie in a picture of a width. */
export function layout(v, state, width) {
  const h = state.map.length, w = state.map[0].length;
  const side = Math.min(56, 236 / h, (width / 2 - 30) / w);
  const small = Math.min(48, 150 / v.pooled.length, (width / 2 - 30) / v.pooled[0].length);
  const half = width / 2;
  return {
    side, small, top: 30, below: 320,
    maps: [half / 2 - (w * side) / 2, half * 1.5 - (w * side) / 2],
    pools: [0.5, 1.5].map((n) => half * n - (v.pooled[0].length * small) / 2),
  };
}

function drawMap(p, map, state, v, x, y, side) {
  const c = p.colours, { size, stride } = state;
  const values = state.map.flat(), low = Math.min(0, ...values), high = Math.max(...values, low + 1e-9);
  const usedDown = (v.pooled.length - 1) * stride + size, usedAcross = (v.pooled[0].length - 1) * stride + size;
  map.forEach((line, r) => line.forEach((value, k) => {
    const here = [x + k * side, y + r * side, side];
    if (r >= usedDown || k >= usedAcross) {
      p.hatch(...here, side);
      p.cell(...here, value, { ink: c.quiet, write: (n) => decimal(n, 0) });
    } else {
      p.cell(...here, value, { fill: grey((value - low) / (high - low)), write: (n) => decimal(n, 1) });
    }
  }));
  v.pooled.forEach((line, r) => line.forEach((_, k) =>
    p.box(x + k * stride * side, y + r * stride * side, size * side, size * side,
      { colour: c.input, stroke: 1, radius: 0 })));
  const [left, top] = [x + v.column * stride * side, y + v.row * stride * side];
  p.box(left, top, size * side, size * side, { colour: c.paper, stroke: 6, radius: 2 });
  p.box(left, top, size * side, size * side, { colour: c.kernel, stroke: 3, radius: 2 });
}

function draw(p, state) {
  const v = view(state), c = p.colours, at = layout(v, state, p.width);
  const title = { size: 14, bold: true, align: "left" };
  const shown = state.shift ? `moved ${Math.abs(state.shift)} ${state.shift > 0 ? "right" : "left"}` : "not moved";
  const names = ["feature map", shown + (state.noise ? `, noise ${state.noise} %` : "")];
  [state.map, v.after].forEach((map, n) => {
    p.text(names[n], at.maps[n], 15, { ...title, colour: c.input });
    drawMap(p, map, state, v, at.maps[n], at.top, at.side);
  });
  [v.pooled, v.pooledAfter].forEach((pooled, n) => {
    const x = at.pools[n], y = at.below, s = at.small;
    p.text(n ? "pooled again" : `${state.how} pooled`, x, y - 15, { ...title, colour: c.output });
    pooled.forEach((line, r) => line.forEach((value, k) => {
      const kept = v.change[r][k] < 1e-9;
      p.cell(x + k * s, y + r * s, s, value,
        { fill: n && !kept ? c.wrong_soft : c.output_soft, ink: c.ink, write: (z) => decimal(z, 1) });
      // Told by a sign too, not by colour alone.
      if (n && !kept) p.line([[x + (k + 1) * s - 9, y + r * s + 1], [x + (k + 1) * s - 1, y + r * s + 9]],
        { colour: c.wrong, width: 2 });
    }));
    p.box(x + v.column * s, y + v.row * s, s, s, { colour: c.kernel, stroke: 3, radius: 2 });
  });
  p.arrow([p.width / 2 - 16, at.top + 110], [p.width / 2 + 16, at.top + 110], { colour: c.quiet, width: 2 });
  drawMeter(p, v, 484);
  const words = `window ${v.place}: ${spelled(state.how, v.before, v.pooled[v.row][v.column])}`;
  const later = `, then ${decimal(v.pooledAfter[v.row][v.column])}`;
  p.text(words + later, 14, 550, { align: "left", size: p.measure(words + later, 14) < p.width - 28 ? 14 : 12 });
}

/** The share of pooled values that survived, as a bar with words on it. */
function drawMeter(p, v, y) {
  const c = p.colours, width = p.width - 4;
  p.box(2, y, width, 44, { fill: c.wrong_soft, colour: c.line, radius: 6 });
  if (v.near) p.box(2, y, (width * v.near) / v.count, 44, { fill: c.faint, colour: c.line, radius: 6 });
  if (v.same) p.box(2, y, (width * v.same) / v.count, 44, { fill: c.output_soft, colour: c.output, radius: 6 });
  p.text(`${v.same} of ${v.count} pooled values stay exactly the same`, 14, y + 14,
    { align: "left", size: 15, bold: true });
  p.text(`${v.near} stay within a tenth of the largest`, 14, y + 33, { align: "left", size: 13 });
  p.text(`${decimal((100 * v.same) / v.count, 1)} %`, p.width - 14, y + 22,
    { align: "right", size: 19, bold: true, colour: c.ink });
}

const PLAIN = ["map", "wobble", "size", "stride", "shift", "noise", "place"];
const TRAITS = [...PLAIN, "how"];

/** The state as the functions above take it, from the traits that `get` returns by name. */
export function stateOf(get) {
  return { ...Object.fromEntries(PLAIN.map((trait) => [trait, get(trait)])), how: get("hows")[get("how")] };
}

function render({ model, el }) {
  const state = () => stateOf((trait) => model.get(trait));
  const { canvas, redraw, end } = surface({
    el, height: model.get("height"),
    name: "Feature map and pooled map, before and after a shift",
    draw: (painter) => draw(painter, state()),
    describe: () => describe(state()),
    point: (x, y, width) => {
      const now = state(), v = view(now), at = layout(v, now, width);
      const row = Math.floor((y - at.below) / at.small), across = v.pooled[0].length;
      const column = at.pools.map((left) => Math.floor((x - left) / at.small)).find((k) => k >= 0 && k < across);
      const hit = row >= 0 && row < v.pooled.length && column !== undefined;
      canvas.style.cursor = hit ? "pointer" : "default";
      if (!hit || row * across + column === v.place) return;
      model.set("place", row * across + column);
      model.save_changes();
    },
  });
  // The last window follows from size and stride; a place beyond it springs back.
  const changed = () => {
    const v = view(state());
    model.set({ place_max: Math.max(1, v.count - 1), place: v.place });
    model.save_changes();
    redraw();
  };
  for (const trait of TRAITS) model.on(`change:${trait}`, changed);
  return () => {
    end();
    for (const trait of TRAITS) model.off(`change:${trait}`, changed);
  };
}

export default { render };
