/** One number of a match as somebody types it, and what there is to say of it. */

import { html } from "../html.js";
import { Icon } from "../icons.js";

/**
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {import("./fields.js").Field} Field
 * @typedef {(id: string | null) => void} Focus
 */

const MOST = { name: 60, unit: 12, number: 7, place: 3 };

/** "Shots, you"; "Kills, amanbhatt004"; "Place". @param {Sheet} sheet @param {Field} field */
const nameOf = (sheet, field) => [field.label, sheet.whose(field)].filter(Boolean).join(", ");

/** @param {{ field: Field, sheet: Sheet, focus: Focus }} props */
export function Cell({ field, sheet, focus }) {
  const { id, key, guess, doubtful, kind = "number" } = field;
  const { text, sure } = /** @type {import("./fields.js").Answer} */ (sheet.answers.value[id]);
  const breach = sheet.breaches.value.some(({ fields }) => fields.includes(id));
  const wrong = sheet.wrong.value.has(id);
  const looks = wrong ? "broken" : !sure ? "asked" : breach ? "doubted" : doubtful ? "settled" : "";
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") focus(sheet.settle(id)?.id ?? sheet.following(field));
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") focus(sheet.neighbour(field, event.key === "ArrowDown" ? 1 : -1));
    else return;
    event.preventDefault();
  };
  return html`<input class="cell ${kind} ${looks}" data-field=${id} inputmode=${kind === "name" || kind === "unit" ? null : "decimal"} autocomplete="off" maxlength=${MOST[kind]} value=${text} placeholder=${guess === null || sure ? "" : `${guess}?`}
    aria-label=${nameOf(sheet, field)} aria-invalid=${wrong ? "true" : null} aria-describedby=${breach || !sure || wrong ? `note-${key}` : null}
    onfocus=${(/** @type {any} */ { currentTarget }) => { sheet.at.value = id; currentTarget.select(); }} onkeydown=${onkeydown}
    oninput=${(/** @type {any} */ { currentTarget }) => sheet.type(id, currentTarget.value)} />`;
}

/** What is asked, wrong or does not fit about these fields, in words. @param {{ ids: string[], sheet: Sheet, focus: Focus }} props */
export function Notes({ ids, sheet, focus }) {
  const asked = ids.map((id) => sheet.field(id)).filter(({ id }) => !sheet.answers.value[id]?.sure);
  const wrong = ids.flatMap((id) => sheet.wrong.value.get(id) ?? []);
  const breaches = sheet.breaches.value.filter(({ fields }) => ids.includes(/** @type {string} */ (fields.at(0))) || (ids.includes(sheet.at.value ?? "") && fields.includes(sheet.at.value ?? "")));
  const key = ids[0]?.split(".")[0];
  if (!asked.length && !wrong.length && !breaches.length) return null;
  return html`<div class="notes" id="note-${key}">${asked.map((field) => html`<${Asked} key=${field.id} field=${field} sheet=${sheet} focus=${focus} />`)}
    ${wrong.slice(0, 1).map((words) => html`<p class="wrong">${words}</p>`)}
    ${breaches.map(({ rule, fields, words }) => html`<p key=${rule + fields[0]} class="doubt"><${Icon} name="warn" />${words}</p>`)}</div>`;
}

/** One doubtful number: taken with a tap, or said not to be there. @param {{ field: Field, sheet: Sheet, focus: Focus }} props */
function Asked({ field, sheet, focus }) {
  const { id, guess, side, kind, label } = field;
  const settle = (/** @type {boolean} */ empty) => () => focus(sheet.settle(id, empty)?.id ?? null);
  const name = kind ? nameOf(sheet, field) : sheet.whose(field); // of a lobby one sees many questions at once
  return html`<p class="asks-one ${side}"><span class="hint">${kind ? `${label}: ` : ""}${guess === null ? "not readable" : "is it"}</span>
    ${guess !== null && html`<button type="button" class="chip" aria-label="${guess}, ${name}: keep it" onclick=${settle(false)}><${Icon} name="check" />${guess}</button>`}
    <button type="button" class="chip" aria-label="Not shown, ${name}" onclick=${settle(true)}>not shown</button></p>`;
}
