/** All matches in the order of play, with when, who, and how they ended. */

import { useSignal } from "@preact/signals";
import { Empty } from "../components.js";
import { now } from "../connection.js";
import { html } from "../html.js";
import { momentOf } from "../moments.js";
import { wholeTime } from "../words.js";
import { roundName } from "./bracket_layout.js";
import { lengthOf, MATCH_STATES, matchName, pairingOf, SETTLED } from "./words.js";

/**
 * @typedef {import("./store.js").OpenCompetition} OpenCompetition
 * @typedef {import("./shapes.js").MatchCard} MatchCard
 */

const WHICH = { all: "All", mine: "Mine", open: "Still to play" };

/** @param {{ open: OpenCompetition }} props */
export function Schedule({ open }) {
  const which = useSignal(/** @type {keyof typeof WHICH} */ ("all"));
  const own = open.entrant.value?.id ?? null;
  const all = open.matches.value.filter((match) => !isBye(match));
  if (!all.length) return html`<${Empty} icon="matches" title="No match is set yet" heading="h2"><p>They show here once the host has drawn the first stage.</p><//>`;
  const shown = all.filter((match) => (which.value === "mine" ? isOwn(match, own) : which.value === "open" ? !SETTLED.has(match.state) : true));
  const choices = Object.entries(WHICH).filter(([name]) => name !== "mine" || (own !== null && all.some((match) => isOwn(match, own))));
  return html`<div class="chips" role="group" aria-label="Which matches">${choices.map(([name, words]) => html`
      <button type="button" key=${name} class="chip" aria-pressed=${which.value === name} onclick=${() => { which.value = /** @type {any} */ (name); }}>${words}</button>`)}</div>
    ${open.stages.value.map((stage) => html`<${Part} key=${stage.id} open=${open} stage=${stage} matches=${shown.filter((match) => match.stage === stage.id)} own=${own} />`)}
    ${!shown.length && html`<p class="hint">None is left.</p>`}`;
}

/** @param {MatchCard} match @param {number | null} own */
export const isOwn = ({ sides }, own) => own !== null && sides.some(({ entrant }) => entrant?.id === own);

/** Whether nobody plays there. @param {MatchCard} match */
const isBye = ({ sides }) => sides.length === 2 && sides.filter(({ entrant }) => entrant).length === 1 && sides.every(({ feeder }) => feeder === null);

/** @param {{ open: OpenCompetition, stage: import("./shapes.js").Stage, matches: MatchCard[], own: number | null }} props */
function Part({ open, stage, matches, own }) {
  if (!matches.length) return null;
  const last = Math.max(...open.matches.value.filter((match) => match.stage === stage.id).map(({ round }) => round));
  const rounds = [...new Set(matches.map(({ round }) => round))].sort((one, other) => one - other);
  const split = rounds.length > 1 && stage.format !== "lobby";
  const title = (/** @type {number} */ round) => (stage.format === "single_elimination" ? roundName(round, last) : `Round ${round}`);
  const rows = (/** @type {MatchCard[]} */ some) => html`<ul class="schedule">${some.map((match) => html`<li key=${match.id}><${Row} open=${open} match=${match} stage=${stage} own=${own} /></li>`)}</ul>`;
  return html`<section aria-label=${stage.name}><h2 class=${open.stages.value.length > 1 ? null : "unseen"}>${stage.name}</h2>
    ${split ? rounds.map((round) => html`<h3 key=${round} class="hint round">${title(round)}</h3>${rows(matches.filter((match) => match.round === round))}`) : rows(matches)}</section>`;
}

/** @param {{ open: OpenCompetition, match: MatchCard, stage: import("./shapes.js").Stage, own: number | null }} props */
function Row({ open, match, stage, own }) {
  const group = stage.groups.length > 1 ? stage.groups.find(({ id }) => id === match.group)?.name : "";
  const duel = match.sides.length === 2 && stage.format !== "lobby";
  const facts = [duel ? matchName(match) : "", group, match.map, lengthOf(match)].filter(Boolean).join(" · ");
  return html`<a class=${isOwn(match, own) ? "match-row own" : "match-row"} href="/tournaments/${open.id}/matches/${match.id}">
    <span class="at">${match.scheduled_at ? html`<time datetime=${match.scheduled_at} title=${wholeTime(match.scheduled_at)}>${momentOf(match.scheduled_at, now.value)}</time>` : html`<span class="hint">#${match.number}</span>`}</span>
    <span class="grow"><span class="pairing">${duel ? html`<${Pairing} match=${match} />` : html`<b>${matchName(match)}</b><span class="hint"> ${pairingOf(match)}</span>`}</span>${facts && html`<span class="hint more">${facts}</span>`}</span>
    <${How} match=${match} /></a>`;
}

/** @param {{ match: MatchCard }} props */
function Pairing({ match: { sides, winner } }) {
  return sides.map(({ slot, entrant, feeder }) => html`${slot > 0 && html`<span class="hint"> – </span>`}<span key=${slot} class=${winner !== null && entrant?.id !== winner ? "lost-side" : entrant ? "" : "hint"}>${entrant?.name ?? (feeder ? `Winner of ${feeder}` : "Open")}</span>`);
}

/** How it stands: the score, or the state in words. @param {{ match: MatchCard }} props */
export function How({ match: { state, score } }) {
  if (state === "live") return html`<span class="live"><i></i>Live</span>`;
  if (score) return html`<b class="how"><span class="unseen">${MATCH_STATES[state]}: </span>${score.join(":")}</b>`;
  return html`<span class=${state === "disputed" || state === "awaiting_results" ? "how state urgent" : "how hint"}>${MATCH_STATES[state]}</span>`;
}
