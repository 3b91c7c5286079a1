/** Screenshots on their way: dropped, pasted, chosen or photographed; sent in the background, whatever room is looked at. */

import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { askToSignIn } from "../accounts/sign_in.js";
import { Dialog, IconButton } from "../components.js";
import { KINDS, listen, Thumb } from "../dropping.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { go, path } from "../router.js";
import { upload, user } from "../session.js";
import { counted, reasonOf, uuid } from "../words.js";
import { fitting } from "./fitting.js";
import { reasonWords } from "./words.js";

/** @typedef {{ id: string, files: File[], share: number, refused: string, known: string | null, again: boolean }} Sending `known` is the match that has these bytes already */

const MOST_OF_ONE = 4;

/** The files behind matches that were sent from here, so that they are seen before the server has made pictures of them. */
export const sent = new Map(/** @type {[string, File[]][]} */ ([]));
/** What is on its way, or was refused and not put away. */
export const sendings = signal(/** @type {Sending[]} */ ([]));
/** Several pictures of which nobody has said yet whether they are of one match. */
const unsorted = signal(/** @type {File[]} */ ([]));

/** Take these pictures; where there are several, ask first. @param {Iterable<File>} files */
function take(files) {
  const pictures = [...files];
  if (!pictures.length) return;
  if (!user.value) return askToSignIn("in", () => take(pictures));
  if (pictures.length > 1) unsorted.value = pictures;
  else send(pictures);
}

/** @param {File[]} files @param {boolean} [again] */
async function send(files, again = false) {
  const id = uuid();
  const put = (/** @type {Partial<Sending>} */ change) => { sendings.value = sendings.value.map((one) => (one.id === id ? { ...one, ...change } : one)); };
  sendings.value = [...sendings.value, { id, files, share: 0, refused: "", known: null, again }];
  try {
    const form = new FormData();
    for (const file of await Promise.all(files.map(fitting))) form.append("screenshot", file);
    if (again) form.append("again", "true");
    const match = await upload("POST", "matches/", form, (share) => put({ share }), id);
    sent.set(match.id, files);
    discard(id);
    if (sendings.value.length === 0 && path.value === "/matches") go(`/matches/${match.id}`);
  } catch (error) {
    put({ refused: wordsOf(error), known: error instanceof Error && "facts" in error ? /** @type {any} */ (error).facts.id ?? null : null });
  }
}

/** @param {any} error */
function wordsOf(error) {
  const [title, what] = reasonWords(error.code);
  return reasonWords(null)[0] === title ? reasonOf(error) : `${title}. ${what}`;
}

/** @param {string} id */
function discard(id) {
  sendings.value = sendings.value.filter((one) => one.id !== id);
}

/** Where pictures come in; the whole page takes what is dropped or pasted while this is shown. */
export function Add() {
  const over = useSignal(false);
  useEffect(() => listen(over, take), []);
  const onchange = (/** @type {any} */ { currentTarget }) => {
    take(currentTarget.files);
    currentTarget.value = "";
  };
  return html`<section class=${over.value ? "add over" : "add"} aria-label="Add a match">
    <p class="drop-words"><${Icon} name="image" /><span><b>Drop the screenshot of a result here</b><span class="hint"> or paste it. The numbers are read from it.</span></span></p>
    <div class="ways"><label class="button primary file photo"><${Icon} name="camera" />Take a photo<input type="file" accept="image/*" capture="environment" onchange=${onchange} /></label>
      <label class="button file choose"><${Icon} name="image" />Choose pictures<input type="file" accept=${KINDS} multiple onchange=${onchange} /></label>
      <a class="button typing" href="/matches/new"><${Icon} name="edit" />Type it in</a></div>
    ${sendings.value.map((one) => html`<${Way} key=${one.id} sending=${one} />`)}
    ${unsorted.value.length > 0 && html`<${Sort} files=${unsorted.value} />`}</section>`;
}

/** One upload, from its first byte to its match. @param {{ sending: Sending }} props */
function Way({ sending: { id, files, share, refused, known } }) {
  const name = files.length === 1 ? files[0]?.name : counted(files.length, "picture");
  const words = refused ? "" : share < 1 ? `Sending, ${Math.round(share * 100)} %` : "Sent. One moment…";
  return html`<div class="way"><${Thumb} file=${/** @type {File} */ (files[0])} /><div class="grow"><p class="cut"><b>${name}</b></p>
      ${refused ? html`<p class="wrong" role="alert">${refused}</p><p class="acts">${known && html`<a class="link" href="/matches/${known}" onclick=${() => discard(id)}>Open that match</a>`}
          <button type="button" class="link" onclick=${() => { discard(id); send(files, known !== null); }}>${known ? "Add it again" : "Try again"}</button></p>`
        : html`<progress aria-label="Upload of ${name}" value=${share} max="1"></progress><p class="hint" role="status">${words}</p>`}</div>
    ${refused && html`<${IconButton} icon="close" label="Put away" onclick=${() => discard(id)} />`}</div>`;
}

/** Whether several pictures are of one match. @param {{ files: File[] }} props */
function Sort({ files }) {
  const close = () => { unsorted.value = []; };
  const one = () => { close(); send(files); };
  const each = () => { close(); files.forEach((file) => send([file])); };
  return html`<${Dialog} label="${counted(files.length, "picture")} of one match?" onclose=${close}>
    <div class="row thumbs">${files.slice(0, 6).map((file) => html`<${Thumb} key=${file.name} file=${file} />`)}</div>
    <p class="hint">Tabs and scrolled lists of one match are read together.${files.length > MOST_OF_ONE ? ` One match has up to ${MOST_OF_ONE} pictures.` : ""}</p>
    <div class="row wrap">${files.length <= MOST_OF_ONE && html`<button type="button" class="button primary" onclick=${one}>One match</button>`}
      <button type="button" class="button" onclick=${each}>${counted(files.length, "match", "matches")}</button></div><//>`;
}
