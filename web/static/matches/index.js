/** The matches of this person: where new ones come in, those that wait for a look, and all the others with filters. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { askToSignIn } from "../accounts/sign_in.js";
import { Empty, Time } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Loading } from "../resource.js";
import { user } from "../session.js";
import { Add } from "./adding.js";
import { filters, useMatches } from "./store.js";
import { gameOf, RESULTS } from "./words.js";

/** @typedef {import("./store.js").Line} Line */

const PAUSE_MS = 250; // in typing, before the server is asked
const STATES = { "": "Every state", reading: "Being read", proposed: "To confirm", confirmed: "Confirmed", shared: "Shared", refused: "Not read", failed: "Failed" };
const OUTCOMES = { "": "Every result", win: "Won", draw: "Drawn", loss: "Lost" };
const TABS = { "/matches": "Matches", "/matches/statistics": "Statistics" };

/** The head of the room. @param {{ at: string, children?: any }} props */
export function Head({ at }) {
  return html`<h1>Matches</h1><nav class="tabs" aria-label="Parts of your matches">${Object.entries(TABS).map(([href, words]) => html`
    <a key=${href} href=${href} aria-current=${href === at ? "page" : null}>${words}</a>`)}</nav>`;
}

export function Index() {
  return html`<section class="page matches"><${Head} at="/matches" /><${Add} />${user.value ? html`<${Own} key=${user.value.id} />` : html`<${Stranger} />`}</section>`;
}

function Stranger() {
  return html`<${Empty} icon="matches" title="Your matches, without typing" heading="h2"><p>A screenshot of the result is enough: who played, the score and every number are read from it, and add up to your statistics.</p>
    <button type="button" class="button" onclick=${() => askToSignIn("in")}>Sign in</button><//>`;
}

function Own() {
  const { matches, next, refused, load } = useMatches(filters.value);
  const narrowed = Object.values(filters.value).some(Boolean);
  if (refused.value) return html`<p class="wrong" role="alert">${refused.value} <button type="button" class="link" onclick=${() => load()}>Retry</button></p>`;
  if (!matches.value) return html`<${Loading} />`;
  if (!matches.value.length && !narrowed) {
    return html`<${Empty} icon="matches" title="No match yet" heading="h2"><p>Send the screen with the statistics of a finished match. You look over what was read, and it counts.</p><//>`;
  }
  return html`<${Filter} /><${Rows} matches=${matches.value} />
    <p class="hint" role="status">${matches.value.length ? "" : "No match is like that."}</p>
    ${next.value !== null && html`<button type="button" class="button" onclick=${() => load(true)}>Show older</button>`}`;
}

function Filter() {
  const text = useSignal(filters.value.opponent);
  const put = (/** @type {Partial<import("./store.js").Filters>} */ change) => { filters.value = { ...filters.value, ...change }; };
  const onchange = (/** @type {any} */ { currentTarget: { name, value } }) => put({ [name]: value });
  useEffect(() => {
    const timer = setTimeout(() => { if (text.value !== filters.value.opponent) put({ opponent: text.value }); }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text.value]);
  const choice = (/** @type {"result" | "state"} */ name, /** @type {string} */ label, /** @type {Record<string, string>} */ choices) => html`<select name=${name} aria-label=${label} onchange=${onchange}>
    ${Object.entries(choices).map(([value, words]) => html`<option key=${value} value=${value} selected=${value === filters.value[name]}>${words}</option>`)}</select>`;
  const { result, state, since, until } = filters.value;
  return html`<div class="filter" role="search"><input type="search" aria-label="Opponent" placeholder="Opponent" value=${text.value} oninput=${(/** @type {any} */ event) => { text.value = event.currentTarget.value; }} />
    <details open=${Boolean(result || state || since || until)}><summary class="button">Filter</summary><div class="more">${choice("result", "Result", OUTCOMES)}${choice("state", "State", STATES)}
      <label>From<input type="date" name="since" value=${since} onchange=${onchange} /></label><label>to<input type="date" name="until" value=${until} onchange=${onchange} /></label></div></details></div>`;
}

/** @param {{ matches: Line[] }} props */
export function Rows({ matches }) {
  return html`<ul class="cards match-list" aria-label="Matches">${matches.map((match) => html`<li key=${match.id}><${Row} match=${match} /></li>`)}</ul>`;
}

/** @param {{ match: Line }} props */
function Row({ match }) {
  const { id, state, opponent, opponent_name, played_at } = match;
  const name = opponent?.person?.name || opponent_name || opponent?.name || (match.user && !opponent ? "A lobby" : "");
  return html`<a class="card match-card is-${state}" href="/matches/${id}"><${Mark} match=${match} />
    <div class="grow"><p class="cut"><b>${name ? name : state === "reading" ? "A new screenshot" : "Opponent not named"}</b></p><p class="hint cut">${gameOf(match.game) && html`${gameOf(match.game)} · `}<${Time} at=${played_at} /></p></div>
    <${Standing} match=${match} /></a>`;
}

/** @param {{ match: Line }} props */
export function Mark({ match: { result, state } }) {
  const shown = result ? RESULTS[result] : null;
  if (shown) return html`<span class="mark-of ${result}" title=${shown.words}><span aria-hidden="true">${shown.letter}</span><span class="unseen">${shown.words}</span></span>`;
  const icon = state === "reading" ? "clock" : state === "refused" || state === "failed" ? "warn" : state === "proposed" ? "edit" : "matches";
  return html`<span class="mark-of is-${state}"><${Icon} name=${icon} /></span>`;
}

/** @param {{ match: Line }} props */
function Standing({ match: { state, placement, score_user, score_opponent } }) {
  if (state === "reading") return html`<span class="reads hint">Reading<i></i></span>`;
  if (state === "refused" || state === "failed") return html`<span class="hint stands">Not read</span>`;
  if (state === "proposed") return html`<span class="badge">Confirm</span>`;
  if (placement !== null) return html`<b class="score-of"><span class="unseen">Place </span><span aria-hidden="true">#</span>${placement}</b>`;
  return html`${state === "shared" && html`<span title="Agreed by both of you"><${Icon} name="people" /></span>`}<b class="score-of">${score_user ?? "–"}<span aria-hidden="true">:</span><span class="unseen"> to </span>${score_opponent ?? "–"}</b>`;
}
