/** How a match ended: the games of a duel, the places of a lobby. */

import { html } from "../html.js";
import { EntrantMark } from "./entrants.js";
import { duelDraft, isPlain } from "./payloads.js";

/**
 * @typedef {import("./shapes.js").Match} Match
 * @typedef {import("./shapes.js").MatchCard} MatchCard
 * @typedef {import("./store.js").OpenCompetition} OpenCompetition
 */

/** @param {{ open: OpenCompetition, match: Match, stage: import("./shapes.js").Stage | undefined }} props */
export function ResultOf({ open, match, stage }) {
  const games = Object.entries(match.results).sort(([one], [other]) => Number(one) - Number(other));
  if (!games.length) {
    if (stage?.format !== "lobby") return null;
    return html`<section aria-label="Who plays"><h2>Who plays</h2><ul class="entrants two">${match.sides.map(({ slot, entrant }) => entrant && html`<li key=${slot} class=${entrant.id === open.entrant.value?.id ? "own" : null}><span class="plain-row"><span class="no">${slot + 1}</span><${EntrantMark} entrant=${entrant} /><span class="grow cut">${entrant.name}</span></span></li>`)}</ul></section>`;
  }
  return games.filter(([, payload]) => !isPlain(payload)).map(([game, payload]) => html`<section key=${game} aria-label="Result"><h2>${game ? `Game ${game}` : "Result"}</h2><${Payload} payload=${payload} match=${match} own=${open.entrant.value?.id} /></section>`);
}

/** A payload, as a table. @param {{ payload: any, match: MatchCard, own?: number | undefined }} props */
export function Payload({ payload, match, own }) {
  if (payload.rows) return html`<${Places} payload=${payload} match=${match} own=${own} />`;
  if (payload.games) return html`<${Games} payload=${payload} match=${match} />`;
  const nameOf = (/** @type {number} */ id) => match.sides.find(({ entrant }) => entrant?.id === id)?.entrant?.name ?? "";
  if (payload.winner) return html`<p>${nameOf(payload.winner)} won by walk-over.</p>`;
  return html`<p>${payload.entrants ? "Both sides forfeited." : "This match counts for nobody."}</p>`;
}

const EXTRA = /** @type {[string, string][]} */ ([["damage", "Damage"], ["headshots", "Headshots"], ["survival_s", "Alive"]]);

/** @param {{ payload: any, match: MatchCard, own: number | undefined }} props */
function Places({ payload, match, own }) {
  const cards = new Map(match.sides.flatMap(({ entrant }) => (entrant ? [[entrant.id, entrant]] : [])));
  const extra = EXTRA.filter(([name]) => payload.rows.some((/** @type {any} */ row) => row[name] != null));
  const rows = [...payload.rows].sort((one, other) => (one.placement ?? Infinity) - (other.placement ?? Infinity));
  const away = (payload.absent ?? []).flatMap((/** @type {number} */ id) => cards.get(id)?.name ?? []);
  return html`<div class="table-box"><table class="standings"><thead><tr><th scope="col"><span class="unseen">Place</span><span aria-hidden="true">#</span></th><th scope="col" class="who">Team</th>${extra.map(([name, words]) => html`<th key=${name} scope="col" class="roomy">${words}</th>`)}<th scope="col" class="points">Kills</th></tr></thead>
    <tbody>${rows.map((row, at) => html`<tr key=${row.entrant ?? at} class=${row.entrant === own ? "own" : null}><td class="rank">${row.placement ?? "–"}</td><th scope="row" class="who"><span class="who-is">${cards.has(row.entrant) && html`<${EntrantMark} entrant=${cards.get(row.entrant)} />`}<span class="cut">${cards.get(row.entrant)?.name ?? "Not known"}</span></span></th>
      ${extra.map(([name]) => html`<td key=${name} class="roomy">${row[name] ?? "–"}</td>`)}<td class="points">${row.kills ?? "–"}</td></tr>`)}</tbody></table></div>
    ${away.length > 0 && html`<p class="hint">Absent: ${away.join(", ")}.</p>`}`;
}

/** @param {{ payload: any, match: MatchCard }} props */
function Games({ payload, match }) {
  const { scores, decider } = duelDraft(match, payload, []);
  const played = scores.filter(([one, other]) => one !== "" || other !== "");
  return html`<ol class="games">${played.map(([one, other], at) => html`<li key=${at}><span class="hint">Game ${at + 1}</span><b>${one || "–"}:${other || "–"}</b></li>`)}
    ${payload.decider && html`<li><span class="hint">Shoot-out</span><b>${decider.join(":")}</b></li>`}</ol>`;
}
