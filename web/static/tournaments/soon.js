/** What this person plays in and what it wants of them now: offers, check-ins, matches, running boards. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { inbox, now } from "../connection.js";
import { Ring, useSecondsLeft } from "../countdown.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { leftOf, ringOf } from "../moments.js";
import { api } from "../session.js";
import "./look.js";
import { routeOf } from "./shapes.js";
import { nextMatch, runningOf, stanceOf } from "./standing_of.js";

/**
 * @typedef {import("./shapes.js").Competition} Competition
 * @typedef {Competition & { mine: import("./shapes.js").Mine }} View
 * @typedef {{ view: View, matches: import("./shapes.js").MatchCard[] }} Line
 */

const MOST = 5;
const TO_SETTLE = ["awaiting_results", "disputed"];
const WAITING = new Set(["published", "registration_open", "registration_closed", "check_in", "live", "paused"]);
const QUIET_MS = 1_000;

/** What this person plays in or runs and that is not over, with its matches where it is played: of a player their own. @returns {Promise<Line[]>} */
async function load() {
  const pages = await Promise.all(["scrims", "tournaments"].map((kind) => api("GET", `${kind}/?mine=true&state=${[...WAITING].join(",")}&limit=${MOST}`)));
  const cards = /** @type {Competition[]} */ (pages.flatMap(({ results }) => results)).sort((one, other) => one.starts_at.localeCompare(other.starts_at)).slice(0, MOST);
  const views = /** @type {View[]} */ (await Promise.all(cards.map((card) => api("GET", routeOf(card)))));
  return Promise.all(views.filter(({ mine }) => mine.entrant || mine.role).map(async (view) => {
    const asked = view.state !== "live" ? [] : view.mine.entrant ? [`entrant=${view.mine.entrant.id}`] : TO_SETTLE.map((state) => `state=${state}`);
    return { view, matches: (await Promise.all(asked.map((query) => api("GET", `${routeOf(view)}matches/?${query}`)))).flatMap(({ results }) => results) };
  }));
}

export function PlaySoon() {
  const lines = useSignal(/** @type {Line[]} */ ([]));
  useEffect(() => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const ask = () => load().then((found) => { lines.value = found; }, () => {}); // it stays as it was, and the pages themselves say why
    const later = (/** @type {any} */ { detail }) => {
      if (detail && !detail.notification?.data?.competition_id) return;
      clearTimeout(timer);
      timer = setTimeout(ask, QUIET_MS);
    };
    ask();
    for (const kind of ["notified", "fresh"]) inbox.addEventListener(kind, later);
    return () => {
      clearTimeout(timer);
      for (const kind of ["notified", "fresh"]) inbox.removeEventListener(kind, later);
    };
  }, []);
  const part = (/** @type {string} */ title, /** @type {string} */ label, /** @type {Line[]} */ those) => those.length > 0 && html`<h2>${title}</h2><ul class="cards" aria-label=${label}>${those.map((line) => html`<li key=${line.view.id}><${Row} line=${line} /></li>`)}</ul>`;
  const plays = (/** @type {Line} */ { view }) => view.mine.entrant !== null;
  return html`${part("You play", "What you play in", lines.value.filter(plays))}${part("You run", "What you run", lines.value.filter((line) => !plays(line)))}`;
}

/** @param {{ line: Line }} props */
function Row({ line: { view, matches } }) {
  const entrant = view.mine.entrant;
  const stance = entrant ? stanceOf(view, view.mine, entrant, now.value, matches) : runningOf(view, matches.length);
  const left = useSecondsLeft(stance.until);
  const match = entrant && view.state === "live" ? nextMatch(matches, entrant.id) : null;
  const address = `/tournaments/${view.id}${match ? `/matches/${match.id}` : view.state === "live" ? (entrant ? "/standings" : "/matches") : ""}`;
  return html`<a class=${`deadline stance is-${stance.tone}`} href=${address}>${stance.until !== null && left > 0 ? html`<${Ring} part=${ringOf(left)} />` : html`<span class="ring still"><${Icon} name=${stance.icon} /></span>`}
    <span class="grow"><b>${stance.title}${stance.until !== null && left > 0 ? ` ${leftOf(left)}` : ""}</b><span class="hint cut soon-of">${view.title}</span></span></a>`;
}
