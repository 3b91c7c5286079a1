/** The teams of this person, those that they wait for, and all others by name, tag and game. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Empty } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Loading } from "../resource.js";
import { api } from "../session.js";
import { reasonOf } from "../words.js";
import { TeamDialog } from "./forms.js";
import { games, nameOf } from "./games.js";
import { Mark } from "./mark.js";

/** @typedef {import("./store.js").Line} Line */

const PAUSE_MS = 250; // in typing, before the server is asked

export function Index() {
  const makes = useSignal(false);
  const make = () => { makes.value = true; };
  return html`<section class="page">
    <header class="row"><h1 class="grow">Teams</h1><button type="button" class="button primary" onclick=${make}><${Icon} name="plus" />New team</button></header>
    <${Own} make=${make} />
    <${Search} />
    ${makes.value && html`<${TeamDialog} onclose=${() => { makes.value = false; }} />`}</section>`;
}

/** A list of teams that grows by pages. @param {string} query */
function useTeams(query) {
  const teams = useSignal(/** @type {Line[] | null} */ (null));
  const next = useSignal(/** @type {number | null} */ (null));
  const refused = useSignal("");
  const turn = useSignal(0);
  const load = async (/** @type {boolean} */ more) => {
    const mine = ++turn.value;
    try {
      const page = await api("GET", `teams/?${query}${more ? `&after=${next.value}` : ""}`);
      if (mine !== turn.value) return; // asked anew meanwhile
      teams.value = [...(more ? teams.value ?? [] : []), ...page.results];
      [next.value, refused.value] = [page.next, ""];
    } catch (error) {
      refused.value = reasonOf(error);
    }
  };
  useEffect(() => { load(false); }, [query]);
  return { teams, next, refused, load };
}

/** @param {{ make: () => void }} props */
function Own({ make }) {
  const mine = useTeams("mine=true");
  const asked = useTeams("asked=true");
  if (mine.refused.value) return html`<p class="wrong" role="alert">${mine.refused.value}</p>`;
  if (!mine.teams.value) return html`<${Loading} />`;
  if (!mine.teams.value.length && !asked.teams.value?.length) {
    return html`<${Empty} icon="people" title="Play together" heading="h2"><p>Found a team for your game and send the link to your people, or ask one below to let you in.</p>
      <button type="button" class="button" onclick=${make}>Found a team</button><//>`;
  }
  return html`<${Cards} teams=${mine.teams.value} label="Your teams" />
    ${asked.teams.value && asked.teams.value.length > 0 && html`<h2>You asked to join</h2><${Cards} teams=${asked.teams.value} label="Teams that you asked to join" />`}`;
}

function Search() {
  const text = useSignal("");
  const asked = useSignal("");
  const game = useSignal("");
  useEffect(() => {
    const timer = setTimeout(() => { asked.value = text.value.trim(); }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text.value]);
  const { teams, next, refused, load } = useTeams(`q=${encodeURIComponent(asked.value)}${game.value && `&game=${game.value}`}`);
  const shown = asked.value ? teams.value : teams.value?.filter(({ role, request }) => !role && !request); // those stand above
  return html`<h2>Find a team</h2>
    <div class="filters"><input type="search" aria-label="Search teams" placeholder="Name or tag" value=${text.value} oninput=${(/** @type {any} */ event) => { text.value = event.currentTarget.value; }} />
      <select aria-label="Game" onchange=${(/** @type {any} */ event) => { game.value = event.currentTarget.value; }}><option value="">All games</option>${games.value.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}</select></div>
    ${refused.value && html`<p class="wrong" role="alert">${refused.value}</p>`}
    ${!shown ? !refused.value && html`<${Loading} />` : html`<${Cards} teams=${shown} label="Teams" />
      <p class="hint" role="status">${shown.length ? "" : asked.value ? "No team is called that." : "There is no other team yet."}</p>
      ${next.value !== null && html`<button type="button" class="button" onclick=${() => load(true)}>Show older</button>`}`}`;
}

/** @param {{ teams: Line[], label: string }} props */
function Cards({ teams, label }) {
  return html`<ul class="cards" aria-label=${label}>${teams.map((team) => html`<li key=${team.id}><a class="card team-card" href="/teams/${team.id}"><${Mark} team=${team} />
    <div class="grow"><h2><span class="tag">${team.tag}</span><span class="cut" title=${team.name}>${team.name}</span></h2><p class="hint cut">${factsOf(team)}</p></div></a></li>`)}</ul>`;
}

/** @param {Line} team */
const factsOf = ({ game, members_count, roster_most, role, request }) =>
  [nameOf(game), `${members_count} of ${roster_most}`, role === "captain" ? "you lead it" : role ? "you are in it" : request ? "you asked" : ""].filter(Boolean).join(" · ");
