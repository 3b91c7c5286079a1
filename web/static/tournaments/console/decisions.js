/** Decisions by hand, each an entry of the log with its reason: points, who is out and in again, places, lots. */

import { useSignal } from "@preact/signals";
import { Dialog, Field } from "../../components.js";
import { html } from "../../html.js";
import { api } from "../../session.js";
import { Choice, choicesOf, ReasonDialog } from "./acting.js";
import { Lot } from "./lots.js";

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("../shapes.js").EntrantCard} EntrantCard
 * @typedef {Record<string, string>} Values
 * @typedef {Record<string, string[]>} Wrong
 */

/** @type {[string, string][]} */
const RESULTS = [["keep", "Its results stay"], ["annul", "Its results count for nobody"], ["last", "It comes last"]];

/** @param {{ open: OpenCompetition, entrant: EntrantCard, onclose: () => void }} props */
export function DisqualifyDialog({ open, entrant: { id, name }, onclose }) {
  const act = (/** @type {Values} */ { results, reason }) => api("POST", `${open.route}disqualifications/`, { entrant_id: id, results, reason });
  return html`<${ReasonDialog} label="Disqualify ${name}?" submit="Disqualify" danger hint="Everybody can read the reason." act=${act} onclose=${onclose}>${(/** @type {Wrong} */ wrong) => html`
    <${Choice} label="What it did" name="results" choices=${RESULTS} error=${wrong.results} />`}<//>`;
}

/** @param {{ open: OpenCompetition, entrant: EntrantCard, onclose: () => void }} props */
export function ReinstateDialog({ open, entrant: { id, name }, onclose }) {
  const act = (/** @type {Values} */ { reason }) => api("POST", `${open.route}reinstatements/`, { entrant_id: id, reason });
  return html`<${ReasonDialog} label="Reinstate ${name}?" submit="Reinstate" hint="As if it had never been out." act=${act} onclose=${onclose} />`;
}

/** What is decided about the table of a stage. @param {{ open: OpenCompetition }} props */
export function Decisions({ open }) {
  const asks = useSignal(/** @type {"adjust" | "override" | "lot" | null} */ (null));
  const stages = open.stages.value.filter(({ state }) => state !== "planned");
  const close = () => { asks.value = null; };
  if (!stages.length) return null;
  const button = (/** @type {"adjust" | "override" | "lot"} */ what, /** @type {string} */ words) => html`<button type="button" class="button" onclick=${() => { asks.value = what; }}>${words}</button>`;
  return html`<section aria-label="Decisions"><h2>Decisions</h2><p class="hint">Disqualifying and reinstating stand at each entrant.</p>
    <div class="row wrap">${button("adjust", "Give or take points…")}${button("override", "Set a place…")}${button("lot", "Record a lot…")}</div>
    ${asks.value === "adjust" && html`<${AdjustDialog} open=${open} stages=${stages} onclose=${close} />`}
    ${asks.value === "override" && html`<${OverrideDialog} open=${open} stages=${stages} onclose=${close} />`}
    ${asks.value === "lot" && html`<${LotDialog} open=${open} stages=${stages} onclose=${close} />`}</section>`;
}

/** Which stage, and who of it. @param {{ open: OpenCompetition, stages: import("../shapes.js").Stage[], wrong: Wrong }} props */
function Whose({ open, stages, wrong }) {
  const stage = useSignal(String(stages.at(-1)?.id));
  const ids = new Set(stages.find(({ id }) => String(id) === stage.value)?.groups.flatMap(({ entrants }) => entrants));
  return html`${stages.length > 1 ? html`<${Choice} label="Stage" name="stage_id" choices=${stages.map(({ id, name }) => [String(id), name])} chosen=${stage.value} onchange=${(/** @type {string} */ id) => { stage.value = id; }} />` : html`<input type="hidden" name="stage_id" value=${stage.value} />`}
    <${Choice} label="Entrant" name="entrant_id" choices=${choicesOf(open.entrants.value.filter(({ id }) => ids.has(id)))} error=${wrong.entrant_id} />`;
}

/** @typedef {{ open: OpenCompetition, stages: import("../shapes.js").Stage[], onclose: () => void }} Place */

/** @param {Place} props */
function AdjustDialog({ open, stages, onclose }) {
  const act = (/** @type {Values} */ { stage_id, entrant_id, points = "", reason }) => api("POST", `${open.route}adjustments/`, { stage_id: Number(stage_id), entrant_id: Number(entrant_id), points: points.trim().replace("−", "-"), reason });
  return html`<${ReasonDialog} label="Give or take points" submit="Record" hint="Everybody can read the reason." act=${act} onclose=${onclose}>${(/** @type {Wrong} */ wrong) => html`<${Whose} open=${open} stages=${stages} wrong=${wrong} />
    <${Field} label="Points" name="points" inputmode="text" autocomplete="off" placeholder="-3" hint="With a minus they are taken." error=${wrong.points} />`}<//>`;
}

/** @param {Place} props */
function OverrideDialog({ open, stages, onclose }) {
  const act = (/** @type {Values} */ { stage_id, entrant_id, place, reason }) => api("POST", `${open.route}overrides/`, { stage_id: Number(stage_id), entrant_id: Number(entrant_id), place: Number(place), reason });
  return html`<${ReasonDialog} label="Set a place" submit="Record" danger hint="Whatever the rules say; the others keep their order." act=${act} onclose=${onclose}>${(/** @type {Wrong} */ wrong) => html`<${Whose} open=${open} stages=${stages} wrong=${wrong} />
    <${Field} type="number" inputmode="numeric" min="1" label="Place" name="place" error=${wrong.place} />`}<//>`;
}

/** Who is tied is chosen, then put in order. @param {Place} props */
function LotDialog({ open, stages, onclose }) {
  const chosen = useSignal(/** @type {number[]} */ ([]));
  const orders = useSignal(false);
  const stage = stages.at(-1);
  const ids = new Set(stage?.groups.flatMap(({ entrants }) => entrants));
  const toggle = (/** @type {number} */ id) => { chosen.value = chosen.value.includes(id) ? chosen.value.filter((one) => one !== id) : [...chosen.value, id]; };
  return html`<${Dialog} label="Record a lot" onclose=${onclose}>${orders.value ? html`<${Lot} open=${open} stage=${stage} tied=${chosen.value} words="The first stands above the others." done=${onclose} />`
    : html`<p class="hint">Who shares a rank in ${stage?.name}?</p><ul class="choose">${open.entrants.value.filter(({ id }) => ids.has(id)).map(({ id, name }) => html`<li key=${id}><label class="tick-row"><input type="checkbox" checked=${chosen.value.includes(id)} onchange=${() => toggle(id)} />${name}</label></li>`)}</ul>
      <button type="button" class="button primary" aria-disabled=${chosen.value.length < 2} onclick=${() => { if (chosen.value.length > 1) orders.value = true; }}>Put them in order</button>`}<//>`;
}
