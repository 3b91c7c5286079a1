/** The fields beside the picture: doubtful ones first and one after the other, Enter confirms and goes on, digits type straight in. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { counted, reasonOf } from "../words.js";
import { SIDES } from "./checks.js";
import { Lens } from "./picture.js";
import { isShare } from "./words.js";

/**
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {import("./fields.js").Field} Field
 */

const SIDE = "side"; // the question which one they are, among the fields

/**
 * `save` is told what the API wants to hear; `children` stand above what was read without doubt, `after` below it.
 * @param {{ sheet: Sheet, pictures: import("./picture.js").Shown[], submit: string, save: (match: any) => Promise<unknown>, children?: any, after?: any }} props
 */
export function Editor({ sheet, pictures, submit, save, children, after }) {
  const root = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [busy, refused] = [useSignal(false), useSignal("")];
  const focus = (/** @type {string | null} */ id) => focusField(root.current, id);
  useEffect(() => { if (sheet.own.value && sheet.open.value.length) focus(sheet.open.value[0]?.id ?? null); }, [sheet]);
  useEffect(() => typeStraightIn(() => {
    const id = sheet.at.value ?? sheet.open.value[0]?.id;
    if (id) focus(id);
  }), [sheet]);
  const onsubmit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const [bad] = sheet.wrong.value.keys();
    const [words, at] = bad ? ["", bad] : lacking(sheet);
    refused.value = words;
    if (at) return focus(at);
    if (busy.value) return;
    busy.value = true;
    await save(sheet.match()).catch((error) => { refused.value = Object.values(error.fields ?? {}).flat()[0] ?? reasonOf(error); });
    busy.value = false;
  };
  const { doubtful, sure } = sheet.rows.value;
  return html`<form ref=${root} class=${pictures.length ? "editor with-picture" : "editor"} onsubmit=${onsubmit} novalidate>
    ${pictures.length > 0 && html`<${Lens} pictures=${pictures} sheet=${sheet} onfield=${focus} />`}
    <div class="sheet-fields">${sheet.field("score.home") && html`<${Score} sheet=${sheet} focus=${focus} />`}
      ${doubtful.length > 0 && html`<${Rows} title="Please look at these" hint="Enter keeps a number and goes on to the next." rows=${doubtful} sheet=${sheet} focus=${focus} />`}
      ${children}
      ${sure.length > 0 && html`<${Rows} title=${doubtful.length ? "Read without doubt" : ""} rows=${sure} sheet=${sheet} focus=${focus} />`}
      ${after}<div class="finish"><p class=${refused.value ? "wrong grow" : "hint grow"} role="status">${refused.value || standing(sheet)}</p>
        <button class="button primary" aria-disabled=${busy.value}>${submit}</button></div></div></form>`;
}

/** @param {HTMLFormElement | null} root @param {string | null} id null: the button at the end */
function focusField(root, id) {
  const field = /** @type {HTMLElement | null | undefined} */ (id ? root?.querySelector(id === SIDE ? "[name=side]" : `[data-field="${CSS.escape(id)}"]`) : root?.querySelector(".finish button"));
  field?.focus();
}

/** What has to be said before the match can stand, and where; nothing where nothing has. @param {Sheet} sheet @returns {[words: string, at: string | null]} */
function lacking(sheet) {
  if (!sheet.own.value) return ["Say which side you are.", SIDE];
  const empty = ["score.home", "score.away"].filter((id) => !sheet.answers.value[id]?.text);
  return empty.length === 1 ? ["Type the goals of both sides.", empty[0] ?? null] : ["", null];
}

/** @param {Sheet} sheet */
function standing(sheet) {
  if (!sheet.own.value) return "Which side are you?";
  const open = sheet.open.value.length;
  if (open) return `${counted(open, "number")} left to look at.`;
  return sheet.breaches.value.length ? "Some numbers do not fit together." : "";
}

/** Digits that meet no field go into the one that is asked. @param {() => void} focus */
function typeStraightIn(focus) {
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    const free = !(event.target instanceof Element && event.target.closest("input, textarea, select, dialog, aside"));
    if (free && /^\d$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) focus();
  };
  addEventListener("keydown", onkeydown, true);
  return () => removeEventListener("keydown", onkeydown, true);
}

/** The score with a name at either side; where it is not known, the person says which one they are (S4). @param {{ sheet: Sheet, focus: (id: string | null) => void }} props */
function Score({ sheet, focus }) {
  const own = sheet.own.value;
  const names = sheet.names ?? ["You", sheet.opponent.value || "Opponent"];
  const team = (/** @type {import("./checks.js").Side} */ side, /** @type {string} */ name) => html`<label class="team ${side} ${own === side ? "own" : ""}">
    ${sheet.names && html`<input type="radio" name="side" value=${side} checked=${own === side} onchange=${() => { sheet.own.value = side; if (!own) focus(sheet.open.value[0]?.id ?? null); }} />`}
    <b class="cut-2" title=${name}>${name || (side === "home" ? "Left side" : "Right side")}</b>${sheet.names && html`<span class="hint">${own === side ? "you" : own ? "opponent" : "this is me"}</span>`}</label>`;
  return html`<fieldset class=${own ? "score-line" : "score-line asks"}><legend class=${own ? "unseen" : ""}>${sheet.names ? "Which side are you?" : "Score"}</legend>
    ${team("home", names[0])}<${Cell} field=${sheet.field("score.home")} sheet=${sheet} focus=${focus} /><span aria-hidden="true">–</span>
    <${Cell} field=${sheet.field("score.away")} sheet=${sheet} focus=${focus} />${team("away", names[1])}
    <${Notes} ids=${["score.home", "score.away"]} sheet=${sheet} focus=${focus} /></fieldset>`;
}

/** @param {{ title: string, hint?: string, rows: Field[][], sheet: Sheet, focus: (id: string | null) => void }} props */
function Rows({ title, hint, rows, sheet, focus }) {
  return html`<section class="stat-rows" aria-label=${title || "Statistics"}>${title && html`<header><h2>${title}</h2>${hint && html`<p class="hint keys-hint">${hint}</p>`}</header>`}
    ${rows.map(([home, away]) => home && away && html`<div class="stat-row" key=${home.key}><${Cell} field=${home} sheet=${sheet} focus=${focus} />
      <span class="what">${home.label}${isShare(home.key) && html`<span class="hint"> %</span>`}</span><${Cell} field=${away} sheet=${sheet} focus=${focus} />
      <${Notes} ids=${[home.id, away.id]} sheet=${sheet} focus=${focus} /></div>`)}</section>`;
}

/** @param {{ field: Field, sheet: Sheet, focus: (id: string | null) => void }} props */
function Cell({ field, sheet, focus }) {
  const { id, label, side, guess, doubtful } = field;
  const { text, sure } = /** @type {import("./fields.js").Answer} */ (sheet.answers.value[id]);
  const breach = sheet.breaches.value.some(({ fields }) => fields.includes(id));
  const looks = sheet.wrong.value.has(id) ? "cell broken" : !sure ? "cell asked" : breach ? "cell doubted" : doubtful ? "cell settled" : "cell";
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") focus(sheet.settle(id)?.id ?? following(sheet, field));
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") focus(neighbour(sheet, field, event.key === "ArrowDown" ? 1 : -1));
    else return;
    event.preventDefault();
  };
  return html`<input class=${looks} data-field=${id} inputmode="decimal" autocomplete="off" maxlength="7" value=${text} placeholder=${guess === null || sure ? "" : `${guess}?`}
    aria-label="${label}, ${nameOf(sheet, side)}" aria-invalid=${sheet.wrong.value.has(id) ? "true" : null} aria-describedby=${breach || !sure || sheet.wrong.value.has(id) ? `note-${field.key}` : null}
    onfocus=${(/** @type {any} */ { currentTarget }) => { sheet.at.value = id; currentTarget.select(); }} onkeydown=${onkeydown}
    oninput=${(/** @type {any} */ { currentTarget }) => sheet.type(id, currentTarget.value)} />`;
}

/** @param {Sheet} sheet @param {import("./checks.js").Side} side */
const nameOf = (sheet, side) => (sheet.own.value ? (sheet.own.value === side ? "you" : "opponent") : sheet.names?.[SIDES.indexOf(side)] || side);

/** Where nothing is doubtful: the field that stands next on the page; null after the last. @param {Sheet} sheet @param {Field} field */
function following(sheet, { id }) {
  const { doubtful, sure } = sheet.rows.value;
  if (doubtful.length) return null;
  const ids = ["score.home", "score.away", ...sure.flat().map((one) => one.id)];
  return ids[ids.indexOf(id) + 1] ?? null;
}

/** The same side of the row above or below, as they stand on the page. @param {Sheet} sheet @param {Field} field @param {number} step */
function neighbour(sheet, { key, side }, step) {
  const { doubtful, sure } = sheet.rows.value;
  const keys = ["score", ...[...doubtful, ...sure].map(([one]) => one?.key)];
  return `${keys[Math.min(keys.length - 1, Math.max(0, keys.indexOf(key) + step))]}.${side}`;
}

/** What is asked, wrong or does not fit about these fields, in words. @param {{ ids: string[], sheet: Sheet, focus: (id: string | null) => void }} props */
function Notes({ ids, sheet, focus }) {
  const asked = ids.map((id) => sheet.field(id)).filter(({ id }) => !sheet.answers.value[id]?.sure);
  const wrong = ids.flatMap((id) => sheet.wrong.value.get(id) ?? []);
  const breaches = sheet.breaches.value.filter(({ fields }) => ids.includes(/** @type {string} */ (fields.at(0))) || (ids.includes(sheet.at.value ?? "") && fields.includes(sheet.at.value ?? "")));
  const key = ids[0]?.split(".")[0];
  if (!asked.length && !wrong.length && !breaches.length) return null;
  return html`<div class="notes" id="note-${key}">${asked.map((field) => html`<${Asked} key=${field.id} field=${field} sheet=${sheet} focus=${focus} />`)}
    ${wrong.slice(0, 1).map((words) => html`<p class="wrong">${words}</p>`)}
    ${breaches.map(({ rule, fields, words }) => html`<p key=${rule + fields[0]} class="doubt"><${Icon} name="warn" />${words}</p>`)}</div>`;
}

/** One doubtful number: taken with a tap, or said not to be there. @param {{ field: Field, sheet: Sheet, focus: (id: string | null) => void }} props */
function Asked({ field: { id, guess, side }, sheet, focus }) {
  const name = nameOf(sheet, side);
  const settle = (/** @type {boolean} */ empty) => () => focus(sheet.settle(id, empty)?.id ?? null);
  return html`<p class="asks-one ${side}"><span class="hint">${guess === null ? "Not readable" : "Is it"}</span>
    ${guess !== null && html`<button type="button" class="chip" aria-label="${guess}, ${name}: keep it" onclick=${settle(false)}><${Icon} name="check" />${guess}</button>`}
    <button type="button" class="chip" aria-label="Not shown, ${name}" onclick=${settle(true)}>not shown</button></p>`;
}
