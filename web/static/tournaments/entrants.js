/** Who takes part, by seat; who waits; live. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Dialog, Avatar, Empty } from "../components.js";
import { html } from "../html.js";
import { Loading } from "../resource.js";
import { api } from "../session.js";
import { useSliding } from "../sliding.js";
import { Mark } from "../teams/mark.js";
import { counted, reasonOf } from "../words.js";
import { hasSeat } from "./shapes.js";
import { ENTRANT_STATES } from "./words.js";

/**
 * @typedef {import("./store.js").OpenCompetition} OpenCompetition
 * @typedef {import("./shapes.js").EntrantCard} EntrantCard
 */

/** @param {{ open: OpenCompetition }} props */
export function Entrants({ open }) {
  const text = useSignal("");
  const looked = useSignal(/** @type {number | null} */ (null));
  const all = open.entrants.value;
  const seated = all.filter(hasSeat).sort((one, other) => (one.seat ?? Infinity) - (other.seat ?? Infinity) || one.id - other.id);
  const waiting = all.filter(({ state }) => state === "waitlisted" || state === "offered").sort((one, other) => Number(other.state === "offered") - Number(one.state === "offered") || one.id - other.id);
  if (!seated.length && !waiting.length) return html`<${Empty} icon="people" title="Nobody is in it yet" heading="h2"><p>As soon as somebody registers, they show here.</p><//>`;
  const meets = (/** @type {EntrantCard} */ { name, tag }) => `${tag} ${name}`.toLowerCase().includes(text.value.trim().toLowerCase());
  const look = (/** @type {number} */ id) => { looked.value = id; };
  return html`${all.length > 12 && html`<input type="search" aria-label="Find an entrant" placeholder="Find an entrant" value=${text.value} oninput=${(/** @type {any} */ event) => { text.value = event.currentTarget.value; }} />`}
    <${Rows} label="Entrants" entrants=${seated.filter(meets)} own=${open.entrant.value?.id} look=${look} />
    ${waiting.length > 0 && html`<h2>${counted(waiting.length, "waits", "wait")} for a seat</h2><${Rows} label="Waitlist" entrants=${waiting.filter(meets)} own=${open.entrant.value?.id} look=${look} line />`}
    ${looked.value !== null && html`<${Whole} open=${open} id=${looked.value} onclose=${() => { looked.value = null; }} />`}`;
}

/** @param {{ label: string, entrants: EntrantCard[], own: number | undefined, look: (id: number) => void, line?: boolean }} props */
function Rows({ label, entrants, own, look, line = false }) {
  const box = useSliding();
  return html`<ul class="entrants" aria-label=${label} ref=${box}>${entrants.map((entrant, place) => html`<li key=${entrant.id} data-key=${entrant.id} class=${entrant.id === own ? "own" : null}>
    <button type="button" onclick=${() => look(entrant.id)}><span class="no">${line ? place + 1 : entrant.seat ?? ""}</span><${EntrantMark} entrant=${entrant} /><span class="grow cut" title=${entrant.name}>${entrant.name}</span>
      <span class="hint">${entrant.state === "confirmed" || entrant.state === "active" || entrant.state === "waitlisted" ? "" : ENTRANT_STATES[entrant.state]}</span></button></li>`)}</ul>`;
}

/** What stands for an entrant: its logo, its tag, or its letter. @param {{ entrant: EntrantCard }} props */
export function EntrantMark({ entrant }) {
  const { team, id, tag, name, logo } = entrant;
  return html`<${Mark} team=${{ id: team ?? id, tag: tag || [...name][0]?.toUpperCase() || "", logo }} />`;
}

/** The whole of an entrant, looked for page by page. @param {string} route @param {number} id @returns {Promise<import("./shapes.js").Entrant | null>} */
async function wholeOf(route, id) {
  for (let after = 0; ;) {
    const { results, next } = await api("GET", `${route}entrants/?limit=100${after ? `&after=${after}` : ""}`);
    const found = results.find((/** @type {EntrantCard} */ one) => one.id === id);
    if (found || next === null) return found ?? null;
    after = next;
  }
}

/** @param {{ open: OpenCompetition, id: number, onclose: () => void }} props */
function Whole({ open, id, onclose }) {
  const found = useSignal(/** @type {import("./shapes.js").Entrant | null} */ (null));
  const refused = useSignal("");
  useEffect(() => { wholeOf(open.route, id).then((body) => { found.value = body; }, (error) => { refused.value = reasonOf(error); }); }, [id]);
  const [card, entrant] = [open.entrants.value.find((one) => one.id === id), found.value];
  return html`<${Dialog} label=${card?.name ?? "Entrant"} onclose=${onclose}>${entrant ? html`<p class="hint first-up">${ENTRANT_STATES[entrant.state]}${entrant.seat ? `, seat ${entrant.seat}` : ""}${entrant.team ? html` · <a href="/teams/${entrant.team}">the team</a>` : ""}</p>
    <ul class="cards" aria-label="Roster">${entrant.roster.map(({ user, in_game_name, is_substitute, in_game_id }) => html`<li key=${user.id ?? user.name} class="row"><${Avatar} card=${user} /><div class="grow"><p class="cut">${user.name}${user.username && user.username === entrant.captain.username ? html`<span class="hint">, captain</span>` : ""}</p>
      <p class="hint cut">${[in_game_name, in_game_id, is_substitute ? "substitute" : ""].filter(Boolean).join(" · ")}</p></div></li>`)}</ul>` : refused.value ? html`<p class="wrong" role="alert">${refused.value}</p>` : html`<${Loading} />`}<//>`;
}
