/** How a group votes: over time, on what, how far of one mind. Every plot is a table as well. */

import { Empty } from "../components.js";
import { html } from "../html.js";
import { Loading, useResource } from "../resource.js";
import { counted } from "../words.js";
import { CATEGORIES, signed } from "./rules.js";

/**
 * @typedef {{ at: string, upvotes: number, downvotes: number, taken_back: number }} VotesAt
 * @typedef {{ item: number, title: string, score: number, upvotes_count: number, downvotes_count: number, agreement: number | null, list?: number, list_title?: string }} Opinion
 * @typedef {{ category: string, items_count: number, score: number, upvotes_count: number, downvotes_count: number }} Interest
 */

const [WIDE, HIGH, GAP] = [640, 120, 2]; // of the plot, in its own units
const STEP_MOST = 28;
const MOST = 8;

/** @param {{ list: import("./store.js").OpenList }} props */
export function Insights({ list }) {
  if (!list.role.value) return html`<${Empty} icon="now" title="For the people on this list" heading="h2"><p>How they voted is theirs to see.</p><//>`;
  return html`<${Numbers} key=${list.id} route="bucketlists/${list.id}/insights/" />`;
}

/** The numbers of a list, or of all public ones. @param {{ route: string }} props */
export function Numbers({ route }) {
  const { found, refusal } = useResource(route);
  const all = found.value;
  if (!all) return refusal ?? html`<${Loading} />`;
  if (!all.votes_count) return html`<${Empty} icon="now" title="No votes yet" heading="h2"><p>As soon as people vote, this shows how they do.</p><//>`;
  return html`<div class="insights">
    <dl class="figures">${figuresOf(all).map(([words, figure]) => html`<div key=${words}><dt>${words}</dt><dd>${figure}</dd></div>`)}</dl>
    <${OverTime} period=${all.period} votes=${all.votes_over_time} />
    <${Wanted} items=${all.items} />
    <${Categories} categories=${all.categories} /></div>`;
}

/** @param {any} all @returns {[string, string][]} */
const figuresOf = (all) => [
  all.members_count === undefined ? ["Public lists", all.lists_count.toLocaleString()] : ["Have voted", `${all.voters_count} of ${all.members_count}`],
  ["Votes that count", all.votes_count.toLocaleString()],
  ["Of one mind", percent(all.agreement)],
];

/** @param {number | null} part */
const percent = (part) => (part === null ? "–" : `${Math.round(part * 100)} %`);

/** @param {{ period: string, votes: VotesAt[] }} props */
function OverTime({ period, votes }) {
  const most = (/** @type {"upvotes" | "downvotes"} */ which) => Math.max(0, ...votes.map((one) => one[which]));
  const unit = (HIGH - GAP) / Math.max(1, most("upvotes") + most("downvotes"));
  const middle = most("upvotes") * unit;
  const step = Math.min(STEP_MOST, WIDE / votes.length);
  const tall = (/** @type {number} */ count) => count * unit;
  const shown = momentsOf(period);
  const ends = votes.length * step > WIDE / 2 ? [votes[0], votes.at(-1)] : [votes[0]];
  return html`<figure class="card plot"><figcaption><b>Votes over time</b> <span class="hint">by ${period}; up above the line, down below</span></figcaption>
    <svg viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="none" aria-hidden="true">
      ${votes.map(({ at, upvotes, downvotes }, place) => html`<g key=${at}><title>${shown.format(new Date(at))}: ${upvotes} up, ${downvotes} down</title>
        <rect class="for" x=${place * step} width=${Math.max(1, step - GAP)} y=${middle - tall(upvotes)} height=${tall(upvotes)} />
        <rect class="against" x=${place * step} width=${Math.max(1, step - GAP)} y=${middle + 1} height=${tall(downvotes)} /></g>`)}
      <line x1="0" x2=${WIDE} y1=${middle} y2=${middle} vector-effect="non-scaling-stroke" /></svg>
    <p class="hint ends" aria-hidden="true">${ends.map((one) => one && html`<span key=${one.at}>${shown.format(new Date(one.at))}</span>`)}</p>
    <table class="unseen"><caption>Votes over time</caption><thead><tr><th scope="col">When</th><th scope="col">Up</th><th scope="col">Down</th><th scope="col">Taken back</th></tr></thead>
      <tbody>${votes.map(({ at, upvotes, downvotes, taken_back }) => html`<tr key=${at}><th scope="row">${shown.format(new Date(at))}</th><td>${upvotes}</td><td>${downvotes}</td><td>${taken_back}</td></tr>`)}</tbody></table></figure>`;
}

/** How the instants of a plot are written. @param {string} period */
const momentsOf = (period) => new Intl.DateTimeFormat(undefined, period === "minute" || period === "hour"
  ? { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : { day: "numeric", month: "short" });

/** @param {{ items: Opinion[] }} props */
function Wanted({ items }) {
  return html`<figure class="card plot"><figcaption><b>Most wanted, and how far people agree</b></figcaption>
    <table><thead><tr><th scope="col">Item</th><th scope="col">Score</th><th scope="col" class="wide">Agreement</th></tr></thead>
      <tbody>${items.slice(0, MOST).map((one) => html`<tr key=${one.item}>
        <th scope="row">${one.list ? html`<a href="/lists/${one.list}/items/${one.item}">${one.title}</a><span class="hint"> in ${one.list_title}</span>` : one.title}</th>
        <td>${signed(one.score)}</td><td class="wide"><span class="meter" aria-hidden="true"><i style=${{ transform: `scaleX(${one.agreement ?? 0})` }}></i></span><span class="of">${percent(one.agreement)}</span></td></tr>`)}</tbody></table></figure>`;
}

/** @param {{ categories: Interest[] }} props */
function Categories({ categories }) {
  const named = categories.filter(({ category }) => category);
  if (!named.length) return null;
  const most = Math.max(1, ...named.map(({ upvotes_count, downvotes_count }) => upvotes_count + downvotes_count));
  return html`<figure class="card plot"><figcaption><b>Kinds of things</b></figcaption>
    <table><thead><tr><th scope="col">Kind</th><th scope="col">Score</th><th scope="col" class="wide">Votes</th></tr></thead>
      <tbody>${named.map((one) => html`<tr key=${one.category}><th scope="row">${CATEGORIES[/** @type {keyof typeof CATEGORIES} */ (one.category)]}<span class="hint">, ${counted(one.items_count, "item")}</span></th>
        <td>${signed(one.score)}</td><td class="wide"><span class="meter two" aria-hidden="true"><i class="for" style=${{ transform: `scaleX(${one.upvotes_count / most})` }}></i><i class="against" style=${{ transform: `scaleX(${one.downvotes_count / most})` }}></i></span>
          <span class="of">${one.upvotes_count + one.downvotes_count}</span></td></tr>`)}</tbody></table></figure>`;
}
