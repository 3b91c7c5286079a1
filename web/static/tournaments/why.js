/** "Why is A above B": the first criterion that separates two rows, both values, and the matches behind them. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { IconButton } from "../components.js";
import { html } from "../html.js";
import { api } from "../session.js";
import { reasonOf } from "../words.js";
import { criterionOf, explain, passedOver, valueOf } from "./explaining.js";
import { matchName } from "./words.js";

/**
 * @typedef {import("./store.js").OpenCompetition} OpenCompetition
 * @typedef {import("./shapes.js").Explanation} Explanation
 * @typedef {import("./shapes.js").Standing} Standing
 */

/** @param {{ open: OpenCompetition, stage: import("./shapes.js").Stage, group: number | null, asOf: string, rows: Standing[], pair: number[], seq: number, clear: () => void }} props */
export function Why({ open, stage, group, asOf, rows, pair, seq, clear }) {
  const chosen = pair.map((id) => rows.find(({ entrant }) => entrant.id === id)).filter((row) => row !== undefined).sort((one, other) => one.position - other.position);
  const [one, other] = chosen;
  if (!one) return null;
  if (!other) return html`<section class="why" aria-label="Comparison"><p class="row"><span class="grow"><b>${one.entrant.name}</b> and …? <span class="hint">Choose a second row.</span></span><${IconButton} icon="close" label="Close the comparison" onclick=${clear} /></p></section>`;
  const query = new URLSearchParams({ a: String(one.entrant.id), b: String(other.entrant.id), stage: String(stage.id), ...(group !== null && { group: String(group) }), ...(asOf && { as_of: asOf }) });
  return html`<${Explained} key=${`${query}-${seq}`} open=${open} stage=${stage} route=${`${open.route}standings/explain/?${query}`} clear=${clear} />`;
}

/** @param {{ open: OpenCompetition, stage: import("./shapes.js").Stage, route: string, clear: () => void }} props */
function Explained({ open, stage, route, clear }) {
  const found = useSignal(/** @type {Explanation | null} */ (null));
  const refused = useSignal("");
  const entries = useSignal(/** @type {Map<number, number | null> | null} */ (null));
  useEffect(() => { api("GET", route).then((body) => { found.value = body; }, (error) => { refused.value = reasonOf(error); }); }, [route]);
  const behind = found.value?.asked.at(-1)?.entries.flat() ?? [];
  useEffect(() => { if (behind.length && !entries.value) matchesBehind(open, behind).then((map) => { entries.value = map; }); }, [behind.join()]);
  const { title, words } = found.value ? explain(found.value) : { title: "One moment…", words: "" };
  return html`<section class="why" aria-label="Comparison" aria-live="polite"><p class="row"><b class="grow">${refused.value || title}</b><${IconButton} icon="close" label="Close the comparison" onclick=${clear} /></p>
    ${found.value && html`<p>${words} <span class="hint">${ruleWords(found.value, stage)} ${passedOver(found.value.asked)}</span></p>
      ${entries.value && html`<${Behind} open=${open} explanation=${found.value} entries=${entries.value} />`}
      ${found.value.asked.length > 1 && html`<details><summary class="link">All that was asked</summary><${Asked} explanation=${found.value} /></details>`}`}</section>`;
}

/** @param {Explanation} explanation @param {import("./shapes.js").Stage} stage */
const ruleWords = ({ reason, asked }, { chain }) => (reason === "criterion" ? `Rule ${asked.length} of ${chain.name}.` : "");

/** The matches that the last answer was counted from. @param {{ open: OpenCompetition, explanation: Explanation, entries: Map<number, number | null> }} props */
function Behind({ open, explanation: { rows, asked }, entries }) {
  const matches = new Map(open.matches.value.map((match) => [match.id, match]));
  const behind = (/** @type {number[] | undefined} */ seqs) => [...new Set((seqs ?? []).flatMap((seq) => entries.get(seq) ?? []))].flatMap((id) => matches.get(id) ?? []);
  const last = asked.at(-1);
  return html`<dl class="counted-from">${rows.map(({ entrant }, at) => html`<div key=${entrant.id}><dt class="cut">${entrant.name}</dt><dd>${behind(last?.entries[at]).map((match) => html`
    <a key=${match.id} class="link" href="/tournaments/${open.id}/matches/${match.id}">${matchName(match)}</a> `)}</dd></div>`)}</dl>`;
}

/** @param {{ explanation: Explanation }} props */
function Asked({ explanation: { rows, asked } }) {
  const last = asked.at(-1);
  return html`<table class="asked"><thead><tr><th scope="col">Asked</th>${rows.map(({ entrant }) => html`<th key=${entrant.id} scope="col" class="cut">${entrant.name}</th>`)}</tr></thead>
    <tbody>${asked.map((one) => html`<tr key=${one.criterion + one.scope} class=${one === last ? "decides" : null}><th scope="row">${criterionOf(one)}</th>
      ${one.values ? one.values.map((value, at) => html`<td key=${at}>${valueOf(one.criterion, value)}</td>`) : html`<td colspan="2" class="hint">not known</td>`}</tr>`)}</tbody></table>`;
}

/** The match of each of these entries of the log. @param {OpenCompetition} open @param {number[]} seqs @returns {Promise<Map<number, number | null>>} */
async function matchesBehind(open, seqs) {
  const wanted = new Set(seqs);
  const known = new Map();
  let before = Math.max(...seqs) + 1;
  for (let page = 0; page < 20 && wanted.size; page++) {
    const { results, next } = await api("GET", `${open.route}entries/?limit=100&before=${before}`).catch(() => ({ results: [], next: null }));
    for (const { seq, match } of results) if (wanted.delete(seq)) known.set(seq, match);
    if (next === null) break;
    before = next;
  }
  return known;
}
