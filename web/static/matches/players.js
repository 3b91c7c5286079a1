/** A lobby: the place and every player's row, to be corrected; or as it stands. */

import { html } from "../html.js";
import { Cell, Notes } from "./cells.js";
import { columnsOf } from "./lobby.js";
import { labelOf } from "./words.js";

/**
 * @typedef {import("./sheet.js").LobbySheet} LobbySheet
 * @typedef {import("./fields.js").Field} Field
 * @typedef {{ sheet: LobbySheet, focus: (id: string | null) => void }} Props
 */

/** Who is asked, and the place; then the rows with something doubtful, then the others. @param {Props} props */
export function LobbyRows({ sheet, focus }) {
  const { doubtful, sure } = sheet.rows.value;
  const part = (/** @type {string} */ title, /** @type {Field[][]} */ rows, hint = "") => rows.length > 0 && html`<section class="players" aria-label=${title || "Players"}>
    ${title && html`<header><h2>${title}</h2>${hint && html`<p class="hint keys-hint">${hint}</p>`}</header>`}
    ${rows.map((row) => html`<${Player} key=${row[0]?.key} row=${row} sheet=${sheet} focus=${focus} />`)}</section>`;
  return html`<${Place} sheet=${sheet} focus=${focus} />
    ${part("Please look at these", doubtful, "Enter keeps a number and goes on to the next.")}${part(doubtful.length ? "Read without doubt" : "", sure)}`;
}

/** The place among all, and which row is the person's own. @param {Props} props */
function Place({ sheet, focus }) {
  const [placement, total] = [sheet.field("place.placement"), sheet.field("place.total")];
  const own = sheet.ownRow.value;
  const keys = [...new Set(sheet.fields.value.map(({ key }) => key))].filter((key) => key !== "place");
  const onchange = (/** @type {any} */ { currentTarget: { value } }) => {
    const asked = own === undefined;
    sheet.choose(value === "" ? undefined : value === "none" ? null : Number(value));
    if (asked && value) focus(sheet.open.value[0]?.id ?? null);
  };
  return html`<div class="place-line">${placement && total && html`<span class="place-of">Place<${Cell} field=${placement} sheet=${sheet} focus=${focus} />of<${Cell} field=${total} sheet=${sheet} focus=${focus} /></span>`}
    ${keys.length > 0 && html`<label class=${own === undefined ? "asks" : ""}>You are<select name="side" onchange=${onchange}>
      ${own === undefined && html`<option value="" selected>Which of them?</option>`}
      ${keys.map((key, row) => html`<option key=${key} value=${row} selected=${row === own}>${sheet.nameIn(key)}</option>`)}
      <option value="none" selected=${own === null}>None of them</option></select></label>`}
    ${placement && total && html`<${Notes} ids=${[placement.id, total.id]} sheet=${sheet} focus=${focus} />`}</div>`;
}

/** @param {{ row: Field[], sheet: LobbySheet, focus: (id: string | null) => void }} props */
function Player({ row, sheet, focus }) {
  const [name, ...cells] = row;
  if (!name) return null;
  const own = sheet.ownRow.value === Number(name.key.slice("row".length));
  return html`<fieldset class=${own ? "player own" : "player"}><legend class="unseen">${sheet.nameIn(name.key)}</legend>
    <${Cell} field=${name} sheet=${sheet} focus=${focus} />${own && html`<span class="hint">you</span>`}
    <div class="player-cells">${cells.map((field) => html`<label key=${field.id}><span class="hint cut" title=${field.label}>${field.label}</span><${Cell} field=${field} sheet=${sheet} focus=${focus} /></label>`)}</div>
    <${Notes} ids=${row.map(({ id }) => id)} sheet=${sheet} focus=${focus} /></fieldset>`;
}

/** The table as it stands. @param {{ lobby: import("./lobby.js").Lobby }} props */
export function Lobby({ lobby: { players, own_row } }) {
  if (!players.length) return null;
  const columns = columnsOf(players);
  return html`<div class="lobby"><table><caption class="unseen">Players</caption><thead><tr><th scope="col">Player</th>${columns.map((key) => html`<th scope="col" key=${key}>${labelOf(key)}</th>`)}</tr></thead>
    <tbody>${players.map((one, row) => html`<tr key=${row} class=${row === own_row ? "own" : ""}><th scope="row">${one["player"] || "–"}${row === own_row && html`<span class="hint"> you</span>`}</th>${columns.map((key) => html`<td key=${key}>${one[key] ?? "–"}</td>`)}</tr>`)}</tbody></table></div>`;
}
