/** Pictures that come in by being dropped or pasted, and what they look like before anybody else has seen them. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "./html.js";

export const KINDS = "image/png,image/jpeg,image/webp,image/heic,image/heif";

/** Take what is dropped on the page or pasted, until the answer is called. @param {import("@preact/signals").Signal<boolean>} over whether files are above the page @param {(files: Iterable<File>) => void} take */
export function listen(over, take) {
  const has = (/** @type {DataTransfer | null} */ data) => [...(data?.types ?? [])].includes("Files");
  const ondragover = (/** @type {DragEvent} */ event) => {
    if (!has(event.dataTransfer)) return;
    event.preventDefault();
    over.value = true;
  };
  const ondragleave = (/** @type {DragEvent} */ event) => { if (!event.relatedTarget) over.value = false; };
  const ondrop = (/** @type {DragEvent} */ event) => {
    over.value = false;
    if (!has(event.dataTransfer)) return;
    event.preventDefault();
    take(/** @type {DataTransfer} */ (event.dataTransfer).files);
  };
  const onpaste = (/** @type {ClipboardEvent} */ event) => { if (event.clipboardData?.files.length) take(event.clipboardData.files); };
  /** @type {[string, any][]} */
  const ears = [["dragover", ondragover], ["dragleave", ondragleave], ["drop", ondrop], ["paste", onpaste]];
  for (const [name, ear] of ears) addEventListener(name, ear);
  return () => { for (const [name, ear] of ears) removeEventListener(name, ear); };
}

/** What a file shows, as far as this browser can tell. @param {{ file: File }} props */
export function Thumb({ file }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useLayoutEffect(() => {
    createImageBitmap(file, { resizeHeight: 96, resizeQuality: "medium" }).then((bitmap) => {
      if (!canvas.current) return;
      Object.assign(canvas.current, { width: bitmap.width, height: bitmap.height });
      canvas.current.getContext("2d")?.drawImage(bitmap, 0, 0);
    }, () => {}); // it is sent nevertheless: the server may know it
  }, [file]);
  return html`<canvas ref=${canvas} class="thumb" width="86" height="48" aria-hidden="true"></canvas>`;
}
