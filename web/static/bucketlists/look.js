/** The look of lists is here before anything of them is shown, so that nothing shifts. */

await new Promise((resolve) => {
  const href = new URL("lists.css", import.meta.url).href;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve, onerror: resolve }));
});

export {};
