/** A competition in a list: its banner, how full it is, what comes next. */

import { now } from "../connection.js";
import { Left } from "../countdown.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { momentOf } from "../moments.js";
import { gameOf, nameOf } from "../teams/games.js";
import { wholeTime } from "../words.js";
import { feeOf, MODES, nextOf, seatsOf, STATES } from "./words.js";

/** @typedef {import("./shapes.js").CompetitionCard} CompetitionCard */

/** @param {{ label: string, cards: CompetitionCard[] }} props */
export function Cards({ label, cards }) {
  return html`<ul class="plays" aria-label=${label}>${cards.map((card) => html`<li key=${card.id}><${Card} card=${card} /></li>`)}</ul>`;
}

/** @param {{ card: CompetitionCard }} props */
function Card({ card }) {
  const facts = [nameOf(card.game), MODES[card.mode] ?? card.mode, feeOf(card.entry_fee_paise)];
  const promoted = card.plan === "featured" || card.plan === "premium";
  return html`<a class="card play-card" href="/tournaments/${card.id}"><${Banner} card=${card} small />
    <div class="play-words"><p class="row over"><${State} card=${card} /><span class="hint grow cut">${card.kind === "scrim" ? "Scrim" : "Tournament"} by ${card.host.name}</span>${promoted && html`<span class="hint" title="Promoted by its host">Featured</span>`}</p>
      <h3 class="cut" title=${card.title}>${card.title}</h3><p class="hint cut">${facts.join(" · ")}</p>
      <${Seats} card=${card} /><p class="row ends"><span class="hint">${seatsOf(card)}</span><${Next} card=${card} /></p></div></a>`;
}

/** @param {{ card: CompetitionCard, small?: boolean }} props */
export function Banner({ card, small = false }) {
  const src = small ? card.banner?.thumbnail_url : card.banner?.url;
  return html`<img class=${small ? "play-banner small" : "play-banner"} src=${src ?? gameOf(card.game)?.banner} width="1200" height="300" alt="" loading="lazy" />`;
}

/** @param {{ card: CompetitionCard }} props */
export function State({ card: { state } }) {
  if (state === "live") return html`<span class="live"><i></i>Live</span>`;
  const shut = ["completed", "archived", "cancelled"].includes(state);
  return html`<span class=${state === "check_in" || state === "paused" ? "state urgent" : state === "registration_open" ? "state open" : shut ? "state shut" : "state"}>${STATES[state]}</span>`;
}

/** How full it is; the words beside it say the same. @param {{ card: CompetitionCard }} props */
export function Seats({ card: { entrants_count, capacity } }) {
  const full = entrants_count >= capacity;
  return html`<span class=${full ? "seats full" : "seats"} aria-hidden="true"><i style=${{ transform: `scaleX(${Math.min(1, entrants_count / Math.max(1, capacity))})` }}></i></span>`;
}

/** What comes next, counting down. @param {{ card: CompetitionCard }} props */
function Next({ card }) {
  const next = nextOf(card);
  if (!next) return html`<span class="when shut" title=${wholeTime(card.starts_at)}>${card.state === "cancelled" ? "" : momentOf(card.starts_at, now.value)}</span>`;
  if (Date.parse(next.at) <= now.value) return html`<span class="when"><${Icon} name="clock" />${next.words} now</span>`;
  return html`<span class="when next"><span>${next.words} in</span><${Left} at=${next.at} /></span>`;
}
