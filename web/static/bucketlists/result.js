/** What was decided: a sealed round, its order, and the count again by whoever doubts it, here in the browser. */

import { useSignal } from "@preact/signals";
import { Empty } from "../components.js";
import { now } from "../connection.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { secondOf } from "../moments.js";
import { Loading, useResource } from "../resource.js";
import { api } from "../session.js";
import { clockOf, counted, reasonOf } from "../words.js";
import { TallyBar } from "./item.js";
import { differences } from "./recount.js";
import { signed } from "./rules.js";

/** @typedef {import("./store.js").OpenList} OpenList */

const CHOICES = { up: "up", down: "down", none: "taken back", suspended: "suspended", restored: "counts again", withdrawn: "withdrawn", carried_up: "up, from the round before", carried_down: "down, from the round before" };

/** @param {{ list: OpenList }} props */
export function Results({ list }) {
  const chosen = useSignal(/** @type {number | null} */ (null));
  const { round = 1, is_frozen = false } = list.meta.value ?? {};
  const newest = is_frozen || list.frozen.value ? round : round - 1;
  if (newest < 1) return html`<${Empty} icon="lock" title="Nothing is decided yet" heading="h2"><p>When the list closes, the votes are sealed and stand here for ever.</p><//>`;
  const shown = chosen.value ?? newest;
  const rounds = Array.from({ length: newest }, (_, place) => place + 1);
  return html`${newest > 1 && html`<div class="chips" role="group" aria-label="Round">${rounds.map((number) => html`<button type="button" key=${number} class="chip" aria-pressed=${number === shown}
      onclick=${() => { chosen.value = number; }}>Round ${number}</button>`)}</div>`}
    <${Round} key=${shown} list=${list} round=${shown} />`;
}

/** @param {{ list: OpenList, round: number }} props */
function Round({ list, round }) {
  const { found, refusal } = useResource(`bucketlists/${list.id}/result/?round=${round}`);
  const result = found.value;
  if (!result) return refusal ?? html`<${Loading} />`;
  const most = Math.max(1, ...result.items.map((/** @type {any} */ item) => item.upvotes_count + item.downvotes_count));
  return html`<section class="result" aria-label="Result of round ${round}">
    <p class="hint"><${Icon} name="lock" />Sealed ${secondOf(result.closes_at, now.value)}${result.late_attempts > 0 && html`; ${counted(result.late_attempts, "vote")} came after that and ${result.late_attempts === 1 ? "is" : "are"} not in it`}.</p>
    <ol class="ranks" style=${{ "--most": most }}>${result.items.map((/** @type {any} */ item) => html`<li key=${item.id} class=${item.rank === 1 && !item.tied && item.score > 0 ? "won" : ""}>
      <span class="rank">${item.rank ?? "–"}</span><span><b>${item.title}</b>${item.tied && html`<span class="hint"> · tied</span>`}</span><span class="hint counts">${item.upvotes_count} up, ${item.downvotes_count} down</span>
      <b class="score">${signed(item.score)}</b><${TallyBar} item=${item} /></li>`)}</ol>
    ${!result.items.length && html`<p class="hint">Nothing was proposed in this round.</p>`}
    <${Verify} list=${list} result=${result} /></section>`;
}

/** @param {{ list: OpenList, result: any }} props */
function Verify({ list, result }) {
  const told = useSignal(/** @type {{ wrong: string[], ballots: any[], mine: string | null } | null} */ (null));
  const stage = useSignal(/** @type {"" | "busy" | string} */ (""));
  const verify = async () => {
    if (stage.value === "busy") return;
    stage.value = "busy";
    try {
      const ballots = await ballotsOf(list.id, result.round);
      const mine = list.me ? (await api("GET", `bucketlists/${list.id}/my-ref/`).catch(() => null))?.voter_ref ?? null : null;
      told.value = { wrong: await differences(result, ballots), ballots, mine };
      stage.value = "";
    } catch (error) {
      stage.value = reasonOf(error);
    }
  };
  return html`<div class="verify card"><p><b>Count it again yourself</b></p>
    <p class="hint">This page fetches every ballot, under pseudonyms, replays them and follows their chain of hashes. The server is not asked whether it is right.</p>
    ${globalThis.isSecureContext
      ? html`<button type="button" class="button" aria-disabled=${stage.value === "busy"} onclick=${verify}>${stage.value === "busy" ? "Counting…" : "Verify this result"}</button>`
      : html`<p class="hint">Browsers can do this only where the page is served over HTTPS.</p>`}
    ${stage.value && stage.value !== "busy" && html`<p class="wrong" role="alert">${stage.value}</p>`}
    <div role="status">${told.value && html`<${Verdict} told=${told.value} result=${result} />`}</div>
    <p class="hint hash">Sealed hash <code>${result.head_hash}</code></p></div>`;
}

/** @param {{ told: { wrong: string[], ballots: any[], mine: string | null }, result: any }} props */
function Verdict({ told: { wrong, ballots, mine }, result }) {
  if (wrong.length) return html`<p class="wrong"><${Icon} name="warn" />This result does not hold.</p><ul>${wrong.map((one) => html`<li key=${one}>${one}</li>`)}</ul>`;
  const own = ballots.filter(({ voter_ref }) => voter_ref === mine);
  const titles = new Map(result.items.map((/** @type {any} */ { id, title }) => [id, title]));
  return html`<p class="holds"><${Icon} name="check" /><b>It holds.</b> ${counted(ballots.length, "ballot")} lead to exactly these tallies and to this hash.</p>
    ${own.length > 0 && html`<details><summary>Your ballots, as <code>${mine}</code></summary><ul class="ballots">${own.map(({ seq, item, choice, cast_at }) => html`<li key=${seq}>
      <span class="hint">${clockOf(cast_at)}</span> ${titles.get(item) ?? "a deleted item"}: <b>${CHOICES[/** @type {keyof typeof CHOICES} */ (choice)] ?? choice}</b></li>`)}</ul></details>`}`;
}

/** Every ballot of a round. @param {number} list @param {number} round */
async function ballotsOf(list, round) {
  const ballots = [];
  for (let after = 0; ;) {
    const { results, next } = await api("GET", `bucketlists/${list}/ballots/?round=${round}&after=${after}`);
    ballots.push(...results);
    if (next === null) return ballots;
    after = next;
  }
}
