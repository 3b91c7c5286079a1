/** What sides say a match ended like: proposed by hand or by screenshots, agreed to, contested, settled. */

import { useSignal } from "@preact/signals";
import { Avatar, Dialog, Field, Form, Time, toast } from "../components.js";
import { now } from "../connection.js";
import { useSecondsLeft } from "../countdown.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { leftOf } from "../moments.js";
import { later } from "../resource.js";
import { api } from "../session.js";
import { reasonOf } from "../words.js";
import { Pictures, Sending } from "./claim_pictures.js";
import { isPlain, lineOf } from "./payloads.js";
import { Payload } from "./result.js";
import { isAhead, SETTLED, warningOf } from "./words.js";

/**
 * @typedef {import("./store.js").OpenCompetition} OpenCompetition
 * @typedef {import("./match_store.js").OpenMatch} OpenMatch
 * @typedef {import("./shapes.js").Match} Match
 * @typedef {import("./shapes.js").Claim} Claim
 * @typedef {import("./shapes.js").Stage | undefined} Stage
 * @typedef {{ open: OpenCompetition, seen: OpenMatch, match: Match, stage: Stage }} Place
 */

const ClaimForm = later(() => import("./claim_form.js").then((part) => part.ClaimForm));

/** @type {Record<string, string>} */
const STATES = {
  reading: "Being read", proposed: "Waits for an answer", agreed: "Agreed", contested: "Contested: a referee decides", lapsed: "Nobody answered: a referee decides",
  superseded: "Replaced by another", confirmed: "Confirmed", rejected: "Rejected",
};
const OPEN = new Set(["reading", "proposed", "contested", "lapsed", "agreed"]);

/** @param {Place} props */
export function Claims({ open, seen, match, stage }) {
  const shown = seen.claims.filter(({ state }) => OPEN.has(state));
  const past = seen.claims.filter(({ state }) => !OPEN.has(state));
  return html`<section class="claims" aria-label="Claims">
    ${shown.map((claim) => html`<${One} key=${claim.id} open=${open} seen=${seen} match=${match} stage=${stage} claim=${claim} />`)}
    ${seen.mine.value?.may_propose && !SETTLED.has(match.state) && html`<${Propose} key=${shown.length > 0} seen=${seen} match=${match} stage=${stage} first=${!shown.length} />`}
    ${past.length > 0 && html`<details class="past"><summary class="hint">Earlier claims (${past.length})</summary><ul class="cards">${past.map((claim) => html`<li key=${claim.id} class="row"><${Avatar} card=${claim.author} />
      <p class="grow"><b>${claim.side?.name ?? "Staff"}</b> <span class="hint">${lineOf(claim.payload, match)} · ${STATES[claim.state]}${claim.reason ? `: ${claim.reason}` : ""}</span></p><${Time} at=${claim.created_at} /></li>`)}</ul></details>`}</section>`;
}

/** How to say how it ended. @param {Omit<Place, "open"> & { first: boolean }} props */
function Propose({ seen, match, stage, first }) {
  const types = useSignal(false);
  const asked = useSignal(first);
  const game = useSignal(1);
  const several = stage?.format === "lobby" && match.games > 1;
  const gameNo = several ? game.value : null;
  if (match.state === "disputed" || isAhead(match, now.value)) return null;
  if (!asked.value) return html`<p><button type="button" class="button" onclick=${() => { asked.value = true; }}>Propose another result</button></p>`;
  return html`<div class="propose-claim"><header class="row"><h2 class="grow">${first ? "How did it end?" : "Propose another result"}</h2>
      ${several && html`<select class="slim" aria-label="Game" onchange=${(/** @type {any} */ event) => { game.value = Number(event.currentTarget.value); }}>${Array.from({ length: match.games }, (_, at) => html`<option key=${at} value=${at + 1}>Game ${at + 1}</option>`)}</select>`}</header>
    ${types.value ? html`<${ClaimForm} key=${gameNo} match=${match} stage=${stage} submit="Propose this result" act=${async (/** @type {any} */ payload) => {
        await api("POST", `${seen.route}claims/`, { payload, ...(gameNo && { game_no: gameNo }) });
        types.value = false;
        toast("Proposed. The other side, or a referee, answers.");
      }} cancel=${() => { types.value = false; }} />`
      : html`<${Sending} route=${`${seen.route}claims/`} game=${gameNo} type=${() => { types.value = true; }} />`}</div>`;
}

/** @param {Place & { claim: Claim }} props */
function One({ open, seen, match, stage, claim }) {
  const asked = useSignal(/** @type {boolean | null} */ (null)); // null: as long as numbers are missing
  const edits = asked.value ?? claim.cells.length > 0;
  const left = useSecondsLeft(claim.window_ends_at);
  const own = claim.side !== null && claim.side.id === seen.mine.value?.side;
  const mayFill = own || seen.mine.value?.may_settle;
  const doubts = claim.cells.length;
  const state = claim.state === "proposed" && claim.window_ends_at && left > 0 ? `Answer within ${leftOf(left)}` : STATES[claim.state];
  const route = `${open.route}claims/${claim.id}/`;
  const nameOf = (/** @type {number} */ id) => match.sides.find(({ entrant }) => entrant?.id === id)?.entrant?.name ?? "somebody";
  const fill = mayFill && edits && claim.state !== "reading";
  return html`<article class="claim card" aria-label="Claim of ${claim.side?.name ?? "the staff"}"><header class="row"><${Avatar} card=${claim.author} /><div class="grow"><p><b>${claim.side?.name ?? "Staff"}</b> ${claim.state === "reading" ? "sent screenshots" : html`<span class="hint">says</span> ${lineOf(claim.payload, match)}`}</p>
      <p class="hint">${claim.author.name} · <${Time} at=${claim.created_at} /></p></div><span class=${claim.state === "contested" || claim.state === "lapsed" ? "state urgent" : "state"}>${state}</span></header>
    ${claim.warnings.map((one) => html`<p key=${one} class="doubt"><${Icon} name="warn" />${warningOf(one, nameOf)}</p>`)}
    ${claim.reason && html`<p class="quote">${claim.reason}</p>`}
    ${claim.state === "reading" ? html`<${Pictures} pictures=${claim.pictures} reading /><p class="hint" role="status">Reading the numbers…</p>`
      : fill ? html`<${ClaimForm} key=${claim.version} match=${match} stage=${stage} claim=${claim} submit=${doubts ? "These are the numbers" : "Save"} act=${async (/** @type {any} */ payload) => {
          await api("PATCH", route, { payload, version: claim.version });
          asked.value = null;
        }} cancel=${doubts ? null : () => { asked.value = null; }} />`
      : html`<${Pictures} pictures=${claim.pictures} />${!isPlain(claim.payload) && html`<${Payload} payload=${claim.payload} match=${match} own=${seen.mine.value?.side ?? undefined} />`}
        ${doubts > 0 && html`<p class="doubt"><${Icon} name="warn" />${doubts === 1 ? "One number is" : `${doubts} numbers are`} not sure yet.</p>`}`}
    <${Answers} seen=${seen} claim=${claim} route=${route} own=${own} edit=${mayFill && !fill && claim.state === "proposed" ? () => { asked.value = true; } : null} /></article>`;
}

/** What may be answered: by the other side's captain, whoever settles, and for the own claim nothing but a change. @param {{ seen: OpenMatch, claim: Claim, route: string, own: boolean, edit: (() => void) | null }} props */
function Answers({ seen, claim, route, own, edit }) {
  const contests = useSignal(false);
  const busy = useSignal("");
  const refused = useSignal("");
  const mine = seen.mine.value;
  const other = !own && mine?.side !== null && mine?.is_captain && seen.match.value?.sides.length === 2;
  const answer = (/** @type {string} */ act) => async () => {
    if (busy.value) return;
    [busy.value, refused.value] = [act, ""];
    await api("POST", `${route}${act}/`, { version: claim.version }).catch((error) => { refused.value = reasonOf(error); });
    busy.value = "";
  };
  const contest = async (/** @type {Record<string, string>} */ { reason }) => {
    await api("POST", `${route}contest/`, { reason });
    contests.value = false;
  };
  const answers = claim.state === "proposed" && other && !claim.cells.length;
  if (!answers && !edit && !refused.value) return own && claim.state === "proposed" && !claim.cells.length ? html`<p class="hint">The other side, or a referee, answers.</p>` : null;
  return html`<div class="row wrap">${answers && html`<button type="button" class="button primary" aria-disabled=${busy.value !== ""} onclick=${answer("agree")}><${Icon} name="check" />${busy.value === "agree" ? "Agreeing…" : "Agree"}</button>
      <button type="button" class="button" onclick=${() => { contests.value = true; }}>Contest…</button>`}
    ${edit && html`<button type="button" class="button" onclick=${edit}>Change it</button>`}</div>
    ${refused.value && html`<p class="refused" role="alert"><${Icon} name="warn" /><span class="grow">${refused.value}</span></p>`}
    ${contests.value && html`<${Dialog} label="Contest this claim" onclose=${() => { contests.value = false; }}><${Form} act=${contest} submit="Contest" danger>${(/** @type {Record<string, string[]>} */ wrong) => html`
      <p class="hint">A referee looks at it then. Propose what you saw as well: with your screenshot it is settled sooner.</p>
      <${Field} label="What is wrong?" name="reason" as="textarea" rows="3" maxlength="500" autofocus error=${wrong.reason} />`}<//><//>`}`;
}
