// What all live figures share: numbers as words, the canvas and its theme, stems, boxes, hatching.
// Joined in front of each figure's own module by convolab/figures/base.py, which also puts the
// constant COLOURS before it. Nothing here touches the page until a figure is rendered, so Node can
// import the joined module and test the arithmetic.

const FRACTIONS = {
  "1/3": "⅓", "2/3": "⅔", "1/6": "⅙", "5/6": "⅚", "1/7": "⅐",
  "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞", "1/9": "⅑",
};

/** A number with at most `places` decimals, no trailing zeros, a true minus sign. */
export function decimal(value, places = 2) {
  // What lies at a half but for the last bit, which is left by the order of a sum, is rounded up.
  let text = (value * (1 + 1e-12)).toFixed(places);
  if (text.includes(".")) text = text.replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text.replace("-", "−");
}

/** A weight as a person writes it: 2, 0.25, ⅓, 2/7, 0.067. */
export function weight(value) {
  if (Math.abs(value * 100 - Math.round(value * 100)) < 1e-7) return decimal(value);
  const size = Math.abs(value);
  if (size < 1) {
    for (let q = 3; q <= 12; q++) {
      const p = Math.round(size * q);
      if (p > 0 && Math.abs(size * q - p) < 1e-9) {
        const name = `${p}/${q}`;
        return (value < 0 ? "−" : "") + (FRACTIONS[name] ?? name);
      }
    }
  }
  return decimal(value, 3);
}

/** A number with its noun: 1 picture, 3 pictures; `many` where an s is not enough. */
export const counted = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** A factor inside a product: negative numbers in brackets. */
export function factor(text) {
  return text.startsWith("−") ? `(${text})` : text;
}

/** Numbers in a row with commas; a long row is cut in the middle. */
export function listed(values, write = decimal, most = 14) {
  let texts = values.map((value) => write(value));
  if (texts.length > most) texts = [...texts.slice(0, most >> 1), "…", ...texts.slice(-(most >> 1))];
  return texts.join(", ");
}

/** Rising whole numbers in words: "3, 7 to 9". */
export function ranges(numbers) {
  const runs = [];
  for (const number of numbers) {
    if (runs.at(-1)?.at(-1) === number - 1) runs.at(-1).push(number);
    else runs.push([number]);
  }
  const parts = runs.flatMap((run) => (run.length > 2 ? [run] : run.map((number) => [number])));
  const write = (run) => decimal(run[0]) + (run.length > 1 ? ` to ${decimal(run.at(-1))}` : "");
  return listed(parts, write, 12);
}

/** Scores as probabilities that add up to 1. */
export function softmax(scores) {
  const most = Math.max(...scores), powers = Array.from(scores, (s) => Math.exp(s - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** A trait's bytes, which are a view in the browser and a list in tests. */
export const bytesOf = (bytes) => (bytes.buffer
  ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Uint8Array.from(bytes));

/** Arrays out of bytes, as packed_weights.py writes them: two bytes a number, times its array's worth. */
export function unpackedWeights(bytes, worth, sizes) {
  const all = bytesOf(bytes), view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  let start = 0;
  return sizes.map((size, n) => {
    const from = start;
    start += size;
    return Float64Array.from({ length: size }, (_, i) => view.getInt16(2 * (from + i), true) * worth[n]);
  });
}

/** A function that does not work out again what it was asked the last time. */
export function remember(make) {
  let asked = null, made;
  return (...given) => {
    if (!asked || given.some((one, n) => one !== asked[n])) [asked, made] = [given, make(...given)];
    return made;
  };
}

/** The colour of a signed value: the middle stop at 0, the outer ones at ±largest. */
export function signedColour(value, largest, stops) {
  const place = largest <= 0 ? 2 : 2 + 2 * Math.max(-1, Math.min(1, value / largest));
  const left = Math.min(Math.floor(place), stops.length - 2);
  const share = place - left;
  const part = (stop, i) => parseInt(stop.slice(1 + 2 * i, 3 + 2 * i), 16);
  const mixed = [0, 1, 2].map((i) =>
    Math.floor((1 - share) * part(stops[left], i) + share * part(stops[left + 1], i) + 0.5));
  return "#" + mixed.map((c) => c.toString(16).padStart(2, "0")).join("");
}

/** Dark or light ink, whichever is read better on a background "#rrggbb". */
export function inkOn(background) {
  const linear = [0, 1, 2].map((i) => {
    const c = parseInt(background.slice(1 + 2 * i, 3 + 2 * i), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  return luminance > 0.2 ? COLOURS.light.ink : "#ffffff";
}

/** The colour of a grey pixel: share 0 is black, 1 white. */
export function grey(share) {
  const part = Math.floor(255 * Math.max(0, Math.min(1, share)) + 0.5).toString(16).padStart(2, "0");
  return `#${part}${part}${part}`;
}

/** Pieces {string, role} cut where a line may end: after a blank, but not after an operator. */
function chunks(pieces) {
  const words = [], found = [];
  for (const { string, role } of pieces) {
    // A blank at a piece's beginning belongs to what stands before it.
    if (words.length) words.at(-1).string += string.match(/^ */)[0];
    const own = words.length ? string.trimStart() : string;
    words.push(...own.split(/(?<= )(?=[^ ])/).filter(Boolean).map((word) => ({ string: word, role })));
  }
  words.forEach((word, n) => {
    const before = n ? words[n - 1].string : "";
    if (/ $/.test(before) && !/[+=→·] *$/.test(before)) found.push([]);
    if (!n) found.push([]);
    found.at(-1).push(word);
  });
  return found;
}

const PRINTS = [[19, 1], [18, 1], [17, 1], [16, 1], [15, 1], [14, 1], [14, 2], [13, 2], [12, 2]];

/**
 * A sum in pieces as {size, lines} for a room: in smaller print, then in two lines, and then with
 * "…" in place of terms in the middle. wide(string, bold) is a text's width at size 1.
 */
export function fitted(pieces, room, wide) {
  let units = chunks(pieces).map((chunk) => ({
    chunk, wide: chunk.reduce((sum, t) => sum + wide(t.string, t.role === "output"), 0),
  }));
  const dots = { chunk: [{ string: "+ … ", role: "quiet" }], wide: wide("+ … ", false) };
  const broken = (size) => {
    const lines = [[]];
    let left = room;
    for (const unit of units) {
      if (unit.wide * size > left && lines.at(-1).length) {
        lines.push([]);
        left = room;
      }
      left -= unit.wide * size;
      lines.at(-1).push(...unit.chunk);
    }
    return lines;
  };
  for (;;) {
    for (const [size, most] of PRINTS) {
      const lines = broken(size);
      if (lines.length <= most) return { size, lines };
    }
    const terms = units.filter((unit) => /^\+/.test(unit.chunk[0].string) && unit !== dots);
    if (terms.length < 2) return { size: 12, lines: broken(12).slice(0, 2) };
    units = units.filter((unit) => unit !== dots);
    units.splice(units.indexOf(terms[terms.length >> 1]), 1, dots);
  }
}

/** Draws on a canvas in CSS pixels, in the colours of the theme. */
export class Painter {
  constructor(context, width, height, colours, font) {
    Object.assign(this, { context, width, height, colours, font });
  }

  text(string, x, y, options = {}) {
    const { size = 13, bold = false, colour = this.colours.ink, align = "center" } = options;
    const c = this.context;
    c.font = `${bold ? 600 : 400} ${size}px ${this.font}`;
    c.fillStyle = colour;
    c.textAlign = align;
    c.textBaseline = options.baseline ?? "middle";
    c.fillText(string, x, y);
  }

  /** Text that is read from the bottom to the top, its middle at x, y. */
  upright(string, x, y, options = {}) {
    this.context.save();
    this.context.translate(x, y);
    this.context.rotate(-Math.PI / 2);
    this.text(string, 0, 0, options);
    this.context.restore();
  }

  measure(string, size = 13, bold = false) {
    this.context.font = `${bold ? 600 : 400} ${size}px ${this.font}`;
    return this.context.measureText(string).width;
  }

  /** Pieces of text in different colours on one line, from x on; returns where they end. */
  runs(pieces, x, y, size) {
    for (const { string, colour, bold } of pieces) {
      this.text(string, x, y, { size, bold, colour, align: "left" });
      x += this.measure(string, size, bold);
    }
    return x;
  }

  /** A bar with a sum spelled out, in pieces {string, role}; it is as tall for a long one. */
  result(pieces, y, fill = this.colours.faint) {
    this.box(1, y, this.width - 2, 42, { fill, radius: 6 });
    const { size, lines } = fitted(pieces, this.width - 28,
      (string, bold) => this.measure(string, 20, bold) / 20);
    lines.forEach((line, n) => this.runs(line.map(({ string, role }) => ({
      string, bold: role === "output", colour: this.colours[role === "padding" ? "quiet" : role],
    })), 14, y + 21 + 18 * (n - (lines.length - 1) / 2), size));
  }

  /**
   * How the numbers of a grid are written, all alike, as options of `cell`: with as many decimals
   * and in as large a print as the longest of them allows.
   */
  lettering(values, side, write = decimal) {
    // A decimal more is not worth print of less than 9 pixels, but any is better than none.
    const ways = [[write, 9], [(value) => decimal(value, 1), 7.5], [(value) => decimal(value, 0), -Infinity]];
    const most = Math.min(14, side * 0.5);
    for (const [way, least] of ways) {
      const texts = [...new Set(values.map(way))], length = Math.max(...texts.map((text) => text.length));
      const longest = texts.filter((text) => text.length === length);
      const wide = Math.max(...longest.map((text) => this.measure(text, 20))) / 20;
      const size = Math.min(most, Math.floor((2 * (side - 2)) / wide) / 2);
      if (size >= Math.min(least, most)) return { write: way, size: Math.max(size, Math.min(7.5, most)) };
    }
  }

  /** A cell of a grid with its number in it, with fewer decimals where the cell is small. */
  cell(x, y, side, value, options = {}) {
    const { fill, colour = this.colours.line, write = decimal } = options;
    this.box(x, y, side, side, { fill, colour, radius: 0 });
    const ink = options.ink ?? (fill ? inkOn(fill) : this.colours.ink);
    if (options.size) {
      this.text(write(value), x + side / 2, y + side / 2 + 0.5, { size: options.size, colour: ink });
      return;
    }
    for (const string of [write(value), decimal(value, 1), decimal(value, 0)]) {
      for (let size = Math.min(14, side * 0.5); size >= Math.min(8, side * 0.5); size -= 1) {
        if (this.measure(string, size) > side - 2) continue;
        this.text(string, x + side / 2, y + side / 2 + 0.5, { size, colour: ink });
        return;
      }
    }
  }

  /** Words broken into lines of at most a width, the first line at y; the options are text's. */
  paragraph(string, x, y, width, options = {}) {
    const { size = 13, bold = false } = options;
    let line = "";
    for (const word of string.split(" ")) {
      if (line && this.measure(`${line} ${word}`, size, bold) > width) {
        this.text(line, x, y, { align: "left", ...options });
        line = "";
        y += size + 5;
      }
      line = line ? `${line} ${word}` : word;
    }
    this.text(line, x, y, { align: "left", ...options });
  }

  arrow(from, to, options = {}) {
    const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const wing = (turn) => [to[0] - 8 * Math.cos(angle + turn), to[1] - 8 * Math.sin(angle + turn)];
    this.line([from, to], options);
    this.line([wing(0.6), to, wing(-0.6)], options);
  }

  line(points, options = {}) {
    const { colour = this.colours.line, width = 1, dash = [] } = options;
    const c = this.context;
    c.beginPath();
    points.forEach(([x, y], i) => (i ? c.lineTo(x, y) : c.moveTo(x, y)));
    c.setLineDash(dash);
    c.lineWidth = width;
    c.lineJoin = "round";
    c.strokeStyle = colour;
    c.stroke();
    c.setLineDash([]);
  }

  /** A closed shape through points; `fill` and `colour` may be left out. */
  polygon(points, options = {}) {
    const { fill, colour, stroke = 1 } = options;
    const c = this.context;
    c.beginPath();
    for (const [x, y] of points) c.lineTo(x, y);
    c.closePath();
    if (fill) { c.fillStyle = fill; c.fill(); }
    if (!colour) return;
    c.lineWidth = stroke;
    c.strokeStyle = colour;
    c.stroke();
  }

  /** A filled and outlined box with round corners; `fill` and `colour` may be left out. */
  box(x, y, width, height, options = {}) {
    const { fill, colour, stroke = 1, radius = 4, dash = [] } = options;
    const c = this.context;
    c.beginPath();
    c.roundRect(x, y, width, height, radius);
    if (fill) { c.fillStyle = fill; c.fill(); }
    if (!colour) return;
    c.setLineDash(dash);
    c.lineWidth = stroke;
    c.strokeStyle = colour;
    c.stroke();
    c.setLineDash([]);
  }

  /** Zero padding: grey with slanted lines. */
  hatch(x, y, width, height) {
    const c = this.context;
    c.save();
    c.beginPath();
    c.rect(x, y, width, height);
    c.clip();
    c.fillStyle = this.colours.padding_soft;
    c.fill();
    c.beginPath();
    // The phase follows the page, so that neighbouring cells join without a seam.
    const step = 7;
    for (let s = Math.floor((x + y) / step) * step; s < x + y + width + height; s += step) {
      c.moveTo(s - y, y);
      c.lineTo(s - y - height, y + height);
    }
    c.lineWidth = 1;
    c.strokeStyle = this.colours.line;
    c.stroke();
    c.restore();
  }

  /** A head that tells the role by its shape: circle input, square kernel, diamond output. */
  head(x, y, role, options = {}) {
    const { size = 5, fill = this.colours[role], colour = this.colours[role] } = options;
    const c = this.context;
    c.beginPath();
    if (role === "kernel") c.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8);
    else if (role === "output") {
      const d = size * 1.3;
      c.moveTo(x, y - d); c.lineTo(x + d, y); c.lineTo(x, y + d); c.lineTo(x - d, y); c.closePath();
    } else c.arc(x, y, size, 0, 2 * Math.PI);
    c.fillStyle = fill;
    c.fill();
    c.lineWidth = 1.5;
    c.strokeStyle = colour;
    c.stroke();
  }

  stem(x, base, y, role, options = {}) {
    const colour = options.colour ?? this.colours[role];
    this.line([[x, base], [x, y]], { colour, width: options.width ?? 2.5 });
    this.head(x, y, role, { fill: colour, ...options, colour });
  }
}

/** JupyterLab says on <body> whether its theme is light; elsewhere it is taken to be light. */
export function isDark() {
  const body = document.body;
  return body.dataset.jpThemeLight === "false" || body.classList.contains("vscode-dark");
}

/** ipywidgets gives its slider handles, icons and toggles no names, which screen readers need. */
function nameControls(figure) {
  for (const control of figure.querySelectorAll(".widget-slider")) {
    const label = control.querySelector(".widget-label")?.textContent.trim();
    control.querySelector(".noUi-handle")?.setAttribute("aria-label", label);
    const readout = control.querySelector(".widget-readout");
    readout?.setAttribute("role", "textbox");
    readout?.setAttribute("aria-label", `${label}, typed`);
  }
  // Without this JupyterLab takes the arrow keys of a menu to move to the next cell.
  for (const menu of figure.querySelectorAll("select")) menu.dataset.lmSuppressShortcuts = "true";
  for (const button of figure.querySelectorAll(".widget-toggle-buttons button, .widget-toggle-button")) {
    button.setAttribute("aria-pressed", button.classList.contains("mod-active"));
  }
  for (const icon of figure.querySelectorAll(".widget-play i")) {
    const name = [["fa-pause", "pause"], ["fa-stop", "stop"]].find(([c]) => icon.classList.contains(c));
    icon.parentElement.setAttribute("aria-label", name ? name[1] : "play");
  }
}

/** noUiSlider lets Home and End lead to the ends that a slider had when it was made; here to today's. */
function goToEnd(event) {
  const handle = event.target.closest(".widget-slider .noUi-handle");
  const end = { Home: "aria-valuemin", End: "aria-valuemax" }[event.key];
  if (!handle || !end) return;
  event.preventDefault();
  event.stopPropagation();
  handle.closest(".noUi-target").noUiSlider.set(handle.getAttribute(end));
}

/** Keeps the controls right as ipywidgets redraws them; returns a function that ends it. */
function watchControls(figure) {
  if (!figure) return () => {};
  nameControls(figure);
  const observer = new MutationObserver(() => nameControls(figure));
  observer.observe(figure, { subtree: true, childList: true, attributeFilter: ["class"] });
  figure.addEventListener("keydown", goToEnd, true); // before noUiSlider hears of it
  return () => {
    observer.disconnect();
    figure.removeEventListener("keydown", goToEnd, true);
  };
}

let figuresSoFar = 0;

/**
 * A canvas that fills its width, follows the theme and is drawn once a frame. How tall it is,
 * heightFor(width), depends on the width alone, so that nothing the reader does with the figure
 * moves the page.
 *
 * draw(painter) paints everything; describe() gives {text, header, rows} for screen readers, read
 * out when the figure has been still for a moment; name is the canvas's short label; point(x, y,
 * width, event), if given, is called where the pointer is; holds(x, y, width) says where a finger
 * draws and does not scroll the page. Returns {canvas, redraw, end}.
 */
export function surface({ el, heightFor, name, draw, describe, point, holds }) {
  const id = `convolab-figure-${++figuresSoFar}`;
  const live = document.createElement("div");
  live.className = "convolab-live";
  const canvas = document.createElement("canvas");
  canvas.style.height = `${heightFor(960)}px`;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", name);
  canvas.setAttribute("aria-describedby", id);
  const words = document.createElement("div");
  words.className = "convolab-words";
  const status = document.createElement("p");
  status.id = id;
  status.setAttribute("role", "status");
  const table = document.createElement("table");
  words.append(status, table);
  live.append(canvas, words);
  el.append(live);

  let frame = 0, soon = false, again = false, still = 0, endNames = () => {};
  // Asked for when they change only: asking in a step makes the browser lay the page out in between.
  let width = 0, font = null;
  const paint = () => {
    soon = again = false;
    if (!width) return;
    const ratio = window.devicePixelRatio || 1, height = heightFor(width);
    if (canvas.style.height !== `${height}px`) canvas.style.height = `${height}px`;
    if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
    if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    font ??= getComputedStyle(canvas).fontFamily || "sans-serif";
    draw(new Painter(context, width, height, COLOURS[isDark() ? "dark" : "light"], font));
  };
  const speak = () => {
    const { text, header, rows } = describe();
    status.textContent = text;
    const cells = (row, tag) => row.map((cell) => {
      const node = document.createElement(tag);
      node.textContent = cell;
      return node;
    });
    table.replaceChildren(...[header, ...rows].map((row, i) => {
      const line = document.createElement("tr");
      line.append(...cells(row, i ? "td" : "th"));
      return line;
    }));
  };
  // The first change of a frame is painted as soon as everything that hangs together has changed,
  // so that it is seen in this frame; what follows before the next one is painted with that.
  const nextFrame = () => {
    frame = 0;
    if (again) paint();
  };
  const redraw = () => {
    if (!frame) {
      frame = requestAnimationFrame(nextFrame);
      soon = true;
      queueMicrotask(paint);
    } else if (!soon) again = true;
    clearTimeout(still);
    still = setTimeout(speak, 400);
  };
  const size = new ResizeObserver(() => {
    width = canvas.clientWidth;
    // Painted at once: a canvas whose width has changed would show one empty or blurred frame.
    paint();
    endNames();
    endNames = watchControls(el.closest(".convolab-figure"));
  });
  size.observe(canvas);
  let themed = 0;
  const restyled = () => {
    font = null;
    redraw();
  };
  const theme = new MutationObserver(() => {
    restyled();
    // JupyterLab names the theme before its style sheet, and so its font, has arrived.
    clearTimeout(themed);
    themed = setTimeout(restyled, 250);
  });
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light", "class"] });
  const spot = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top, canvas.clientWidth];
  };
  if (holds) {
    canvas.addEventListener("touchstart", (event) => {
      if (holds(...spot(event.touches[0]))) event.preventDefault();
    }, { passive: false });
  }
  if (point) {
    const pointed = (event) => point(...spot(event), event);
    canvas.addEventListener("pointermove", pointed);
    canvas.addEventListener("pointerdown", pointed);
  }
  speak();
  redraw();
  const end = () => {
    cancelAnimationFrame(frame);
    clearTimeout(still);
    clearTimeout(themed);
    size.disconnect();
    theme.disconnect();
    endNames();
  };
  return { canvas, redraw, end };
}

/**
 * The traits of some names, as an object. A toggle or a menu tells its index only: `chosen` names
 * such traits, each with the trait that lists what there is to choose from.
 */
export function traitsOf(get, names, chosen = {}) {
  const plain = names.map((name) => [name, get(name)]);
  const words = Object.entries(chosen).map(([name, list]) => [name, get(list)[get(name)]]);
  return Object.fromEntries([...plain, ...words]);
}

/**
 * A figure of a widget's traits: drawn and described from stateOf(get), where get gives a trait.
 *
 * - pick(state, x, y, width, event): the traits that pointing there sets (none where only a press
 *   does), or null; in place of `point`.
 * - settle(state): the traits that follow from the others, such as a slider's end.
 * - handlers(redraw): pairs of a trait and what to do when it changes; in place of `settle`, which
 *   is then done after a change of any of `traits`.
 * - heightFor(width, usual): how tall it is at a width, where that is not the trait `height`.
 *
 * The rest is as `surface` takes it. Returns what ends the figure.
 */
export function figure({
  model, stateOf, draw, describe, pick, settle, traits, handlers, heightFor = (_, usual) => usual, ...rest
}) {
  const state = () => stateOf((trait) => model.get(trait));
  const pointed = (x, y, width, event) => {
    const found = pick(state(), x, y, width, event);
    canvas.style.cursor = found ? "pointer" : "default";
    if (!found || Object.keys(found).every((trait) => model.get(trait) === found[trait])) return;
    model.set(found);
    model.save_changes();
  };
  const { canvas, redraw, end } = surface({
    draw: (painter) => draw(painter, state()),
    describe: () => describe(state()),
    heightFor: (width) => heightFor(width, model.get("height")),
    ...(pick && { point: pointed }),
    ...rest,
  });
  const settled = () => {
    model.set(settle(state()));
    model.save_changes();
    redraw();
  };
  const all = handlers ? handlers(redraw) : traits.map((trait) => [trait, settle ? settled : redraw]);
  for (const [trait, handler] of all) model.on(`change:${trait}`, handler);
  return () => {
    end();
    for (const [trait, handler] of all) model.off(`change:${trait}`, handler);
  };
}
