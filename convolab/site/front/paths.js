// Where RequireJS finds anywidget and the icons' font: beside this file, however deep the page is.
{
  const here = document.currentScript.src.replace(/[^/]*$/, "");
  require.config({ baseUrl: here, paths: { anywidget: `${here}anywidget` } });
}
