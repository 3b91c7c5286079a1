/** The picture of a match, as near as what is looked at needs; its numbers light up, and lead to their fields. */

import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Dialog, IconButton } from "../components.js";
import { html } from "../html.js";
import { around, lensOf, partOf } from "./lens.js";

/**
 * @typedef {import("./fields.js").Field} Field
 * @typedef {{ url: string, width: number, height: number, file?: File | undefined }} Shown `width` and `height` are those that boxes are told in; `file` is at hand where it was sent from here
 */

/** @param {{ pictures: Shown[], sheet: import("./sheet.js").Sheet, onfield: (id: string) => void }} props */
export function Lens({ pictures, sheet, onfield }) {
  const frame = useRef(/** @type {HTMLElement | null} */ (null));
  const size = useSignal({ width: 0, height: 0 });
  const turned = useSignal(/** @type {number | null} */ (null));
  const large = useSignal(false);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => { if (entry) size.value = { width: entry.contentRect.width, height: entry.contentRect.height }; });
    watch.observe(/** @type {HTMLElement} */ (frame.current));
    return () => watch.disconnect();
  }, []);
  const at = sheet.at.value === null ? null : sheet.field(sheet.at.value);
  useEffect(() => { turned.value = null; }, [at?.id]);
  const place = Math.min(pictures.length - 1, turned.value ?? at?.picture ?? 0);
  const picture = /** @type {Shown} */ (pictures[place]);
  const here = at && at.picture === place && turned.value === null ? at : null;
  return html`<div class="lens"><div ref=${frame} class="frame">${size.value.width > 0 && html`<${Sheetful} frame=${size.value} picture=${picture} place=${place} at=${here} sheet=${sheet} onfield=${onfield} />`}
      <${IconButton} icon="wide" label="Show the whole picture" onclick=${() => { large.value = true; }} /></div>
    ${pictures.length > 1 && html`<div class="turns" role="group" aria-label="Pictures">${pictures.map((_, number) => html`
      <button type="button" class="chip" aria-pressed=${number === place} onclick=${() => { turned.value = number; }}>${number + 1}</button>`)}</div>`}
    ${large.value && html`<${Whole} picture=${picture} onclose=${() => { large.value = false; }} />`}</div>`;
}

/** @param {{ frame: import("./lens.js").Size, picture: Shown, place: number, at: Field | null, sheet: import("./sheet.js").Sheet, onfield: (id: string) => void }} props */
function Sheetful({ frame, picture, place, at, sheet, onfield }) {
  const fields = sheet.fields.value.filter((field) => field.box && field.picture === place);
  const row = fields.flatMap(({ key, box }) => (key === at?.key && box ? [box] : []));
  const wanted = at?.box ? [around(row), around(at.near ? [at.box, at.near] : [at.box])] : [];
  const { scale, x, y } = lensOf(frame, picture, at?.box ?? null, wanted);
  const style = { width: `${picture.width}px`, height: `${picture.height}px`, transform: `translate(${x}px, ${y}px) scale(${scale})`, "--near": scale };
  const looks = (/** @type {Field} */ { id, key }) => (id === at?.id ? "lit" : key === at?.key ? "beside" : sheet.answers.value[id]?.sure ? "" : "asked");
  return html`<div class="paper" style=${style}>${picture.file && html`<${Local} file=${picture.file} />`}<img src=${picture.url} alt="The screenshot of this match" draggable=${false} />
    ${fields.map((field) => html`<span key=${field.id} aria-hidden="true" class=${looks(field)} style=${partOf(/** @type {import("./lens.js").Box} */ (field.box), picture)} onclick=${() => onfield(field.id)}></span>`)}</div>`;
}

/** A file of this device, as it looks. @param {{ file: File }} props */
export function Local({ file }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useLayoutEffect(() => {
    createImageBitmap(file).then((bitmap) => {
      if (!canvas.current) return;
      Object.assign(canvas.current, { width: bitmap.width, height: bitmap.height });
      canvas.current.getContext("2d")?.drawImage(bitmap, 0, 0);
    }, () => {}); // this browser cannot open it; the server's picture comes
  }, [file]);
  return html`<canvas ref=${canvas} class="still" aria-hidden="true"></canvas>`;
}

/** All of it, as large as there is room. @param {{ picture: Shown, onclose: () => void }} props */
export function Whole({ picture, onclose }) {
  return html`<${Dialog} label="Picture" class="whole" onclose=${onclose}><img src=${picture.url} width=${picture.width} height=${picture.height} alt="The screenshot of this match" /><//>`;
}
