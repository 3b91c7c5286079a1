/** A board: who has scored most, as it moves, and where one stands oneself. */

import { useEffect } from "preact/hooks";
import { ConnectionLine } from "../chat/chat.js";
import { Avatar, Empty, Time } from "../components.js";
import { html } from "../html.js";
import { beside, heading } from "../layout.js";
import { Loading, useResource } from "../resource.js";
import { go } from "../router.js";
import { user } from "../session.js";
import { useSliding } from "../sliding.js";
import { counted } from "../words.js";
import { useBoard } from "./store.js";

/**
 * @typedef {import("./store.js").Board} Board
 * @typedef {import("./store.js").Line} Line
 */

/** @param {{ name: string }} props */
export function BoardPage({ name }) {
  const { found } = useResource("leaderboards/");
  const all = /** @type {Board[]} */ (found.value?.results ?? []);
  const title = all.find(({ id }) => id === name)?.name ?? "";
  useEffect(() => {
    heading.value = title && `${title} board`;
    return () => { heading.value = ""; };
  }, [title]);
  return html`${!beside.value && html`<${ConnectionLine} />`}<section class="page narrow">
    <header class="row"><h1 class="grow">Boards</h1><select class="board-choice" aria-label="Which board" value=${name} onchange=${(/** @type {any} */ event) => go(`/boards/${event.currentTarget.value}`)}>
      ${all.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}</select></header>
    <${Shown} key="${name}-${user.value?.id}" name=${name} title=${title} /></section>`;
}

/** @param {{ name: string, title: string }} props */
function Shown({ name, title }) {
  const { board, lines, near, me, gone } = useBoard(name);
  if (gone.value) return html`<${Empty} icon="play" title="There is no such board" heading="h2"><a class="button" href="/boards/xp">To the boards</a><//>`;
  if (!lines.value) return html`<${Loading} />`;
  if (!lines.value.length) {
    return html`<${Empty} icon="play" title="Nobody is on this board yet" heading="h2"><p>${name === "xp" ? "Experience will count here." : "Points come from competitions: when one is completed, its players move up here."}</p>
      <a class="button primary" href="/play">Find something to play</a><//>`;
  }
  const below = me.value !== null && !lines.value.some(({ id }) => id === me.value?.id);
  return html`<p class="hint">${counted(board.value?.people ?? 0, "person", "people")}${(board.value?.people ?? 0) > lines.value.length ? `, the first ${lines.value.length} of them` : ""}</p>
    <${Table} label="${title}: the best" lines=${lines.value} own=${me.value} pinned=${below} />
    ${below && near.value.length > 0 && html`<h2>Around you</h2><${Table} label="${title}: around you" lines=${near.value} own=${me.value} pinned=${false} />`}`;
}

/** @param {{ label: string, lines: Line[], own: Line | null, pinned: boolean }} props `pinned`: the own line stands below, out of order. */
function Table({ label, lines, own, pinned }) {
  const box = useSliding();
  const line = (/** @type {Line} */ one) => html`<${Row} key=${one.id} line=${one} own=${one.id === own?.id} />`;
  return html`<table class="board"><caption class="unseen">${label}</caption>
    <thead><tr><th scope="col">Rank</th><th scope="col">Player</th><th scope="col" class="since">Since</th><th scope="col">Points</th></tr></thead>
    <tbody ref=${box}>${lines.map(line)}</tbody>${pinned && own && html`<tfoot>${line(own)}</tfoot>`}</table>`;
}

/** @param {{ line: Line, own: boolean }} props */
function Row({ line: { id, rank, user: card, score, reached_at }, own }) {
  const name = own ? html`${card.name} <span class="badge">you</span>` : card.name;
  return html`<tr data-key=${id} class=${own ? "own" : null}><td class="rank">${rank}</td>
    <th scope="row"><span class="who"><${Avatar} card=${card} />${card.username ? html`<a class="cut" href="/people/${card.username}" title=${card.name}>${name}</a>` : html`<span class="cut" title=${card.name}>${name}</span>`}</span></th>
    <td class="since hint"><${Time} at=${reached_at} /></td><td class="score">${score.toLocaleString()}</td></tr>`;
}
