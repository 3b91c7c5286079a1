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
import { nextMatch, stanceOf } from "./standing_of.js";

/**
 * @typedef {import("./shapes.js").Competition} Competition
 * @typedef {Competition & { mine: import("./shapes.js").Mine }} View
 * @typedef {{ view: View, matches: import("./shapes.js").MatchCard[] }} Line
 */

const MOST = 5;
const WAITING = new Set(["registration_open", "registration_closed", "check_in", "live", "paused"]);
const QUIET_MS = 1_000;

/** What this person has registered for and that is not over, with their own matches where it is played. @returns {Promise<Line[]>} */
async function load() {
  const pages = await Promise.all(["scrims", "tournaments"].map((kind) => api("GET", `${kind}/?mine=true&state=${[...WAITING].join(",")}&limit=${MOST}`)));
  const cards = /** @type {Competition[]} */ (pages.flatMap(({ results }) => results)).sort((one, other) => one.starts_at.localeCompare(other.starts_at)).slice(0, MOST);
  const views = /** @type {View[]} */ (await Promise.all(cards.map((card) => api("GET", routeOf(card)))));
  return Promise.all(views.filter(({ mine }) => mine.entrant).map(async (view) => ({
    view, matches: view.state === "live" ? (await api("GET", `${routeOf(view)}matches/?entrant=${view.mine.entrant?.id}`)).results : [] })));
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
  return lines.value.length > 0 && html`<h2>You play</h2><ul class="cards" aria-label="What you play in">${lines.value.map((line) => html`<li key=${line.view.id}><${Row} line=${line} /></li>`)}</ul>`;
}

/** @param {{ line: Line }} props */
function Row({ line: { view, matches } }) {
  const entrant = /** @type {import("./shapes.js").Entrant} */ (view.mine.entrant);
  const stance = stanceOf(view, view.mine, entrant, now.value, matches);
  const left = useSecondsLeft(stance.until);
  const match = view.state === "live" ? nextMatch(matches, entrant.id) : null;
  const address = `/tournaments/${view.id}${match ? `/matches/${match.id}` : view.state === "live" ? "/standings" : ""}`;
  return html`<a class=${`deadline stance is-${stance.tone}`} href=${address}>${stance.until !== null && left > 0 ? html`<${Ring} part=${ringOf(left)} />` : html`<span class="ring still"><${Icon} name=${stance.icon} /></span>`}
    <span class="grow"><b>${stance.title}${stance.until !== null && left > 0 ? ` ${leftOf(left)}` : ""}</b><span class="hint cut soon-of">${view.title}</span></span></a>`;
}
