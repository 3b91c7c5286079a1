/** Tables as they move: rows slide to their new rank, numbers count up, the tied share a rank. */

import { useSignal } from "@preact/signals";
import { Empty } from "../components.js";
import { now } from "../connection.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { useSliding } from "../sliding.js";
import { clockOf } from "../words.js";
import { Count } from "./count.js";
import { EntrantMark } from "./entrants.js";
import { useStandings } from "./standings_store.js";
import { columnWords, figureOf, NARROW } from "./words.js";
import { Why } from "./why.js";

/**
 * @typedef {import("./store.js").OpenCompetition} OpenCompetition
 * @typedef {import("./shapes.js").Stage} Stage
 * @typedef {import("./shapes.js").Standing} Standing
 */

/** @param {{ open: OpenCompetition }} props */
export function Boards({ open }) {
  const stages = open.stages.value.filter(({ state, format }) => state !== "planned" && format !== "single_elimination");
  const chosen = useSignal(/** @type {number | null} */ (null));
  const group = useSignal(/** @type {number | null} */ (null));
  const asOf = useSignal("");
  const stage = stages.find(({ id }) => id === chosen.value) ?? stages.at(-1);
  if (!stage) return html`<${Empty} icon="play" title="No table yet" heading="h2"><p>The first stage is drawn when check-in closes; from then on every confirmed result moves this table.</p><//>`;
  const groups = stage.groups.length > 1 ? stage.groups : [];
  const shown = groups.find(({ id }) => id === group.value) ?? null;
  /** @param {string} label @param {{ id: number | null, name: string }[]} choices @param {number | null} now @param {(id: any) => void} choose */
  const chips = (label, choices, now, choose) => html`<div class="chips" role="group" aria-label=${label}>${choices.map(({ id, name }) => html`
    <button type="button" key=${id} class="chip" aria-pressed=${id === now} onclick=${() => choose(id)}>${name}</button>`)}</div>`;
  return html`<div class="board-head">${stages.length > 1 && chips("Stage", stages, stage.id, (id) => { chosen.value = id; group.value = null; })}
      ${groups.length > 0 && chips("Group", [{ id: null, name: "Overall" }, ...groups], shown?.id ?? null, (id) => { group.value = id; })}<span class="grow hint">Choose two rows to see why one is above the other.</span><${AsOf} asOf=${asOf} /></div>
    <${Table} key="${stage.id}-${shown?.id}-${asOf.value}" open=${open} stage=${stage} group=${shown?.id ?? null} asOf=${asOf.value} />`;
}

/** The moment for which the table is asked. @param {{ asOf: import("@preact/signals").Signal<string> }} props */
function AsOf({ asOf }) {
  const onchange = (/** @type {any} */ { currentTarget: { value } }) => { asOf.value = value ? new Date(value).toISOString() : ""; };
  const local = asOf.value && new Date(Date.parse(asOf.value) - new Date(asOf.value).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  return html`<details class="as-of" open=${Boolean(asOf.value)}><summary class="chip"><${Icon} name="clock" />${asOf.value ? "As it was" : "As of…"}</summary>
    <div class="row"><input type="datetime-local" aria-label="As it was at" value=${local} onchange=${onchange} />${asOf.value && html`<button type="button" class="link" onclick=${() => { asOf.value = ""; }}>Now</button>`}</div></details>`;
}

/** @param {{ open: OpenCompetition, stage: Stage, group: number | null, asOf: string }} props */
function Table({ open, stage, group, asOf }) {
  const frozen = asOf ? null : open.meta.value?.frozen_at ?? null;
  const behind = frozen && Date.parse(frozen) <= now.value && open.mine.value?.acts.includes("watch") ? `${frozen} ${open.matches.value.map(({ state, score }) => `${state}${score ?? ""}`).join()}` : "";
  const { meta, rows, refused } = useStandings(open.route, stage.id, group, asOf, behind);
  const pair = useSignal(/** @type {number[]} */ ([]));
  const box = useSliding();
  if (refused.value) return html`<p class="wrong" role="alert">${refused.value}</p>`;
  if (!meta.value || !rows.value) return html`<div class="loading" role="status"><span class="unseen">Loading…</span>${[1, 2, 3, 4, 5, 6].map((one) => html`<i key=${one}></i>`)}</div>`;
  const { columns, frozen_at, matches_settled, matches_count, count } = meta.value;
  const order = [...columns.filter((one) => one !== "points"), "points"];
  const choose = (/** @type {number} */ id) => { pair.value = pair.value.includes(id) ? pair.value.filter((one) => one !== id) : [...pair.value, id].slice(-2); };
  const own = open.entrant.value?.id;
  const isLast = !open.stages.value.some(({ number }) => number > stage.number);
  const through = isLast || !matches_settled ? 0 : throughOf(stage, group);
  return html`<${Frozen} at=${behind ? frozen : frozen_at} behind=${behind !== ""} />
    <div class="table-box"><table class="standings"><caption class="unseen">${stage.name}, after ${matches_settled} of ${matches_count} matches</caption>
      <thead><tr><th scope="col"><span class="unseen">Rank</span><span aria-hidden="true">#</span></th><th scope="col" class="who">Team</th>${order.map((one) => html`<th key=${one} scope="col" class=${`${NARROW.has(one) ? "" : "roomy"}${one === "points" ? " points" : ""}`} title=${columnWords(one)[1]}><abbr title=${columnWords(one)[1]}>${columnWords(one)[0]}</abbr></th>`)}</tr></thead>
      <tbody ref=${box}>${rows.value.map((row) => html`<${Row} key=${row.entrant.id} row=${row} columns=${order} own=${own} through=${through} chosen=${pair.value.includes(row.entrant.id)} choose=${choose} />`)}</tbody></table></div>
    <p class="hint foot">${matches_count ? `${matches_settled} of ${matches_count} matches count.` : ""}${through ? ` The first ${through} go on.` : ""}${count > rows.value.length ? ` The first ${rows.value.length} of ${count}.` : ""}</p>
    <${Why} open=${open} stage=${stage} group=${group} asOf=${asOf} rows=${rows.value} pair=${pair.value} seq=${meta.value.seq} clear=${() => { pair.value = []; }} />`;
}

/** Until when the public sees it. @param {{ at: string | null, behind: boolean }} props */
function Frozen({ at, behind }) {
  return at && html`<p class="notice frozen"><${Icon} name="lock" />${behind ? `Staff see the whole table. Everybody else sees it as it was at ${clockOf(at)}, until the board is opened.` : `Frozen since ${clockOf(at)}: what is confirmed after that shows when the host opens the board.`}</p>`;
}

/** How many of a table go on; 0 where that is not said of it. @param {Stage} stage @param {number | null} group */
function throughOf({ advance, groups }, group) {
  if (!advance) return 0;
  if (group !== null || groups.length === 1) return advance.per_group || (groups.length === 1 ? advance.overall ?? 0 : 0);
  return advance.overall ?? 0;
}

/** @param {{ row: Standing, columns: string[], own: number | undefined, through: number, chosen: boolean, choose: (id: number) => void }} props */
function Row({ row, columns, own, through, chosen, choose }) {
  const { entrant, rank, was, tied, placed, out, position, figures } = row;
  const looks = [entrant.id === own ? "own" : "", rank !== null && position <= through && !out ? "through" : "", chosen ? "chosen" : "", out ? "out" : ""].filter(Boolean).join(" ");
  return html`<tr class=${looks} data-key=${entrant.id} title=${placed ? "Put there by hand" : null}>
    <td class="rank">${rank ?? "–"}${tied && html`<span class="tied" title="Shares this rank">=<span class="unseen"> tied</span></span>`}<${Moved} rank=${rank} was=${was} /></td>
    <th scope="row" class="who"><button type="button" aria-pressed=${chosen} onclick=${() => choose(entrant.id)} title="Compare ${entrant.name}"><${EntrantMark} entrant=${entrant} /><span class="cut">${entrant.name}</span>${out && html`<span class="hint"> out</span>`}</button></th>
    ${columns.map((one) => html`<td key=${one} class=${`${NARROW.has(one) ? "" : "roomy"}${one === "points" ? " points" : ""}`}>${typeof figures[one] === "number" ? html`<${Count} to=${figures[one]} show=${(/** @type {number} */ value) => figureOf(one, value)} />` : figureOf(one, figures[one])}</td>`)}</tr>`;
}

/** Where it came from with the last result. @param {{ rank: number | null, was: number | null }} props */
function Moved({ rank, was }) {
  if (rank === null || was === null || rank === was) return null;
  const up = was > rank;
  return html`<span class=${up ? "moved up" : "moved down"}><span aria-hidden="true">${up ? "▲" : "▼"}${Math.abs(was - rank)}</span><span class="unseen"> ${up ? "up" : "down"} ${Math.abs(was - rank)}</span></span>`;
}

