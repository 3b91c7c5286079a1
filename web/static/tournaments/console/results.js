/** Results by hand: which match, its numbers, what else may become of it, decisions, and the log of all that. */

import { Empty } from "../../components.js";
import { html } from "../../html.js";
import { go } from "../../router.js";
import { matchName, MATCH_STATES, pairingOf } from "../words.js";
import { Decisions } from "./decisions.js";
import { Entering } from "./entering.js";
import { Log } from "./log.js";
import { isReady, openMatches } from "./next_act.js";

/** @param {import("./page.js").Part} props */
export function Results({ open, match }) {
  const matches = open.matches.value.filter(isReady);
  if (!matches.length) return html`<${Empty} icon="matches" title="No match is set yet" heading="h2"><p>Results are entered here once the first stage is drawn.</p><//>`;
  const shown = matches.find(({ id }) => id === match) ?? openMatches(matches)[0] ?? /** @type {import("../shapes.js").MatchCard} */ (matches.at(-1));
  const choose = (/** @type {any} */ event) => go(`/tournaments/${open.id}/console/results/${event.currentTarget.value}`);
  const stages = open.stages.value.filter((stage) => matches.some((one) => one.stage === stage.id));
  const choices = (/** @type {import("../shapes.js").Stage} */ stage) => matches.filter((one) => one.stage === stage.id).map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === shown.id}>${matchName(one)}, ${pairingOf(one)} · ${MATCH_STATES[one.state]}</option>`);
  return html`<select aria-label="Match" value=${shown.id} onchange=${choose}>${stages.length > 1 ? stages.map((stage) => html`<optgroup key=${stage.id} label=${stage.name}>${choices(stage)}</optgroup>`) : stages.map(choices)}</select>
    <${Entering} key=${shown.id} open=${open} id=${shown.id} />
    ${open.mine.value?.acts.includes("penalise") && html`<${Decisions} open=${open} />`}
    <${Log} open=${open} />`;
}
