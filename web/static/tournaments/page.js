/** One competition: what it is, what it wants of this person now, and its parts by their address. */

import { askToSignIn } from "../accounts/sign_in.js";
import { ConnectionLine } from "../chat/chat.js";
import { Empty, toast } from "../components.js";
import { html } from "../html.js";
import { beside } from "../layout.js";
import { Menu } from "../menu.js";
import { later, Loading } from "../resource.js";
import { user } from "../session.js";
import { nameOf } from "../teams/games.js";
import { State } from "./card.js";
import { Entrants } from "./entrants.js";
import { Info } from "./info.js";
import { Schedule } from "./schedule.js";
import { Stance } from "./stance.js";
import { MODES } from "./words.js";

/** @typedef {import("./store.js").OpenCompetition} OpenCompetition */

const Standings = later(() => import("./standings.js").then((part) => part.Boards));
const Bracket = later(() => import("./bracket.js").then((part) => part.Bracket));
const OnAir = later(() => import("./overlays.js").then((part) => part.Overlays));
const Console = later(() => import("./console/page.js").then((part) => part.Console));
const MatchPage = later(() => import("./match.js").then((part) => part.MatchPage));

/** @param {{ open: OpenCompetition, console: boolean, part: string, match: number | null }} props */
export function CompetitionPage({ open, console, part, match }) {
  if (open.phase.value === "closed") return html`<${Away} />`;
  if (open.phase.value === "loading") return html`<section class="page"><${Loading} /></section>`;
  const line = !beside.value && html`<${ConnectionLine} />`;
  if (console) return html`${line}<${Console} open=${open} part=${part} match=${match} />`;
  if (part === "matches" && match !== null) return html`${line}<${MatchPage} key=${match} open=${open} id=${match} />`;
  const parts = partsOf(open);
  const shown = parts.find(([name]) => name === part) ?? /** @type {[string, string, any]} */ (parts[0]);
  const [name, , Part] = shown;
  return html`${line}<section class="page play-page"><${Head} open=${open} /><${Stance} open=${open} />
    <nav class="tabs" aria-label="Parts of it">${parts.map(([one, title]) => html`
      <a key=${one} href=${`/tournaments/${open.id}${one && `/${one}`}`} aria-current=${one === name ? "page" : null}>${title}</a>`)}</nav>
    <${Part} open=${open} /></section>`;
}

/** Its parts by address, with what they are called; a bracket only where there is one. @param {OpenCompetition} open @returns {[string, string, any][]} */
function partsOf(open) {
  const meta = /** @type {import("./shapes.js").Competition} */ (open.meta.value);
  const drawn = open.stages.value.filter(({ state }) => state !== "planned");
  /** @type {[string, string, any][]} */
  const parts = [["", "Overview", Info], ["entrants", `Entrants ${meta.entrants_count}/${meta.capacity}`, Entrants], ["matches", "Matches", Schedule]];
  if (open.stages.value.some(({ format }) => format === "single_elimination")) parts.push(["bracket", "Bracket", Bracket]);
  if (drawn.some(({ format }) => format !== "single_elimination") || !drawn.length) parts.push(["standings", "Standings", Standings]);
  if (open.mine.value?.acts.includes("overlay")) parts.push(["overlays", "On air", OnAir]);
  return parts;
}

/** A competition that is not there, or not for this person. */
function Away() {
  return html`<${Empty} icon="play" title="There is no such competition, or none that you may see"><p>Its host may not have announced it yet.</p>
    ${!user.value && html`<button type="button" class="button" onclick=${() => askToSignIn("in")}>Sign in</button>`}<a class="button" href="/play">To all of them</a><//>`;
}

/** @param {{ open: OpenCompetition }} props */
function Head({ open }) {
  const meta = /** @type {import("./shapes.js").Competition} */ (open.meta.value);
  const playing = open.matches.value.find(({ state }) => state === "live");
  const count = open.matches.value.length;
  const choices = [{ icon: "link", label: "Copy the address", act: () => copy(`${location.origin}/tournaments/${open.id}`) }, { icon: "clock", label: "Copy the calendar's address", act: () => copy(`${location.origin}/api/${open.route}calendar.ics`) }];
  return html`<header class="row play-head"><div class="grow"><p class="hint">${meta.kind === "scrim" ? "Scrim" : "Tournament"} · ${nameOf(meta.game)} ${MODES[meta.mode] ?? meta.mode} · hosted by <a href="/people/${meta.host.username}">${meta.host.name}</a></p>
      <h1>${meta.title} <span class="beside">${meta.state === "live" && playing && meta.kind === "scrim" ? html`<span class="live"><i></i>Match ${playing.number} of ${count} is live</span>` : html`<${State} card=${meta} />`}</span></h1></div>
    ${open.mine.value?.role && html`<a class="button" href="/tournaments/${open.id}/console">Console</a>`}<${Menu} label="What to do with it" choices=${choices} /></header>`;
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied.");
  } catch {
    toast(text);
  }
}
