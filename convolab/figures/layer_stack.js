// A stack of layers: sizes, parameters, and the receptive field of one output down to the input.
import { counted, decimal, figure, traitsOf } from "./shared.js";

/** Everything the picture shows, as numbers; layers are {kind, depth, size, stride, padding}. */
export function view({ side, channels, layers, unit }) {
  const made = [];
  let now = side, depth = channels, field = 1, jump = 1, start = 0.5, problem = "";
  for (const { kind, depth: kernels, size, stride, padding } of layers) {
    const left = now - size + 2 * padding, number = made.length + 1;
    if (left < 0) {
      problem = `Layer ${number} is impossible: a window of ${size} does not fit on ${now}.`;
      break;
    }
    if (kind === "conv" && left % stride) {
      problem = `Layer ${number} is impossible: (${now} − ${size} + 2·${padding})/${stride} + 1 = `
        + `${decimal(left / stride + 1)}.`;
      break;
    }
    const parameters = kind === "conv" ? kernels * (depth * size * size + 1) : 0;
    if (kind === "conv") depth = kernels;
    now = Math.floor(left / stride) + 1;
    field += (size - 1) * jump;
    start += ((size - 1) / 2 - padding) * jump;
    jump *= stride;
    made.push({
      kind, depth: kernels, size, stride, padding, side: now, channels: depth, parameters, field, jump,
      start, dropped: left % stride,
    });
  }
  const here = Math.max(0, Math.min(now - 1, unit));
  const reach = reachOf(side, made, here);
  return {
    side, channels, layers: made, count: layers.length, problem, unit: here, unitMax: now - 1, reach,
    parameters: made.reduce((sum, layer) => sum + layer.parameters, 0),
    field, seen: [Math.max(0, reach[0][0]), Math.min(side - 1, reach[0][1])],
  };
}

/** From the input up to the last map: first and last place that the unit sees there. Places of
 * padding are counted in their own map, but they see nothing further down. */
function reachOf(side, layers, unit) {
  const places = [[unit, unit]];
  for (let n = layers.length - 1; n >= 0; n--) {
    const { size, stride, padding, side: above } = layers[n];
    const first = Math.max(0, places[0][0]), last = Math.min(above - 1, places[0][1]);
    places.unshift([first * stride - padding, last * stride - padding + size - 1]);
  }
  return places;
}

/** field = 4·1 + 1·1 + … + 1 = 32 in pieces, each with the role that colours it. */
function spelled(v) {
  const pieces = [["field", "output"], [" = ", "quiet"]];
  let jump = 1;
  for (const { size, stride } of v.layers) {
    pieces.push([String(size - 1), "kernel"], ["·", "quiet"], [String(jump), "ink"], [" + ", "quiet"]);
    jump *= stride;
  }
  pieces.push(["1", "ink"]);
  if (v.layers.length) pieces.push([" =", "quiet"], [` ${v.field}`, "output"]);
  return pieces.map(([string, role]) => ({ string, role }));
}

const thousands = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
const volume = (side, channels) => `${side}×${side}×${channels}`;

/** A layer in one or two parts: "conv 5×5" and "stride 1, padding 2". */
function windowOf({ kind, size, stride, padding }) {
  return [`${kind} ${size}×${size}`, `stride ${stride}${padding ? `, padding ${padding}` : ""}`];
}

const span = (first, last) => (first === last ? `column ${first}` : `columns ${first} to ${last}`);

/** The layer that the sliders change, in words. */
function chosen(number, layer) {
  const maps = layer.kind === "conv" ? `, ${counted(layer.depth, "kernel")}` : "";
  return `Layer ${number} is chosen: ${windowOf(layer).join(", ")}${maps}.`;
}

/** The places in a layer's map (0 is the input) on which the chosen output depends. */
function dependedOn(v, number) {
  const side = number ? v.layers[number - 1].side : v.side;
  const first = Math.max(0, v.reach[number][0]), last = Math.min(side - 1, v.reach[number][1]);
  return first === last ? String(first) : `${first} to ${last}`;
}

/** The whole stack in words: what is impossible, dropped, counted. */
function notes(v) {
  if (v.problem) return v.problem + (v.count > v.layers.length + 1 ? " Nothing above it exists." : "");
  const top = v.layers.at(-1), below = [v.side, ...v.layers.map((layer) => layer.side)];
  const dropped = v.layers.flatMap((layer, n) => (layer.dropped
    ? [`layer ${n + 1} drops ${layer.dropped} of ${counted(below[n], "column")}`] : []));
  return `The receptive field of output ${v.unit} is ${span(...v.seen)} of the input. From ${volume(v.side, v.channels)} to ${volume(top.side, top.channels)} with `
    + `${thousands(v.parameters)} ${v.parameters === 1 ? "parameter" : "parameters"}.${dropped.length ? ` Pooling rounds down: ${dropped.join(", ")}.` : ""}`;
}

/** The state in words and a small table; layer_stack.py says the same. */
export function describe(state) {
  const v = view(state);
  const text = `${counted(v.count, "layer")} on an input of ${volume(v.side, v.channels)}. `
    + `${spelled(v).map((t) => t.string).join("")}. ${notes(v)} `
    + chosen(state.layer, state.layers[state.layer - 1]);
  const rows = v.layers.map((layer, n) => [
    String(n + 1), windowOf(layer).join(", "), volume(layer.side, layer.channels), thousands(layer.parameters),
    `${layer.field}×${layer.field}`, String(layer.jump), dependedOn(v, n + 1),
  ]);
  const header = ["layer", "window", "size", "parameters", "sees", "columns from one to the next",
    "the chosen output depends on"];
  const input = ["input", "", volume(v.side, v.channels), "", "1×1", "1", dependedOn(v, 0)];
  return { text, header, rows: [input, ...rows] };
}

const FLOOR = 384, ROWS = 334; // where the input lies, and how high the stack may grow above it
const CELL = 14;

/** Where everything lies in a picture of a width; the pointer is looked up in the same places. */
export function layout(v, width) {
  const maps = [{ side: v.side, start: 0.5, jump: 1 }, ...v.layers];
  // The padding of a layer lies around the map below it.
  const around = maps.map((_, n) => v.layers[n]?.padding ?? 0);
  const ends = maps.flatMap(({ side, start, jump }, n) => {
    const first = start - around[n] * jump - 0.5;
    return [first, first + (side - 1 + 2 * around[n]) * jump + 1];
  });
  const low = Math.min(...ends), high = Math.max(...ends);
  const narrow = width < 560, names = narrow ? 98 : 136, numbers = narrow ? 116 : 250;
  const room = width - names - numbers, unit = Math.min(26, room / (high - low));
  const left = names + (room - unit * (high - low)) / 2 - low * unit;
  const pitch = Math.min(100, ROWS / Math.max(1, v.count));
  return {
    unit, pitch, around, narrow, names,
    middle: (n, place) => left + (maps[n].start + place * maps[n].jump) * unit,
    y: (n) => FLOOR - n * pitch,
    cell: (n) => Math.max(1, Math.min(Math.max(unit, CELL), unit * maps[n].jump) - (unit > 6 ? 2 : 0.5)),
  };
}

/** The maps' cells and, behind them, the cone from one output down to the input. */
function drawMaps(p, v, at) {
  const c = p.colours;
  for (let n = v.layers.length; n > 0; n--) {
    const [above, below] = [v.reach[n], v.reach[n - 1]];
    const half = at.cell(n) / 2, wide = at.cell(n - 1) / 2;
    const first = Math.max(0, above[0]), last = Math.min(v.layers[n - 1].side - 1, above[1]);
    const from = [[at.middle(n, first) - half, at.y(n)], [at.middle(n - 1, below[0]) - wide, at.y(n - 1)]];
    const to = [[at.middle(n, last) + half, at.y(n)], [at.middle(n - 1, below[1]) + wide, at.y(n - 1)]];
    p.polygon([...from, ...[...to].reverse()], { fill: c.kernel_soft });
    for (const edge of [from, to]) p.line(edge, { colour: c.kernel, width: 1.5 });
  }
  [v.side, ...v.layers.map((layer) => layer.side)].forEach((side, n) => {
    const role = n ? "output" : "input", wide = at.cell(n), [first, last] = v.reach[n];
    const lost = side - (v.layers[n]?.dropped ?? 0);
    for (let place = -at.around[n]; place < side + at.around[n]; place++) {
      const x = at.middle(n, place) - wide / 2, y = at.y(n) - CELL / 2;
      if (place < 0 || place >= side) {
        p.hatch(x, y, wide, CELL);
        continue;
      }
      const seen = place >= first && place <= last;
      if (place >= lost) p.box(x, y, wide, CELL, { fill: c.paper, colour: c.padding, dash: [2, 2], radius: 0 });
      else p.box(x, y, wide, CELL, { fill: seen ? c[role] : c[`${role}_soft`], radius: 0 });
    }
  });
}

/** Beside every map: the layer that makes it, its size, its parameters, what one output sees. */
function drawTable(p, v, state, at) {
  const c = p.colours, right = p.width - 6;
  const row = (y, [size, parameters, sees], options = {}) => {
    const look = { size: 13, align: "right", ...options };
    if (at.narrow) {
      p.text(size, right, y - 8, { ...look, size: 12 });
      if (sees) p.text(`${parameters} · ${sees}`, right, y + 8, { ...look, size: 12, colour: c.quiet });
      return;
    }
    p.text(sees, right, y, look);
    p.text(parameters, right - 72, y, look);
    p.text(size, right - 156, y, look);
  };
  const names = at.narrow ? ["size", "param. · sees"] : ["size", "parameters", "sees"];
  if (at.narrow) names.forEach((name, n) => p.text(name, right, 8 + 15 * n, { size: 11, align: "right", colour: c.quiet }));
  else row(10, names, { size: 12, colour: c.quiet });
  state.layers.slice(0, v.layers.length + 1).forEach((layer, n) => {
    const y = at.y(n + 1), made = v.layers[n], colour = made ? c.ink : c.wrong;
    const [what, how] = windowOf(layer), name = `${n + 1} ${what}`, size = at.narrow ? 12 : 13;
    if (state.layer === n + 1) {
      const wide = Math.max(at.names - 8, p.measure(name, size, true) + 12);
      p.box(1, y - 19, wide, 38, { fill: c.faint, colour, stroke: 1.5, radius: 6 });
    }
    p.text(name, 7, y - 8, { size, align: "left", bold: true, colour });
    const short = how.replace("stride ", "S ").replace("padding ", "P ");
    p.text(at.narrow ? short : how, 7, y + 8, { size: 12, align: "left", colour: made ? c.quiet : c.wrong });
    if (!made) row(y, ["impossible", "", ""], { colour });
    else row(y, [volume(made.side, made.channels), thousands(made.parameters), `${made.field}×${made.field}`]);
  });
  p.text("input", 7, FLOOR, { align: "left", bold: true, colour: c.input });
  p.text(volume(v.side, v.channels), at.narrow ? right : right - 156, FLOOR,
    { size: at.narrow ? 12 : 13, align: "right", colour: c.input });
}

function draw(p, state) {
  const v = view(state), at = layout(v, p.width), c = p.colours;
  drawMaps(p, v, at);
  drawTable(p, v, state, at);
  p.result(spelled(v), 407, v.problem ? c.wrong_soft : c.faint);
  p.paragraph(notes(v), 14, 466, p.width - 28,
    { size: at.narrow ? 12 : 13, colour: v.problem ? c.wrong : c.ink });
}

const OF_A_LAYER = ["kind", "depth", "size", "stride", "padding"];
const TRAITS = ["side", "channels", "layers", "count", "layer", "unit", ...OF_A_LAYER];

/** The state as the functions above take it, from the traits that `get` returns by name. */
export function stateOf(get) {
  const layers = get("layers").slice(0, get("count")).map(([kind, depth, size, stride, padding]) => (
    { kind: get("kinds")[kind], depth, size, stride, padding }));
  return { layers, ...traitsOf(get, ["side", "channels", "layer", "unit"]) };
}

function render({ model, el }) {
  const get = (trait) => model.get(trait);
  const pick = (now, x, y, width, event) => {
    const v = view(now), at = layout(v, width), top = v.layers.length;
    // A place in the last map moves the cone; a click on a layer's name chooses it.
    const unit = Math.round((x - at.middle(top, 0)) / (at.middle(top, 1) - at.middle(top, 0)));
    if (x > at.names && Math.abs(y - at.y(top)) < 12 && unit >= 0 && unit <= v.unitMax) return { unit };
    const line = Math.round((FLOOR - y) / at.pitch);
    if (x >= at.names || line < 1 || line > v.count || Math.abs(y - at.y(line)) >= 20) return null;
    return event.type === "pointerdown" ? { layer: line } : {};
  };
  // The sliders of one layer show the chosen layer and write into the list of layers.
  const chosen = () => model.get("layers")[model.get("layer") - 1];
  const load = () => {
    model.set(Object.fromEntries(OF_A_LAYER.map((trait, n) => [trait, chosen()[n]])));
  };
  const write = () => {
    const values = OF_A_LAYER.map(get), pool = model.get("kinds")[values[0]] === "pool";
    if (pool) values[4] = 0;
    if (String(values) === String(chosen())) return;
    const layers = [...model.get("layers")];
    layers[model.get("layer") - 1] = values;
    model.set({ layers });
  };
  let busy = false;
  const changed = (redraw, first) => () => {
    if (busy) return;
    busy = true; // what follows from a change is no change of the reader's
    const count = model.get("count");
    if (model.get("layer") > count) model.set({ layer: count });
    first();
    load();
    const v = view(stateOf(get)), conv = model.get("kinds")[model.get("kind")] === "conv";
    model.set({
      unit: v.unit, unit_max: Math.max(1, v.unitMax), layer_max: Math.max(2, count), pooling: !conv,
    });
    model.save_changes();
    busy = false;
    redraw();
  };
  return figure({
    model, el, stateOf, draw, describe, pick,
    name: "Layers, sizes, parameters and receptive field",
    handlers: (redraw) => TRAITS.map((trait) =>
      [trait, changed(redraw, OF_A_LAYER.includes(trait) ? write : () => {})]),
  });
}

export default { render };
