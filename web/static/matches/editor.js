/** The fields beside the picture: doubtful ones first and one after the other, Enter confirms and goes on, digits type straight in. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { html } from "../html.js";
import { counted, reasonOf } from "../words.js";
import { Cell, Notes } from "./cells.js";
import { Lens } from "./picture.js";
import { LobbyRows } from "./players.js";
import { LobbySheet, SIDE } from "./sheet.js";
import { isShare } from "./words.js";

/**
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {import("./fields.js").Field} Field
 */

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
    const [words, at] = bad ? ["", bad] : sheet.lacking();
    refused.value = words;
    if (at) return focus(at);
    if (busy.value) return;
    busy.value = true;
    await save(sheet.match()).catch((error) => { refused.value = Object.values(error.fields ?? {}).flat()[0] ?? reasonOf(error); });
    busy.value = false;
  };
  return html`<form ref=${root} class=${pictures.length ? "editor with-picture" : "editor"} onsubmit=${onsubmit} novalidate>
    ${pictures.length > 0 && html`<${Lens} pictures=${pictures} sheet=${sheet} onfield=${focus} />`}
    <div class="sheet-fields">${sheet instanceof LobbySheet ? html`<${LobbyRows} sheet=${sheet} focus=${focus} />${children}` : html`<${TwoSides} sheet=${sheet} focus=${focus}>${children}<//>`}
      ${after}<div class="finish"><p class=${refused.value ? "wrong grow" : "hint grow"} role="status">${refused.value || standing(sheet)}</p>
        ${sheet.before.value.length > 0 && html`<button type="button" class="link" onclick=${() => focus(sheet.undo())}>Undo</button>`}
        <button class="button primary" aria-disabled=${busy.value}>${submit}</button></div></div></form>`;
}

/** @param {HTMLFormElement | null} root @param {string | null} id null: the button at the end */
function focusField(root, id) {
  const field = /** @type {HTMLElement | null | undefined} */ (id ? root?.querySelector(id === SIDE ? "[name=side]" : `[data-field="${CSS.escape(id)}"]`) : root?.querySelector(".finish button"));
  field?.focus();
}

/** @param {Sheet} sheet */
function standing(sheet) {
  if (!sheet.own.value) return sheet instanceof LobbySheet ? "Which of them are you?" : "Which side are you?";
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

/** The score, what is doubtful, `children`, what is not. @param {{ sheet: Sheet, focus: (id: string | null) => void, children?: any }} props */
function TwoSides({ sheet, focus, children }) {
  const { doubtful, sure } = sheet.rows.value;
  return html`${sheet.field("score.home") && html`<${Score} sheet=${sheet} focus=${focus} />`}
    ${doubtful.length > 0 && html`<${Rows} title="Please look at these" hint="Enter keeps a number and goes on to the next." rows=${doubtful} sheet=${sheet} focus=${focus} />`}
    ${children}
    ${sure.length > 0 && html`<${Rows} title=${doubtful.length ? "Read without doubt" : ""} rows=${sure} sheet=${sheet} focus=${focus} />`}`;
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
