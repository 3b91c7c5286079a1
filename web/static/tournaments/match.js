/** One match: who plays, how it ended, where it is played, what its sides say of it. */

import { useSignal } from "@preact/signals";
import { Empty, toast } from "../components.js";
import { now } from "../connection.js";
import { useSecondsLeft } from "../countdown.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { leftOf, momentOf } from "../moments.js";
import { later, Loading } from "../resource.js";
import { api } from "../session.js";
import { reasonOf, wholeTime } from "../words.js";
import { EntrantMark } from "./entrants.js";
import { useMatch } from "./match_store.js";
import { ResultOf } from "./result.js";
import { lengthOf, MATCH_STATES, matchName, SETTLED } from "./words.js";

/**
 * @typedef {import("./store.js").OpenCompetition} OpenCompetition
 * @typedef {import("./match_store.js").OpenMatch} OpenMatch
 * @typedef {import("./shapes.js").Match} Match
 */

const Claims = later(() => import("./claims.js").then((part) => part.Claims));
const Disputes = later(() => import("./disputes.js").then((part) => part.Disputes), () => null);

/** @param {{ open: OpenCompetition, id: number }} props */
export function MatchPage({ open, id }) {
  const seen = useMatch(open, id);
  const match = seen.match.value;
  if (seen.gone.value) return html`<${Empty} icon="matches" title="There is no such match"><p>The stage may have been drawn anew.</p><a class="button" href="/tournaments/${open.id}/matches">All matches</a><//>`;
  if (!match) return html`<section class="page"><${Loading} /></section>`;
  const stage = open.stages.value.find((one) => one.id === match.stage);
  const settled = Object.keys(match.results).length > 0;
  return html`<section class="page match-page"><${Head} open=${open} match=${match} stage=${stage} />
    ${stage?.format !== "lobby" && match.sides.length === 2 && html`<${Board} open=${open} match=${match} />`}
    ${seen.inside && html`<${RoomPart} seen=${seen} match=${match} />`}
    ${settled && html`<${ResultOf} open=${open} match=${match} stage=${stage} />`}
    ${seen.inside && html`<${Claims} open=${open} seen=${seen} match=${match} stage=${stage} /><${Disputes} open=${open} seen=${seen} match=${match} />`}
    ${!settled && html`<${ResultOf} open=${open} match=${match} stage=${stage} />`}</section>`;
}

/** @param {{ open: OpenCompetition, match: Match, stage: import("./shapes.js").Stage | undefined }} props */
function Head({ open, match, stage }) {
  const group = stage && stage.groups.length > 1 ? stage.groups.find(({ id }) => id === match.group)?.name : "";
  const facts = [stage && open.stages.value.length > 1 ? stage.name : "", group, match.map, lengthOf(match)].filter(Boolean);
  return html`<header class="play-head"><p class="hint"><a href="/tournaments/${open.id}">${open.meta.value?.title}</a>${facts.map((one) => ` · ${one}`)}</p>
    <h1>${matchName(match)} <span class="beside">${match.state === "live" ? html`<span class="live"><i></i>Live</span>` : html`<span class=${match.state === "disputed" || match.state === "awaiting_results" ? "state urgent" : "state"}>${MATCH_STATES[match.state]}</span>`}</span></h1>
    ${match.scheduled_at && html`<p class="hint"><time datetime=${match.scheduled_at} title=${wholeTime(match.scheduled_at)} class="first-up">${momentOf(match.scheduled_at, now.value)}</time></p>`}</header>`;
}

/** Two sides and what stands between them. @param {{ open: OpenCompetition, match: Match }} props */
function Board({ open, match: { sides, score, winner, state } }) {
  const own = open.entrant.value?.id;
  /** @param {number} at */
  const side = (at) => {
    const { entrant, feeder } = sides[at] ?? { entrant: null, feeder: null };
    return html`<div class=${`duel-side${winner !== null && entrant?.id === winner ? " won" : ""}`}>${entrant && html`<${EntrantMark} entrant=${entrant} />`}<b class="cut-2">${entrant?.name ?? (feeder ? `Winner of ${feeder}` : "Open")}</b>${entrant?.id === own && html`<span class="hint">you</span>`}</div>`;
  };
  return html`<section class="duel" aria-label="Sides">${side(0)}<p class="duel-score">${score ? html`<b>${score[0]}</b><span aria-hidden="true">:</span><span class="unseen"> to </span><b>${score[1]}</b>` : html`<span class="hint">${SETTLED.has(state) ? MATCH_STATES[state] : "vs"}</span>`}</p>${side(1)}</section>`;
}

/** Where it is played, once that is open; staff may look before. @param {{ seen: OpenMatch, match: Match }} props */
function RoomPart({ seen, match }) {
  const left = useSecondsLeft(match.release_at);
  const looked = useSignal(/** @type {import("./shapes.js").Room | null} */ (null));
  const refused = useSignal("");
  const room = seen.room ?? looked.value;
  const runs = seen.mine.value?.side === null;
  const look = () => api("GET", `${seen.route}room/`).then((body) => { looked.value = body; }, (error) => { refused.value = reasonOf(error); });
  if (room?.room_id) {
    return html`<section class="game-room card" aria-label="Room"><header class="row"><h2 class="grow">Room</h2>${!room.released && html`<span class="hint">only staff see it yet</span>`}</header>
      <dl class="room-facts"><${Secret} words="Room id" text=${room.room_id} />${room.room_password && html`<${Secret} words="Password" text=${room.room_password} />`}</dl></section>`;
  }
  if (SETTLED.has(match.state) || (match.release_at === null && !runs)) return null;
  return html`<section class="deadline" aria-label="Room"><span class="ring still"><${Icon} name="lock" /></span><div class="grow"><p role="timer"><b>${left > 0 ? `The room opens in ${leftOf(left)}` : "There is no room yet"}</b></p>
      <p class="hint">${refused.value || "Id and password show here for those who play."}</p></div>${runs && html`<button type="button" class="button" onclick=${look}>Look now</button>`}</section>`;
}

/** @param {{ words: string, text: string }} props */
function Secret({ words, text }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toast(`${words} copied.`);
    } catch {
      toast("Select it and copy it.");
    }
  };
  return html`<div><dt>${words}</dt><dd><code>${text}</code><button type="button" class="button" aria-label="Copy ${words.toLowerCase()}" onclick=${copy}>Copy</button></dd></div>`;
}
