// Pictures chosen from the computer or taken by the camera, sent to Python one at a time.
import { counted } from "./shared.js";

const AS_IT_IS = 4_000_000; // bytes: a bigger file is reduced here, since a message has its limit
const SIDE = 1024; // pixels of the longer side of one that is reduced
const PATIENCE = 4000; // milliseconds until a picture that is not answered is spoken of

/** Where pictures of a class belong, for who puts them there by hand. */
const place = (folder, kind) => `${folder}/${kind}`;

/** Why there is no camera, and the other way, in two sentences. */
export function noCamera(error, isSecure, folder, kind) {
  const reasons = {
    NotAllowedError: "The browser was not allowed to use the camera: allow it beside the page's address",
    SecurityError: "The browser does not let this page use the camera",
    NotFoundError: "No camera was found",
    OverconstrainedError: "No camera was found",
    NotReadableError: "Another program is using the camera: close it, and start the camera again",
    AbortError: "The camera stopped: start it again",
  };
  const why = isSecure
    ? reasons[error?.name] ?? "This browser gives this page no camera"
    : "A browser gives a camera only to pages on this computer or with https in their address";
  return `${why}. Or put pictures into the folder ${place(folder, kind)} yourself.`;
}

/** The width and height of a picture that is reduced to a longest side. */
export function reducedSize(width, height, side = SIDE) {
  const factor = Math.min(1, side / Math.max(width, height));
  return [width, height].map((length) => Math.max(1, Math.round(length * factor)));
}

/** How many pictures there are, in words. */
export function total(counts) {
  return `${counted(counts.reduce((sum, many) => sum + many, 0), "picture")} so far`;
}

/** What happened to several pictures, in one sentence. */
export function summed(kept, refused) {
  const parts = [];
  if (kept.length === 1) parts.push(kept[0]);
  else if (kept.length) parts.push(`${kept.length} pictures are kept.`);
  return [...parts, ...refused].join(" ");
}

/** A new element with attributes, text and children. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const button = (words) => make("button", { type: "button" }, words);

/** A source that can be drawn, in its reduced size, as the bytes of a file. */
async function encoded(source, width, height, type) {
  const canvas = make("canvas");
  [canvas.width, canvas.height] = reducedSize(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = "#ffffff"; // a JPEG has no transparency
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, type, 0.92));
  if (!blob) throw new Error("it could not be written");
  return blob;
}

/** A chosen file as {name, blob}, reduced if it is big. */
async function fit(file) {
  if (file.size <= AS_IT_IS) return { name: file.name, blob: file };
  const bitmap = await createImageBitmap(file);
  const blob = await encoded(bitmap, bitmap.width, bitmap.height, "image/jpeg");
  bitmap.close();
  return { name: file.name.replace(/\.[^.]*$/, "") + ".jpg", blob };
}

/** What the page shows: built once, then only its words and its picture change. */
function layOut(el) {
  const menu = make("select", { "data-lm-suppress-shortcuts": "true" });
  const other = make("input", { type: "text", maxlength: "60", "data-lm-suppress-shortcuts": "true" });
  const files = make("input", {
    type: "file", multiple: "", accept: "image/*,.heic,.avif", tabindex: "-1", "aria-hidden": "true",
    class: "convolab-hidden",
  });
  const parts = {
    menu, other, files, add: button("Add class"), choose: button("Choose pictures…"),
    start: button("Start camera"), take: button("Take picture"), stop: button("Stop camera"),
    video: make("video", { muted: "", playsinline: "", "aria-label": "What the camera sees" }),
    last: make("img", { alt: "" }), empty: make("span", {}, "Drop pictures here"),
    counts: make("ul", { "aria-label": "Pictures of each class" }),
    total: make("span"), status: make("p", { role: "status" }),
  };
  parts.view = make("div", { class: "convolab-view" }, parts.empty, parts.last, parts.video);
  const rows = [
    [make("label", {}, make("span", {}, "class"), menu)],
    [make("label", {}, make("span", {}, "a new one"), other), parts.add],
    [parts.choose, files], [parts.start, parts.take, parts.stop],
  ].map((row) => make("div", { class: "convolab-row" }, ...row));
  const side = make("div", { class: "convolab-side" }, ...rows, parts.counts);
  parts.box = make("div", {
    class: "convolab-live convolab-collector", role: "group", "aria-label": "Your own pictures",
  }, parts.view, side, parts.status);
  el.append(parts.box);
  return parts;
}

function render({ model, el }) {
  const at = layOut(el);
  const waiting = new Map(); // what was sent, by its number, until Python answers
  const queue = [];
  const own = Math.random().toString(36).slice(2); // another view of the same widget has its own
  let stream = null, sending = false, number = 0, taken = 0, ended = false, address = "";
  const kind = () => at.menu.value;
  const say = (words) => { at.status.textContent = words; };

  const recount = () => {
    const [classes, counts] = [model.get("classes"), model.get("counts")], chosen = kind();
    at.menu.replaceChildren(...classes.map((name) => make("option", { value: name }, name)));
    at.menu.value = classes.includes(chosen) ? chosen : classes[0];
    at.counts.replaceChildren(...classes.map((name, n) => make("li", {}, `${name} ${counts[n] ?? 0}`)));
  };
  const show = (blob, name) => {
    if (address) URL.revokeObjectURL(address);
    address = URL.createObjectURL(blob);
    at.last.src = address;
    at.last.alt = `The last picture, ${name}`;
    look();
  };
  const look = () => {
    at.video.hidden = !stream;
    at.last.hidden = Boolean(stream) || !address;
    at.empty.hidden = Boolean(stream) || Boolean(address);
    at.start.disabled = Boolean(stream);
    at.take.disabled = at.stop.disabled = !stream;
  };

  /** Send a message and wait for its answer, however long the kernel is busy. */
  const asked = (message, buffers = []) => new Promise((done) => {
    number += 1;
    const name = `${own}-${number}`;
    const busy = setTimeout(() => say(
      "The notebook is busy and has not answered yet. What you chose is kept as soon as it is free."), PATIENCE);
    waiting.set(name, (answer) => { clearTimeout(busy); done(answer); });
    model.send({ ...message, number: name }, undefined, buffers);
  });
  const answered = (message) => {
    waiting.get(message.number)?.(message);
    waiting.delete(message.number);
  };

  /** Send what is in the queue, one after another, and say at the end what became of it. */
  const sendAll = async () => {
    if (sending) return;
    sending = true;
    const kept = [], refused = [];
    while (queue.length && !ended) {
      const { file, into } = queue.shift();
      if (queue.length) say(`${counted(queue.length + 1, "picture")} to go.`);
      const byHand = `put it into the folder ${place(model.get("folder"), into)} yourself.`;
      const fitted = await fit(file).catch(() => null);
      const bytes = await fitted?.blob.arrayBuffer().catch(() => null);
      if (!bytes) {
        refused.push(`${file.name} cannot be read by the browser: ${byHand}`);
        continue;
      }
      try {
        const answer = await asked({ kind: "picture", class: into, name: fitted.name }, [bytes]);
        (answer.kept ? kept : refused).push(`${file.name} ${answer.says}`);
        if (answer.kept) show(fitted.blob, fitted.name);
      } catch {
        refused.push(`${file.name} did not reach the notebook: run its cell again, or ${byHand}`);
      }
    }
    sending = false;
    say(summed(kept, refused));
  };
  const send = (files) => {
    queue.push(...[...files].map((file) => ({ file, into: kind() })));
    if (queue.length) sendAll();
  };

  const start = async () => {
    at.start.disabled = true;
    say("Waiting for the camera: allow it if the browser asks.");
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: "environment" },
      });
      if (ended) return stop();
      for (const track of stream.getTracks()) track.onended = () => stop("The camera was switched off.");
      at.video.srcObject = stream;
      await at.video.play();
      say("The camera is on. Take picture keeps what it sees.");
    } catch (error) {
      stop(noCamera(error, window.isSecureContext, model.get("folder"), kind()));
    }
    look();
    if (stream) at.take.focus();
  };
  const stop = (words = "The camera is off.") => {
    for (const track of stream?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    stream = at.video.srcObject = null;
    say(words);
    look();
  };
  const take = async () => {
    const { videoWidth, videoHeight } = at.video;
    if (!videoWidth) return say("The camera shows nothing yet: wait a moment.");
    taken += 1;
    const blob = await encoded(at.video, videoWidth, videoHeight, "image/png");
    send([new File([blob], `camera_${taken}.png`, { type: "image/png" })]);
  };
  const add = async () => {
    const answer = await asked({ kind: "class", name: at.other.value });
    if (!answer.kept) return say(`That class was not added: ${answer.says}.`);
    recount();
    at.menu.value = answer.says;
    at.other.value = "";
    say(`Pictures now go to the class ${answer.says}.`);
  };
  const dropped = (event) => {
    event.preventDefault();
    event.stopPropagation();
    at.box.classList.remove("convolab-over");
    if (event.type !== "drop") return;
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
    if (entries.some((entry) => entry?.isDirectory)) {
      return say("A folder cannot be dropped here: open it, and drop the pictures that are in it.");
    }
    send(event.dataTransfer.files);
  };
  const over = (event) => {
    event.preventDefault();
    at.box.classList.add("convolab-over");
  };

  at.choose.addEventListener("click", () => at.files.click());
  at.files.addEventListener("change", () => {
    send(at.files.files);
    at.files.value = ""; // so that the same file can be chosen again
  });
  at.start.addEventListener("click", start);
  at.stop.addEventListener("click", () => { stop(); at.start.focus(); });
  at.take.addEventListener("click", take);
  at.add.addEventListener("click", add);
  at.other.addEventListener("keydown", (event) => {
    if (event.key === "Enter") add();
    event.stopPropagation();
  });
  at.box.addEventListener("dragover", over);
  at.box.addEventListener("dragleave", dropped);
  at.box.addEventListener("drop", dropped);
  model.on("msg:custom", answered);
  model.on("change:classes", recount);
  model.on("change:counts", recount);
  recount();
  look();
  say(`Pictures are kept in the folder ${model.get("folder")} beside this notebook: `
    + `${total(model.get("counts"))}.`);
  return () => {
    ended = true;
    stop();
    if (address) URL.revokeObjectURL(address);
    model.off("msg:custom", answered);
    model.off("change:classes", recount);
    model.off("change:counts", recount);
  };
}

export default { render };
