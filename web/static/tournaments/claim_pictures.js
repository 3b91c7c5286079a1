/** Screenshots of a claim: sent by drop, paste, choice or camera; shown, with those that look like others. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { KINDS, listen, Thumb } from "../dropping.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { fitting } from "../matches/fitting.js";
import { Whole } from "../matches/picture.js";
import { upload } from "../session.js";
import { counted, reasonOf, uuid } from "../words.js";

const MOST = 10;

/** @param {{ route: string, game: number | null, type: () => void }} props `type` leads to typing it in */
export function Sending({ route, game, type }) {
  const over = useSignal(false);
  const files = useSignal(/** @type {File[]} */ ([]));
  const share = useSignal(/** @type {number | null} */ (null));
  const refused = useSignal("");
  const key = useSignal(uuid());
  const take = (/** @type {Iterable<File>} */ more) => { if (share.value === null) [files.value, refused.value, key.value] = [[...files.value, ...more].slice(0, MOST), "", uuid()]; };
  useEffect(() => listen(over, take), []);
  const onchange = (/** @type {any} */ { currentTarget }) => {
    take(currentTarget.files);
    currentTarget.value = "";
  };
  const send = async () => {
    if (share.value !== null) return;
    share.value = 0;
    const form = new FormData();
    for (const file of await Promise.all(files.value.map(fitting))) form.append("screenshot", file);
    if (game) form.append("game_no", String(game));
    await upload("POST", route, form, (part) => { share.value = part; }, key.value).then(() => { files.value = []; }, (error) => { refused.value = reasonOf(error); });
    share.value = null;
  };
  const ways = html`<div class="ways"><label class="button primary file photo"><${Icon} name="camera" />Take a photo<input type="file" accept="image/*" capture="environment" onchange=${onchange} /></label>
    <label class="button file choose"><${Icon} name="image" />Choose screenshots<input type="file" accept=${KINDS} multiple onchange=${onchange} /></label>
    <button type="button" class="button typing" onclick=${type}><${Icon} name="edit" />Type it in</button></div>`;
  return html`<div class=${over.value ? "add over" : "add"}><p class="drop-words"><${Icon} name="image" /><span><b>Drop the screenshots of the result here</b><span class="hint"> or paste them. The numbers are read from them.</span></span></p>
    ${files.value.length > 0 && html`<div class="row thumbs">${files.value.map((file) => html`<${Thumb} key=${file.name + file.size} file=${file} />`)}</div>`}
    ${files.value.length > 0 ? html`<div class="row wrap"><button type="button" class="button primary" aria-disabled=${share.value !== null} onclick=${send}>Send ${counted(files.value.length, "screenshot")}</button>
      ${share.value === null && html`<label class="button file"><${Icon} name="plus" />More<input type="file" accept=${KINDS} multiple onchange=${onchange} /></label><button type="button" class="link" onclick=${() => { files.value = []; }}>Start over</button>`}</div>` : ways}
    ${share.value !== null && html`<progress aria-label="Upload" value=${share.value} max="1"></progress>`}
    ${refused.value && html`<p class="wrong" role="alert">${refused.value}</p>`}</div>`;
}

/** @param {{ pictures: import("./shapes.js").ClaimPicture[], reading?: boolean }} props */
export function Pictures({ pictures, reading = false }) {
  const large = useSignal(/** @type {import("./shapes.js").Picture | null} */ (null));
  const look = (/** @type {import("./shapes.js").Picture} */ picture) => () => { large.value = picture; };
  return pictures.length > 0 && html`<div class=${reading ? "strip row reading" : "strip row"}>${pictures.map(({ id, position, picture, suspect }) => html`<button type="button" key=${id} aria-label="Screenshot ${position + 1}, enlarge" onclick=${look(picture)}><img src=${picture.thumbnail_url} width=${picture.width} height=${picture.height} alt="" loading="lazy" /></button>
      ${suspect && html`<span class="suspect"><button type="button" aria-label="The same picture in a claim of ${suspect.side?.name ?? "the staff"}, enlarge" onclick=${look(suspect.picture)}><img src=${suspect.picture.thumbnail_url} alt="" loading="lazy" /></button><span class="doubt"><${Icon} name="warn" />also in match ${suspect.match}</span></span>`}`)}</div>
    ${large.value && html`<${Whole} picture=${large.value} onclose=${() => { large.value = null; }} />`}`;
}
