/** The look of a room is here before anything of it is shown, so that nothing shifts. */

/** @param {string[]} hrefs from the root of the static files */
export const wear = (...hrefs) => Promise.all(hrefs.map((name) => new Promise((resolve) => {
  const href = new URL(name, import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return resolve(null);
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve, onerror: resolve }));
})));
