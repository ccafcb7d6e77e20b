// Lets the figures live on the theme's pages. It runs before the theme's own scripts.

// The theme replaces icons by drawings; widgets look for the icon that they made, so keep it.
window.FontAwesomeConfig = { autoReplaceSvg: "nest" };

// Widgets call the MathJax of ten years ago if they find any. No label of a figure has a formula.
document.addEventListener("DOMContentLoaded", () => {
  if (window.MathJax) window.MathJax.Hub ??= { Queue() {} };
});

// The theme's sidebar is a place to navigate in, which it does not say.
document.addEventListener("DOMContentLoaded", () => {
  const sidebar = document.querySelector("#pst-primary-sidebar");
  sidebar?.setAttribute("role", "navigation");
  sidebar?.setAttribute("aria-label", "The course");
});

// Tells the figures which theme the page has, in the way that JupyterLab does.
{
  const root = document.documentElement;
  const tell = () => {
    if (document.body) document.body.dataset.jpThemeLight = String(root.dataset.theme !== "dark");
  };
  new MutationObserver(tell).observe(root, { attributeFilter: ["data-theme"] });
  document.addEventListener("DOMContentLoaded", tell);
  tell();
}
