/** The directory of tournaments and scrims, and those of this person. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Empty } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { user } from "../session.js";
import { games } from "../teams/games.js";
import { Cards } from "./card.js";
import { filters, forget, queryOf, useCompetitions } from "./directory.js";
import { MODES, STATES } from "./words.js";

const TABS = { "/play": "All", "/play/scrims": "Scrims", "/play/tournaments": "Tournaments", "/play/mine": "Yours" };
const PAUSE_MS = 250; // in typing, before the server is asked
const LISTED = ["published", "registration_open", "registration_closed", "check_in", "live", "paused", "completed", "cancelled"];
const FEES = { "": "Any fee", free: "Free", paid: "With a fee" };

/** @param {{ at: string }} props */
export function Index({ at }) {
  const shown = at in TABS && (at !== "/play/mine" || user.value) ? at : "/play";
  const kinds = shown === "/play/scrims" ? ["scrims"] : shown === "/play/tournaments" ? ["tournaments"] : ["scrims", "tournaments"];
  const mine = shown === "/play/mine";
  return html`<section class="page plays-page"><header class="row"><h1 class="grow">Play</h1>${user.value && html`<a class="button" href="/play/new"><${Icon} name="plus" />Host</a>`}<a class="button" href="/boards">Boards</a><a class="button" href="/teams"><${Icon} name="people" />Teams</a></header>
    <nav class="tabs" aria-label="Which ones">${Object.entries(TABS).map(([href, words]) => (href !== "/play/mine" || user.value) && html`
      <a key=${href} href=${href} aria-current=${href === shown ? "page" : null}>${words}</a>`)}</nav>
    ${!mine && html`<${Filter} />`}
    <${Found} key=${shown} kinds=${kinds} mine=${mine} /></section>`;
}

/** @param {{ kinds: string[], mine: boolean }} props */
function Found({ kinds, mine }) {
  const query = mine ? "mine=true" : queryOf(filters.value);
  const asked = (/** @type {string} */ kind) => (kinds.includes(kind) ? `${kind}/` : "");
  const shown = [{ kind: "scrims", ...useCompetitions(asked("scrims"), query) }, { kind: "tournaments", ...useCompetitions(asked("tournaments"), query) }];
  const refused = shown.map(({ refused }) => refused.value).find(Boolean);
  if (refused) return html`<p class="wrong" role="alert">${refused} <button type="button" class="link" onclick=${() => shown.forEach(({ load }) => load())}>Retry</button></p>`;
  if (shown.some(({ found }) => !found.value)) return html`<${Bones} />`;
  const count = shown.reduce((sum, { found }) => sum + (found.value?.length ?? 0), 0);
  return html`${shown.map(({ kind, found, next, load }) => found.value && found.value.length > 0 && html`<section key=${kind} class="kind-of" aria-label=${titleOf(kind)}><h2 class=${kinds.length > 1 ? null : "unseen"}>${titleOf(kind)}</h2>
      <${Cards} label=${titleOf(kind)} cards=${found.value} />
      ${next.value !== null && html`<button type="button" class="button" onclick=${() => load(true)}>Show more ${kind}</button>`}</section>`)}
    ${!count && html`<${Nothing} mine=${mine} />`}<p class="unseen" role="status">${count ? `${count} found` : "None found"}</p>`;
}

/** @param {string} kind */
const titleOf = (kind) => (kind === "scrims" ? "Scrims" : "Tournaments");

/** The cards in their final shape, before they are known. */
function Bones() {
  return html`<div class="plays bones" role="status"><span class="unseen">Loading…</span>${[1, 2, 3, 4].map((one) => html`<i key=${one}></i>`)}</div>`;
}

/** @param {{ mine: boolean }} props */
function Nothing({ mine }) {
  const narrowed = Object.values(filters.value).some(Boolean);
  if (mine) return html`<${Empty} icon="play" title="You play in nothing yet" heading="h2"><p>What you register for shows here, with what it wants of you next.</p><a class="button primary" href="/play">Look for something to play</a><//>`;
  if (narrowed) return html`<${Empty} icon="search" title="Nothing is like that" heading="h2"><p>No competition meets everything that you ask for.</p><button type="button" class="button" onclick=${forget}>Show all</button><//>`;
  return html`<${Empty} icon="play" title="Nothing is announced yet" heading="h2"><p>Scrims and tournaments show here as soon as a host announces one. You can become a host yourself.</p><a class="button" href="/me/hosting">Become a host</a><//>`;
}

function Filter() {
  const text = useSignal(filters.value.q);
  const put = (/** @type {Partial<import("./directory.js").Filters>} */ change) => { filters.value = { ...filters.value, ...change }; };
  const onchange = (/** @type {any} */ { currentTarget: { name, value } }) => put({ [name]: value });
  useEffect(() => {
    const timer = setTimeout(() => { if (text.value.trim() !== filters.value.q) put({ q: text.value.trim() }); }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text.value]);
  useEffect(() => { if (!filters.value.q) text.value = ""; }, [filters.value.q]);
  const { game, state, mode, fee, since, until } = filters.value;
  const choice = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ chosen, /** @type {[string, string][]} */ choices) => html`<select name=${name} aria-label=${label} value=${chosen} onchange=${onchange}>
    ${choices.map(([value, words]) => html`<option key=${value} value=${value} selected=${value === chosen}>${words}</option>`)}</select>`;
  return html`<div class="filter plays-filter" role="search"><input type="search" aria-label="Search by name" placeholder="Search by name" value=${text.value} oninput=${(/** @type {any} */ event) => { text.value = event.currentTarget.value; }} />
    ${choice("game", "Game", game, [["", "All games"], ...games.value.map(({ id, name }) => /** @type {[string, string]} */ ([id, name]))])}
    <details open=${Boolean(state || mode || fee || since || until)}><summary class="button">Filter</summary><div class="more">
      ${choice("state", "State", state, [["", "Every state"], ...LISTED.map((one) => /** @type {[string, string]} */ ([one, STATES[one] ?? one]))])}
      ${choice("mode", "Mode", mode, [["", "Every mode"], ...Object.entries(MODES).map(([id, words]) => /** @type {[string, string]} */ ([id, words[0]?.toUpperCase() + words.slice(1)]))])}
      ${choice("fee", "Entry fee", fee, Object.entries(FEES))}
      <label>From<input type="date" name="since" value=${since} onchange=${onchange} /></label><label>to<input type="date" name="until" value=${until} onchange=${onchange} /></label></div></details></div>`;
}
