// Puts back into a page's saved figures what they have in common with others. It comes before the
// script that makes the figures, which waits until the page is loaded.
{
  const shared = {{shared}};
  document.addEventListener("DOMContentLoaded", () => {
    const states = 'script[type="application/vnd.jupyter.widget-state+json"]';
    for (const state of document.querySelectorAll(states)) {
      state.textContent = state.textContent.replace(
        /"shared:([0-9a-f]{16})"/g, (_, name) => JSON.stringify(shared[name]),
      );
    }
  });
}
