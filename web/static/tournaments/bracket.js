/** A knockout stage drawn as a bracket: scrolls in its own box, and arrow keys lead along its lines. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { html } from "../html.js";
import { BOX, layOut, neighbour } from "./bracket_layout.js";
import { isOwn } from "./schedule.js";
import { MATCH_STATES, SETTLED } from "./words.js";

/**
 * @typedef {import("./store.js").OpenCompetition} OpenCompetition
 * @typedef {import("./shapes.js").MatchCard} MatchCard
 * @typedef {import("./bracket_layout.js").Box} Box
 */

/** @param {{ open: OpenCompetition }} props */
export function Bracket({ open }) {
  const stages = open.stages.value.filter(({ format }) => format === "single_elimination");
  return stages.map((stage) => html`<section key=${stage.id} aria-label=${stage.name}><h2 class=${stages.length > 1 ? null : "unseen"}>${stage.name}</h2>
    <${Drawn} open=${open} matches=${open.matches.value.filter((match) => match.stage === stage.id)} /></section>`);
}

/** @param {{ open: OpenCompetition, matches: MatchCard[] }} props */
function Drawn({ open, matches }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const followed = useSignal(/** @type {number | null} */ (null));
  const own = open.entrant.value?.id ?? null;
  useEffect(() => {
    const next = box.current?.querySelector(".is-own.is-open") ?? box.current?.querySelector(".is-live");
    next?.scrollIntoView({ block: "nearest", inline: "center" });
  }, []);
  if (!matches.length) return html`<p class="hint">The bracket is drawn once it is known who plays in it.</p>`;
  const { rounds, lines, width, height } = layOut(matches);
  const lit = followed.value ?? own;
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    const number = Number(/** @type {HTMLElement} */ (event.target).dataset["number"] ?? NaN);
    const to = event.key.startsWith("Arrow") ? neighbour(rounds, number, event.key) : null;
    if (to === null) return;
    event.preventDefault();
    /** @type {HTMLElement | null | undefined} */ (box.current?.querySelector(`[data-number="${to}"]`))?.focus();
  };
  const follow = (/** @type {number | null} */ id) => { followed.value = id; };
  const onPath = (/** @type {number} */ number) => lit !== null && matches.some((match) => match.number === number && match.winner === lit);
  return html`<div class="bracket" ref=${box} role="group" aria-label="Bracket" tabindex="0" onkeydown=${onkeydown}><div class="bracket-sheet" style=${{ width: `${width}px`, height: `${height}px` }}>
    <svg width=${width} height=${height} aria-hidden="true">${lines.map(({ from, d, known }) => html`<path key=${from} d=${d} class=${onPath(from) ? "lit" : known ? "known" : null} />`)}</svg>
    ${rounds.map(({ number, name, x, boxes }) => html`<section key=${number} aria-label=${name}><h3 style=${{ left: `${x}px`, width: `${BOX.width}px` }}>${name}</h3>
      <ol>${boxes.map((one) => html`<${Meeting} key=${one.match.id} open=${open} matches=${matches} box=${one} own=${own} lit=${lit} follow=${follow} />`)}</ol></section>`)}</div></div>`;
}

/** Who may come there. @param {MatchCard[]} matches @param {number | null} feeder */
function candidates(matches, feeder) {
  const names = matches.find(({ number }) => number === feeder)?.sides.flatMap(({ entrant }) => entrant?.name ?? []) ?? [];
  return names.length === 2 ? names.join(" / ") : "–";
}

/** @param {{ open: OpenCompetition, matches: MatchCard[], box: Box, own: number | null, lit: number | null, follow: (id: number | null) => void }} props */
function Meeting({ open, matches, box: { match, x, y }, own, lit, follow }) {
  const { id, number, sides, score, winner, state } = match;
  const won = winner === null ? "" : `: ${sides.find(({ entrant }) => entrant?.id === winner)?.entrant?.name} won`;
  const how = SETTLED.has(state) && !score ? `: ${MATCH_STATES[state]}` : state === "live" ? ": live" : "";
  const looks = ["meeting", isOwn(match, own) ? "is-own" : "", state === "live" ? "is-live" : "", SETTLED.has(state) ? "" : "is-open"].filter(Boolean).join(" ");
  return html`<li style=${{ left: `${x}px`, top: `${y}px`, width: `${BOX.width}px`, height: `${BOX.height}px` }}><a class=${looks} data-number=${number} href="/tournaments/${open.id}/matches/${id}"><span class="unseen">Match ${number}: </span>
    ${sides.map(({ slot, entrant, feeder }, at) => html`${at > 0 && html`<span class="unseen"> against </span>`}<span key=${slot} class=${`side${winner !== null && entrant?.id === winner ? " won" : winner !== null ? " lost" : ""}${entrant && entrant.id === lit ? " lit" : ""}`}
      onpointerenter=${() => follow(entrant?.id ?? null)} onpointerleave=${() => follow(null)}><span class="grow cut" title=${entrant?.name}>${entrant ? entrant.name : html`<i>${candidates(matches, feeder)}</i>`}</span>
      <b>${score?.[at] ?? (state === "walkover" && entrant?.id === winner ? "w/o" : "")}</b></span>`)}<span class="unseen">${won}${how}</span></a></li>`;
}
