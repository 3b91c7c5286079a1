/** The picture of something: shown, chosen, taken away. */

import { useSignal } from "@preact/signals";
import { Dialog, toast } from "./components.js";
import { html } from "./html.js";
import { api, upload } from "./session.js";
import { counted, reasonOf } from "./words.js";

/** @typedef {{ url: string, thumbnail_url: string, width: number, height: number } | null} Cover */

const MOST_MIB = 8;
const KINDS = "image/png,image/jpeg,image/webp,image/heic,image/heif";

/** @param {{ cover: Cover | undefined, plain?: boolean }} props */
export function Picture({ cover }) {
  if (!cover) return null;
  return html`<img class="cover" src=${cover.url} width=${cover.width} height=${cover.height} alt="" loading="lazy" />`;
}

/** @param {{ route: string, cover: Cover | undefined, onclose: () => void }} props */
export function CoverDialog({ route, cover, onclose }) {
  const share = useSignal(/** @type {number | null} */ (null));
  const refused = useSignal("");
  const choose = async (/** @type {any} */ event) => {
    const file = event.currentTarget.files[0];
    if (!file) return;
    refused.value = file.size > MOST_MIB * 2 ** 20 ? `The picture has more than ${counted(MOST_MIB, "megabyte")}.` : "";
    if (refused.value) return;
    share.value = 0;
    const form = new FormData();
    form.append("file", file);
    await upload("PUT", route, form, (part) => { share.value = part; }).then(onclose, (error) => { refused.value = reasonOf(error); });
    share.value = null;
  };
  const remove = () => api("DELETE", route).then(onclose, (error) => toast(reasonOf(error)));
  return html`<${Dialog} label="Picture" onclose=${onclose}><${Picture} cover=${cover} />
    <label class="button primary file">Choose a picture<input type="file" accept=${KINDS} onchange=${choose} /></label>
    <p class="hint">PNG, JPEG, WebP or HEIC, up to ${MOST_MIB} MB. Where and when it was taken is removed from it.</p>
    ${share.value !== null && html`<progress aria-label="Upload" value=${share.value} max="1"></progress>`}
    ${refused.value && html`<p class="wrong" role="alert">${refused.value}</p>`}
    ${cover && html`<button type="button" class="button danger" onclick=${remove}>Take it away</button>`}<//>`;
}
