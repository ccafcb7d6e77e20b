// One line at the foot of the laboratory: what is happening while Python is loaded, and what this
// browser cannot do. It goes away by itself once there is nothing left to say.

(function () {
  const PATIENCE = 120_000; // milliseconds for Python to start on a slow line
  const found = new Map(); // what is said, by what it is about

  const line = document.createElement("div");
  line.setAttribute("role", "status");
  line.id = "convolab-notice";
  line.style.cssText =
    "position:fixed;left:50%;bottom:32px;transform:translateX(-50%);z-index:10000;max-width:90vw;" +
    "padding:8px 14px;border-radius:6px;font:14px/1.4 system-ui,sans-serif;" +
    "background:#1b2733;color:#fff;box-shadow:0 2px 8px #0006";

  function show() {
    line.replaceChildren();
    for (const [about, { words, stays }] of found) {
      const sentence = document.createElement("div");
      sentence.textContent = words;
      if (stays) {
        const close = document.createElement("button");
        close.textContent = "Close";
        close.style.cssText = "margin-left:10px;font:inherit";
        close.onclick = () => say(about, "");
        sentence.append(close);
      }
      line.append(sentence);
    }
    line.hidden = found.size === 0;
    if (!line.isConnected && document.body) document.body.append(line);
  }

  function say(about, words, stays = true) {
    if (words) found.set(about, { words, stays });
    else found.delete(about);
    show();
  }

  async function storage() {
    const lost =
      "This browser keeps nothing for this page (a private window, or storage is not allowed): " +
      "download your notebook (right click on its name at the left) before you close the tab.";
    try {
      await new Promise((yes, no) => {
        const request = indexedDB.open("convolab-probe");
        request.onsuccess = () => (request.result.close(), yes());
        request.onerror = no;
      });
      indexedDB.deleteDatabase("convolab-probe");
    } catch {
      return say("storage", lost);
    }
    const room = await navigator.storage?.estimate?.();
    if (room?.quota && room.quota - room.usage < 20e6) {
      say("storage", "This browser has hardly any room left for this page: download your notebook " +
        "(right click on its name at the left) and free some space on the disk.");
    }
    navigator.storage?.persist?.(); // asks that the work is not cleared away
  }

  function oneTab() {
    const lesson = new URLSearchParams(location.search).get("path");
    if (!lesson || !window.BroadcastChannel) return;
    const others = new BroadcastChannel("convolab");
    const words = "This lesson is open in another tab too: work in one of them, as the one that is " +
      "saved last is the one that is kept.";
    others.onmessage = ({ data }) => {
      if (data.lesson !== lesson) return;
      say("tabs", words);
      if (data.asks) others.postMessage({ lesson, asks: false });
    };
    others.postMessage({ lesson, asks: true });
  }

  function python() {
    const began = Date.now();
    const timer = setInterval(() => {
      const notebook = document.querySelector(".jp-Notebook");
      const sign = document.querySelector(".jp-Notebook-ExecutionIndicator");
      const kernel = document.querySelector(".jp-Toolbar-kernelName, .jp-KernelName")?.textContent;
      const has = kernel && !kernel.startsWith("No Kernel"); // without one it counts as idle too
      if (notebook && has && ["idle", "busy"].includes(sign?.dataset.status)) {
        clearInterval(timer);
        return say("python", "");
      }
      const seconds = Math.round((Date.now() - began) / 1000);
      if (Date.now() - began > PATIENCE) {
        return say("python", "Python has not started yet. Your connection may be lost or slow: wait, " +
          "or reload the page. What you saved is still there.");
      }
      say("python", notebook
        ? `Python is starting in this tab (${seconds} s). The first time about 30 MB are loaded; you can read on.`
        : `The laboratory is being loaded (${seconds} s).`, false);
    }, 500);
  }

  // JupyterLab takes the lesson out of the address once it is open; a reload should find it again.
  function remember() {
    const key = "convolab-lesson";
    try {
      const address = new URL(location.href);
      const asked = address.searchParams.get("path");
      const before = sessionStorage.getItem(key);
      if (!asked && before && address.pathname.includes("/lab/")) {
        address.searchParams.set("path", before);
        history.replaceState(null, "", address);
      }
      if (asked) sessionStorage.setItem(key, asked);
      setInterval(() => {
        const tab = document.querySelector(".lm-DockPanel .lm-TabBar-tab.lm-mod-current");
        const open = tab?.title.match(/^Path: (.*\.ipynb)$/m)?.[1];
        if (open) sessionStorage.setItem(key, open);
      }, 1000);
    } catch {
      // without storage there is nothing to come back to
    }
  }

  function begin() {
    if (location.protocol === "file:") {
      return say("python", "The laboratory needs a web server: open the site at its address, or start " +
        "one in its folder with  python -m http.server  and open http://localhost:8000.");
    }
    if (typeof WebAssembly === "undefined") {
      return say("python", "This browser has no WebAssembly, so Python cannot run in it: use a current " +
        "Firefox, Chrome, Edge or Safari, or install the course.");
    }
    python();
    oneTab();
    storage();
    window.convolabNewer?.then((words) => say("newer", words));
    addEventListener("offline", () => say("line", "The connection is lost. You can work on with what " +
      "is loaded; your work is kept in this browser."));
    addEventListener("online", () => say("line", ""));
  }

  if (location.protocol !== "file:") remember();
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
})();
