/** What the own matches say together: form, goals, possession, opponents. Every plot is a table as well. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Empty } from "../components.js";
import { html } from "../html.js";
import { Loading, useResource } from "../resource.js";
import { user } from "../session.js";
import { counted } from "../words.js";
import { barsOf } from "./fields.js";
import { Head } from "./index.js";
import { barsUpDown, lineThrough, smoothed } from "./plot.js";
import { hear } from "./store.js";
import { gameOf, labelOf, RESULTS, shownOf } from "./words.js";

/**
 * @typedef {{ total: number, wins: number, draws: number, losses: number, goals_scored: number, goals_conceded: number }} Record_
 * @typedef {{ match: string, at: string, result: string | null, goals_scored: number | null, goals_conceded: number | null, user: number | null, opponent: number | null }} Point
 */

const [WIDE, HIGH] = [640, 120]; // of a plot, in its own units
const SPAN = 5; // matches in a moving mean
const MOST_OPPONENTS = 8;
/** @type {[string, string][]} */
const PERIODS = [["30", "30 days"], ["90", "90 days"], ["365", "A year"], ["", "All time"]];
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

export function Statistics() {
  const days = useSignal("");
  const game = useSignal("");
  return html`<section class="page matches"><${Head} at="/matches/statistics" />
    ${user.value && html`<${Numbers} key="${days.value}/${game.value}/${user.value.id}" days=${days} game=${game} />`}</section>`;
}

/** @param {{ days: import("@preact/signals").Signal<string>, game: import("@preact/signals").Signal<string> }} props */
function Numbers({ days, game }) {
  const since = days.value ? new Date(Date.now() - Number(days.value) * 86_400_000).toISOString().slice(0, 10) : "";
  const query = new URLSearchParams(Object.entries({ since, game: game.value }).filter(([, value]) => value)).toString();
  const { found, refusal, load } = useResource(`stats/summary/${query && `?${query}`}`);
  useEffect(() => hear(load, load), [query]);
  const all = found.value;
  const periods = html`<div class="chips" role="group" aria-label="Over which time">${PERIODS.map(([value, words]) => html`
    <button type="button" class="chip" key=${value} aria-pressed=${days.value === value} onclick=${() => { days.value = value; }}>${words}</button>`)}</div>`;
  if (!all) return html`${periods}${refusal ?? html`<${Loading} />`}`;
  if (!all.total && !days.value && !game.value) return html`<${Empty} icon="now" title="No match counts yet" heading="h2"><p>As soon as you have confirmed one, your form and your averages stand here.</p><a class="button" href="/matches">To your matches</a><//>`;
  return html`${periods}${all.total === 0 ? html`<p class="quiet">No match in this time.</p>` : html`<div class="plots"><${Figures} all=${all} /><${Form} form=${all.form} streaks=${all.streaks} /><${Goals} series=${all.series} />
    <${Possession} series=${all.series} /><${Opponents} opponents=${all.by_opponent} /><${Averages} averages=${all.averages} /><${Games} games=${all.by_game} game=${game} /></div>`}`;
}

/** @param {{ all: any }} props */
function Figures({ all }) {
  const { total, wins, draws, losses, goals_scored, goals_conceded } = all;
  const share = (/** @type {number} */ part) => ({ flexGrow: part });
  const difference = goals_scored - goals_conceded;
  return html`<dl class="figures"><div><dt>${total === 1 ? "Match" : "Matches"}</dt><dd>${total.toLocaleString()}</dd></div>
      <div><dt>Won</dt><dd>${wins + draws + losses ? `${Math.round((100 * wins) / (wins + draws + losses))} %` : "–"}</dd></div>
      <div><dt>Goals, ${difference > 0 ? "+" : difference < 0 ? "−" : "±"}${Math.abs(difference)}</dt><dd>${goals_scored}:${goals_conceded}</dd></div></dl>
    <figure class="card plot"><div class="record" aria-hidden="true">${wins > 0 && html`<i class="win" style=${share(wins)}></i>`}${draws > 0 && html`<i class="draw" style=${share(draws)}></i>`}${losses > 0 && html`<i class="loss" style=${share(losses)}></i>`}</div>
      <figcaption class="ends"><span><b>${wins}</b> won</span><span><b>${draws}</b> drawn</span><span><b>${losses}</b> lost</span></figcaption></figure>`;
}

/** @param {{ form: string[], streaks: any }} props */
function Form({ form, streaks }) {
  if (!form.length) return null;
  const run = streaks.current && streaks.current_length > 1 ? `${counted(streaks.current_length, "match", "matches")} ${{ win: "won", draw: "drawn", loss: "lost" }[/** @type {"win"} */ (streaks.current)]} in a row.` : "";
  const best = [streaks.longest_wins > 1 && `Longest winning run ${streaks.longest_wins}`, streaks.longest_unbeaten > 1 && `unbeaten ${streaks.longest_unbeaten}`].filter(Boolean).join(", ");
  return html`<figure class="card plot"><figcaption><b>Form</b> <span class="hint">the last ${form.length}, newest at the right</span></figcaption>
    <ol class="form-of">${form.map((result, place) => html`<li key=${place} class="mark-of ${result}"><span aria-hidden="true">${RESULTS[result]?.letter}</span><span class="unseen">${RESULTS[result]?.words}</span></li>`)}</ol>
    ${(run || best) && html`<p class="hint">${run} ${best && `${best}.`}</p>`}</figure>`;
}

/** @param {{ series: Point[] }} props */
function Goals({ series }) {
  const scored = series.filter(({ goals_scored }) => goals_scored !== null);
  if (scored.length < 2) return null;
  const { middle, bars } = barsUpDown(scored.map(({ goals_scored, goals_conceded }) => [goals_scored, goals_conceded]), { width: WIDE, height: HIGH, most: 40, gap: 3 });
  return html`<figure class="card plot"><figcaption><b>Goals</b> <span class="hint">scored above the line, conceded below</span></figcaption>
    <svg viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="none" aria-hidden="true">${bars.map(({ x, width, up, down }, place) => html`<g key=${place}><title>${titleOf(scored[place])}</title>
      <rect class="for" x=${x} width=${width} y=${middle - up} height=${up} /><rect class="against" x=${x} width=${width} y=${middle + 1} height=${down} /></g>`)}
      <line x1="0" x2=${WIDE} y1=${middle} y2=${middle} vector-effect="non-scaling-stroke" /></svg>
    <${Ends} points=${scored} whole=${scored.length * 40 > WIDE / 2} />
    <table class="unseen"><caption>Goals by match</caption><thead><tr><th scope="col">When</th><th scope="col">Scored</th><th scope="col">Conceded</th></tr></thead>
      <tbody>${scored.map(({ match, at, goals_scored, goals_conceded }) => html`<tr key=${match}><th scope="row">${day.format(new Date(at))}</th><td>${goals_scored}</td><td>${goals_conceded}</td></tr>`)}</tbody></table></figure>`;
}

/** @param {Point | undefined} point */
const titleOf = (point) => (point ? `${day.format(new Date(point.at))}: ${point.goals_scored} to ${point.goals_conceded}` : "");

/** From when to when a plot goes. @param {{ points: Point[], whole: boolean }} props */
function Ends({ points, whole }) {
  const ends = whole ? [points[0], points.at(-1)] : [points[0]];
  return html`<p class="hint ends" aria-hidden="true">${ends.map((one, place) => one && html`<span key=${place}>${day.format(new Date(one.at))}</span>`)}</p>`;
}

/** @param {{ series: Point[] }} props */
function Possession({ series }) {
  const known = series.filter(({ user }) => user !== null);
  if (known.length < 2) return null;
  const values = known.map(({ user }) => user);
  const step = WIDE / (known.length - 1);
  return html`<figure class="card plot"><figcaption><b>Possession</b> <span class="hint">by match, and the mean of ${SPAN}</span></figcaption>
    <div class="framed"><svg class="line" viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="none" aria-hidden="true"><line x1="0" x2=${WIDE} y1=${HIGH / 2} y2=${HIGH / 2} vector-effect="non-scaling-stroke" />
      <path class="thin" d=${lineThrough(values, { width: WIDE, height: HIGH })} vector-effect="non-scaling-stroke" />
      <path d=${lineThrough(smoothed(values, SPAN), { width: WIDE, height: HIGH })} vector-effect="non-scaling-stroke" />
      ${known.map(({ match, at, user }, place) => html`<rect key=${match} class="at" x=${place * step - step / 2} width=${step} y="0" height=${HIGH}><title>${day.format(new Date(at))}: ${user} %</title></rect>`)}</svg>
      <span class="axis top" aria-hidden="true">100</span><span class="axis half" aria-hidden="true">50 %</span></div>
    <${Ends} points=${known} whole />
    <table class="unseen"><caption>Possession by match</caption><thead><tr><th scope="col">When</th><th scope="col">Possession</th></tr></thead>
      <tbody>${known.map(({ match, at, user }) => html`<tr key=${match}><th scope="row">${day.format(new Date(at))}</th><td>${user} %</td></tr>`)}</tbody></table></figure>`;
}

/** @param {{ opponents: any[] }} props */
function Opponents({ opponents }) {
  if (!opponents?.length) return null;
  const most = Math.max(...opponents.map(({ total }) => total));
  return html`<figure class="card plot"><figcaption><b>By opponent</b></figcaption>
    <table><thead><tr><th scope="col">Opponent</th><th scope="col"><abbr title="Won, drawn, lost">W D L</abbr></th><th scope="col">Goals</th><th scope="col" class="wide">Matches</th></tr></thead>
      <tbody>${opponents.slice(0, MOST_OPPONENTS).map((one) => html`<tr key=${one.user?.id ?? one.name}><th scope="row">${one.user?.name || one.name || "Not named"}</th><td>${one.wins} ${one.draws} ${one.losses}</td><td>${one.goals_scored}:${one.goals_conceded}</td>
        <td class="wide"><span class="record thin" aria-hidden="true" style=${{ width: `${(100 * one.total) / most}%` }}>${["wins", "draws", "losses"].map((which) => one[which] > 0 && html`<i key=${which} class=${{ wins: "win", draws: "draw", losses: "loss" }[which]} style=${{ flexGrow: one[which] }}></i>`)}</span><span class="of">${one.total}</span></td></tr>`)}</tbody></table></figure>`;
}

/** @param {{ averages: Record<string, any> }} props */
function Averages({ averages }) {
  const rows = Object.entries(averages ?? {});
  if (!rows.length) return null;
  return html`<figure class="card plot"><figcaption><b>Averages per match</b> <span class="hint">you at the left, opponents at the right</span></figcaption>
    <${Bars} rows=${rows.map(([key, { user, opponent }]) => [key, tenth(user), tenth(opponent)])} caption="Averages per match" /></figure>`;
}

/** @param {number | null} value */
const tenth = (value) => (value === null ? null : Math.round(value * 10) / 10);

/** Two bars for every row, from the middle outwards: the own one at the left. @param {{ rows: [string, number | null, number | null][], caption: string }} props */
export function Bars({ rows, caption }) {
  return html`<table class="two-sides"><caption class="unseen">${caption}</caption><thead class="unseen"><tr><th scope="col">Statistic</th><th scope="col">You</th><th scope="col">Opponent</th></tr></thead>
    <tbody>${rows.map(([key, own, other]) => html`<${Bar} key=${key} name=${key} own=${own} other=${other} />`)}</tbody></table>`;
}

/** @param {{ name: string, own: number | null, other: number | null }} props */
function Bar({ name, own, other }) {
  const [left, right] = barsOf(name, own, other).map((part) => ({ transform: `scaleX(${part})` }));
  return html`<tr><th scope="row">${labelOf(name)}</th><td class="own">${shownOf(name, own)}</td><td class="other">${shownOf(name, other)}</td>
    <td class="bars" aria-hidden="true"><i class="own" style=${left}></i><i class="other" style=${right}></i></td></tr>`;
}

/** @param {{ games: Record<string, any>, game: import("@preact/signals").Signal<string> }} props */
function Games({ games, game }) {
  const all = Object.entries(games);
  if (all.length < 2 && !game.value) return null;
  return html`<figure class="card plot"><figcaption><b>By game</b></figcaption><div class="chips" role="group" aria-label="Which game"><button type="button" class="chip" aria-pressed=${!game.value} onclick=${() => { game.value = ""; }}>All</button>
    ${all.map(([name, { total }]) => html`<button type="button" class="chip" key=${name} aria-pressed=${game.value === name} onclick=${() => { game.value = name; }}>${gameOf(name) || "Other"} ${total}</button>`)}</div></figure>`;
}
