// Accuracies as bars, each with the interval that the truth is in, for a number of test pictures.
import { decimal, figure, traitsOf } from "./shared.js";

const Z = 1.96;

/** The ends of Wilson's interval for a share, in %. */
function wilson(right, several) {
  const share = right / several, add = (Z * Z) / several;
  const middle = (share + add / 2) / (1 + add);
  const half = (Z * Math.sqrt((share * (1 - share)) / several + add / (4 * several))) / (1 + add);
  return [100 * Math.max(0, middle - half), 100 * Math.min(1, middle + half)];
}

/** Everything the picture shows, as numbers; shares in %. */
export function view({ names, shares, pictures, network }) {
  const rows = names.map((name, n) => {
    const right = Math.floor((shares[n] * pictures) / 100 + 0.5);
    const [low, high] = wilson(right, pictures);
    return { name, right, share: (100 * right) / pictures, low, high };
  });
  const now = Math.max(0, Math.min(rows.length - 1, network));
  return { rows, pictures, start: Math.min(...shares) >= 60 ? 50 : 0, network: now, lit: rows[now] };
}

/** 342 of 360 = 95 %, and where the truth may be, in pieces, each with the role that colours it. */
function spelled({ lit, pictures }) {
  return [
    { string: `${lit.right} of ${pictures}`, role: "input" }, { string: " = ", role: "quiet" },
    { string: `${decimal(lit.share, 1)} %`, role: "input" }, { string: " → ", role: "quiet" },
    { string: `${decimal(lit.low, 1)} to ${decimal(lit.high, 1)} %`, role: "output" },
  ];
}

/** Whether the intervals have anything in common, in words. */
function compared({ rows, lit, network }) {
  if (rows.length < 2) return "";
  const touching = rows.filter((row, n) => n !== network && row.low <= lit.high && lit.low <= row.high);
  if (!touching.length) return "Its interval touches no other.";
  return `Its interval overlaps that of ${touching.map((row) => row.name).join(", ")}.`;
}

/** The state in words and a small table; accuracy_interval.py says the same. */
export function describe(state) {
  const v = view(state), said = spelled(v).map((piece) => piece.string).join("");
  return {
    text: `${v.pictures} test pictures. ${v.lit.name}: ${said}. ${compared(v)}`.trim(),
    header: ["network", "right", "accuracy in %", "from", "to"],
    rows: v.rows.map((row) => [
      row.name, String(row.right), ...[row.share, row.low, row.high].map((x) => decimal(x, 1)),
    ]),
  };
}

const TOP = 30, STEP = 54, BAR = 16, LEFT = 22, RIGHT = 24;

function drawWhisker(p, low, high, y, now) {
  const look = { colour: p.colours.output, width: now ? 3 : 2 };
  p.line([[low, y], [high, y]], look);
  for (const end of [low, high]) p.line([[end, y - 9], [end, y + 9]], look);
}

function draw(p, state) {
  const v = view(state), c = p.colours, bottom = TOP + STEP * v.rows.length;
  const wide = p.width - LEFT - RIGHT;
  const place = (share) => LEFT + (wide * (share - v.start)) / (100 - v.start);
  p.text(`${v.pictures} test pictures`, LEFT, 14, { size: 14, bold: true, align: "left" });
  const apart = wide * (10 / (100 - v.start)) < 44 ? 20 : 10; // in a narrow window every other one
  for (let share = v.start; share <= 100; share += 10) {
    p.line([[place(share), TOP], [place(share), bottom]], { colour: c.line });
    if ((100 - share) % apart) continue;
    p.text(`${share} %`, place(share), bottom + 13, { size: 12, colour: c.quiet });
  }
  v.rows.forEach((row, n) => {
    const now = n === v.network, y = TOP + n * STEP, words = `${row.name}: ${decimal(row.share, 1)} %`;
    p.box(LEFT, y + 4, p.measure(words, 14, now) + 10, 20, { fill: c.paper, radius: 0 });
    p.text(words, LEFT + 2, y + 14, { size: 14, bold: now, align: "left", colour: c.input });
    p.box(LEFT, y + 28, Math.max(0, place(row.share) - LEFT), BAR, { fill: c.input_soft, colour: c.input, radius: 0 });
    drawWhisker(p, place(row.low), place(row.high), y + 28 + BAR / 2, now);
    p.head(place(row.share), y + 28 + BAR / 2, "input", { size: 4 });
  });
  p.result(spelled(v), bottom + 34);
  p.paragraph(compared(v), LEFT, bottom + 96, p.width - 2 * LEFT, { size: 14, colour: c.quiet });
}

const TRAITS = ["names", "shares", "pictures", "network"];

/** The state as the functions above take it, from the traits that `get` returns by name. */
export function stateOf(get) {
  return traitsOf(get, TRAITS, {});
}

const render = ({ model, el }) => figure({
  model, el, stateOf, draw, describe, traits: TRAITS,
  heightFor: (width, height) => height + (width < 520 ? 40 : 0), // room for names in several lines
  name: "Accuracies and their intervals",
  pick: (now, x, y) => {
    const network = Math.floor((y - TOP) / STEP);
    return network >= 0 && network < now.names.length ? { network } : null;
  },
});

export default { render };
