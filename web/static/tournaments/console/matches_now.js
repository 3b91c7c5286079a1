/** The matches of a night with what is done to each: its room, its start, its end, its result. */

import { useSignal } from "@preact/signals";
import { now } from "../../connection.js";
import { html } from "../../html.js";
import { Menu } from "../../menu.js";
import { momentOf } from "../../moments.js";
import { api } from "../../session.js";
import { wholeTime } from "../../words.js";
import { How } from "../schedule.js";
import { matchName, pairingOf, SETTLED } from "../words.js";
import { Refused, useActs } from "./acting.js";
import { isReady, openMatches } from "./next_act.js";

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("../shapes.js").MatchCard} MatchCard
 */

const MOST = 12; // of a long schedule; the others stand under Stages

/** @param {{ open: OpenCompetition, setRoom: (match: MatchCard) => void }} props */
export function MatchesNow({ open, setRoom }) {
  const all = useSignal(false);
  const matches = open.matches.value.filter(isReady);
  if (!matches.length) return null;
  const few = matches.length <= MOST;
  const shown = all.value || few ? matches : openMatches(matches).slice(0, MOST);
  return html`<section aria-label="Matches"><header class="row"><h2 class="grow">Matches</h2>${!few && html`<button type="button" class="chip" aria-pressed=${all.value} onclick=${() => { all.value = !all.value; }}>All ${matches.length}</button>`}</header>
    <ul class="schedule">${shown.map((match) => html`<li key=${match.id}><${Row} open=${open} match=${match} setRoom=${setRoom} /></li>`)}</ul></section>`;
}

/** @param {{ open: OpenCompetition, match: MatchCard, setRoom: (match: MatchCard) => void }} props */
export function Row({ open, match, setRoom }) {
  const acts = useActs(open);
  const may = open.mine.value?.acts ?? [];
  const base = `/tournaments/${open.id}`;
  const post = (/** @type {string} */ what) => () => void acts.run("match", () => api("POST", `${open.route}matches/${match.id}/${what}/`, {}));
  const settles = may.includes("settle");
  const live = open.meta.value?.state === "live";
  const before = match.state === "scheduled" || match.state === "ready";
  const choices = [
    ...(may.includes("arrange") && !SETTLED.has(match.state) ? [{ icon: "lock", label: match.release_at ? "Change the room…" : "Set the room…", act: () => setRoom(match) }] : []),
    ...(settles && live && before ? [{ icon: "now", label: "Start", act: post("start") }] : []),
    ...(settles && live && match.state === "live" ? [{ icon: "check", label: "Finish", act: post("finish") }] : []),
    ...(settles && live && match.state === "awaiting_results" ? [{ icon: "now", label: "Back to live", act: post("start") }] : []),
  ];
  const result = settles && !before;
  const at = match.scheduled_at && html`<span class="at"><time datetime=${match.scheduled_at} title=${wholeTime(match.scheduled_at)}>${momentOf(match.scheduled_at, now.value)}</time></span>`;
  return html`<div class="match-row host-row">${at}<a class="grow" href="${base}/matches/${match.id}"><span class="row"><b>${matchName(match)}</b><${How} match=${match} /></span>
      <span class="hint more">${[pairingOf(match), match.map, before ? roomWords(match) : ""].filter(Boolean).join(" · ")}</span></a>
    ${result && html`<a class="button" aria-label="Result of ${matchName(match)}" href="${base}/console/results/${match.id}">Result</a>`}
    ${choices.length > 0 && html`<${Menu} label="What to do with ${matchName(match)}" choices=${choices} />`}</div><${Refused} acts=${acts} name="match" />`;
}

/** @param {MatchCard} match */
function roomWords({ state, release_at }) {
  if (state === "ready") return "room open";
  return release_at ? `room opens ${momentOf(release_at, now.value)}` : "no room yet";
}
