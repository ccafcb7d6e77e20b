// Lets the figures live on the theme's pages. It runs before the theme's own scripts.

// The theme replaces icons by drawings; widgets look for the icon that they made, so keep it.
window.FontAwesomeConfig = { autoReplaceSvg: "nest" };

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
