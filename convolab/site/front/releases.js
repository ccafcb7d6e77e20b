// A newer release of a lesson that the learner has saved here: theirs stays, it goes beside it.
//
// `releases.json` names each lesson's release by its digest. What was handed out in this browser is
// noted, so that each release comes once, also if it is deleted or renamed then.

(function () {
  const root = new URL("../", location.href); // the laboratory's
  const STORE = `JupyterLite Storage - ${root.pathname}`; // JupyterLite's name for what is saved
  const NOTE = `convolab releases - ${root.pathname}`;

  const answered = (request) =>
    new Promise((yes, no) => {
      request.onsuccess = () => yes(request.result);
      request.onerror = () => no(request.error);
    });

  // What the learner saved, or null if that is nothing so far. It is not made here, but by JupyterLite.
  async function saved() {
    const request = indexedDB.open(STORE);
    request.onupgradeneeded = () => request.transaction.abort();
    const database = await answered(request).catch(() => null);
    if (database?.objectStoreNames.contains("files")) return database;
    database?.close();
    return null;
  }

  function noted() {
    try {
      return Object(JSON.parse(localStorage.getItem(NOTE)));
    } catch {
      return {};
    }
  }

  async function freeName(files, path) {
    for (let number = 1; ; number++) {
      const name = path.replace(/\.ipynb$/, `_newer${number > 1 ? `_${number}` : ""}.ipynb`);
      if (!(await answered(files().getKey(name)))) return name;
    }
  }

  async function lay(files, path) {
    const answer = await fetch(new URL(`files/${path}`, root), { cache: "no-store" });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    const text = await answer.text();
    const copy = await freeName(files, path);
    const now = new Date().toISOString();
    const entry = {
      name: copy.split("/").pop(), path: copy, created: now, last_modified: now, type: "notebook",
      format: "json", mimetype: "application/json", writable: true,
      content: JSON.parse(text), size: new TextEncoder().encode(text).length,
    };
    await answered(files("readwrite").add(entry, copy));
    return copy;
  }

  // Notes what is handed out here, and returns the names of the copies that it laid beside others.
  async function bring(copies) {
    const answer = await fetch(new URL("releases.json", root), { cache: "no-store" });
    const releases = await answer.json();
    const handedOut = noted();
    const database = await saved();
    const files = (mode) => database.transaction("files", mode).objectStore("files");
    try {
      for (const [path, release] of Object.entries(releases)) {
        const before = Array.isArray(handedOut[path]) ? handedOut[path] : [];
        if (before.includes(release)) continue;
        const theirs = database && (await answered(files().getKey(path)));
        if (theirs) copies.push(await lay(files, path));
        handedOut[path] = [...before, release];
        localStorage.setItem(NOTE, JSON.stringify(handedOut));
      }
    } finally {
      database?.close();
    }
  }

  function words(copies) {
    const names = copies.map((path) => path.split("/").pop());
    if (names.length === 0) return "";
    if (names.length === 1) {
      return "There is a newer release of a lesson that you have saved: it is next to yours as " +
        `${names[0]}, and yours stays as you saved it.`;
    }
    return `There are newer releases of ${names.length} lessons: they are next to yours, as ` +
      `${names.join(", ")}, and yours stay as you saved them.`;
  }

  // Two tabs take turns. Without storage or a network nothing is brought, and nothing is lost: the
  // next visit does it.
  async function begin() {
    const copies = [];
    const turn = () => bring(copies).catch(() => {});
    await (navigator.locks ? navigator.locks.request(NOTE, turn) : turn());
    return words(copies);
  }

  window.convolabNewer = location.protocol === "file:" ? Promise.resolve("") : begin();
})();
