/** A match without a picture, typed in; and the rows that a table may still need. */

import { useMemo } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { html } from "../html.js";
import { go } from "../router.js";
import { api } from "../session.js";
import { uuid } from "../words.js";
import { Editor } from "./editor.js";
import { fieldsOf, keyOf } from "./fields.js";
import { Sheet } from "./sheet.js";
import { gameOf, labelOf } from "./words.js";

export const GAMES = ["efootball", "efootball_mobile", "ea_fc_26", "ea_fc_25", "ea_fc_24", "fifa_23", "pes_2021"];
const COMMON = ["possession", "shots", "shots_on_target", "fouls", "corner_kicks", "passes"];
/** What people add most often. */
const KNOWN = [...COMMON, "offsides", "free_kicks", "completed_passes", "crosses", "interceptions", "tackles", "saves", "yellow_cards", "red_cards", "pass_accuracy", "shot_accuracy", "expected_goals"];

export function Typing() {
  const sheet = useMemo(() => new Sheet(blank(COMMON), { own: "home" }), []);
  const game = useSignal("efootball");
  const played = useSignal(localNow());
  const key = useMemo(uuid, []);
  const save = async (/** @type {any} */ { side: _, ...match }) => {
    const body = { ...match, stats: withoutEmpty(match.stats), game: game.value, ...(played.value && { played_at: new Date(played.value).toISOString() }) };
    const { id } = await api("POST", "matches/", body, key);
    go(`/matches/${id}`);
  };
  return html`<section class="page matches"><h1>Type a match in</h1><${Editor} sheet=${sheet} pictures=${[]} submit="Save the match" save=${save} after=${html`<${MoreRows} sheet=${sheet} />`}>
    <${Opponent} sheet=${sheet} /><div class="pair"><div class="field"><label for="match-game">Game</label><select id="match-game" onchange=${(/** @type {any} */ event) => { game.value = event.currentTarget.value; }}>
      ${GAMES.map((name) => html`<option key=${name} value=${name} selected=${name === game.value}>${gameOf(name)}</option>`)}</select></div>
      <div class="field"><label for="match-played">Played</label><input id="match-played" type="datetime-local" value=${played.value} max=${localNow()} onchange=${(/** @type {any} */ event) => { played.value = event.currentTarget.value; }} /></div></div><//></section>`;
}

/** Empty fields of these rows, none of them doubtful: what is left empty is not known. @param {string[]} keys @returns {import("./fields.js").Field[]} */
export const blank = (keys) => fieldsOf({ stats: Object.fromEntries(keys.map((key) => [key, {}])) }).map((field) => ({ ...field, doubtful: false }));

/** @param {Record<string, { user: number | null, opponent: number | null }>} stats */
const withoutEmpty = (stats) => Object.fromEntries(Object.entries(stats).filter(([, { user, opponent }]) => user !== null || opponent !== null));

/** This minute by the reader's clock, as such a field has it. */
function localNow() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** @param {{ sheet: Sheet }} props */
export function Opponent({ sheet }) {
  return html`<div class="field"><label for="match-opponent">Opponent</label><input id="match-opponent" maxlength="60" autocomplete="off" placeholder="Who was it?" value=${sheet.opponent.value}
    oninput=${(/** @type {any} */ event) => { sheet.typedOpponent.value = event.currentTarget.value; }} /></div>`;
}

/** A row that is not there yet: one of the usual ones, or any by its name. @param {{ sheet: Sheet }} props */
export function MoreRows({ sheet }) {
  const there = new Set(sheet.fields.value.map(({ key }) => key));
  const add = (/** @type {any} */ { currentTarget }) => {
    const text = currentTarget.value.trim();
    const known = KNOWN.find((key) => labelOf(key).toLowerCase() === text.toLowerCase());
    const key = known ?? keyOf(text);
    if (!key || there.has(key)) return;
    sheet.add(key, known ? labelOf(known) : text);
    currentTarget.value = "";
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector(`[data-field="${CSS.escape(key)}.home"]`))?.focus());
  };
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add(event);
  };
  return html`<div class="field more-rows"><label for="match-row">Another row</label><input id="match-row" list="match-rows" maxlength="50" placeholder="Tackles, saves…" onchange=${add} onkeydown=${onkeydown} />
    <datalist id="match-rows">${KNOWN.filter((key) => !there.has(key)).map((key) => html`<option key=${key} value=${labelOf(key)} />`)}</datalist></div>`;
}
