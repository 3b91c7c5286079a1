/** Protests against a result: opened inside the protest time, talked over, decided. */

import { useSignal } from "@preact/signals";
import { Avatar, Dialog, Field, Form, Time } from "../components.js";
import { useSecondsLeft } from "../countdown.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { leftOf } from "../moments.js";
import { api } from "../session.js";
import { SETTLED } from "./words.js";

/**
 * @typedef {import("./shapes.js").Dispute} Dispute
 * @typedef {import("./claims.js").Place} Place
 */

const STATES = { open: "Open", under_review: "A referee looks at it", upheld: "Upheld", dismissed: "Dismissed" };

/** @param {Omit<Place, "stage">} props */
export function Disputes({ open, seen, match }) {
  const asks = useSignal(false);
  const protest = open.meta.value?.protest_window_s ?? 0;
  const until = match.settled_at ? new Date(Date.parse(match.settled_at) + protest * 1000).toISOString() : null;
  const left = useSecondsLeft(until);
  const mine = seen.mine.value;
  const running = seen.disputes.some(({ state, side }) => (state === "open" || state === "under_review") && side.id === mine?.side);
  const may = mine?.side != null && SETTLED.has(match.state) && left > 0 && !running;
  const act = async (/** @type {Record<string, string>} */ { words }) => {
    await api("POST", `${open.route}disputes/`, { match_id: match.id, words });
    asks.value = false;
  };
  if (!may && !seen.disputes.length) return null;
  return html`<section class="disputes" aria-label="Disputes">${seen.disputes.map((one) => html`<${DisputeCard} key=${one.id} route=${`${open.route}disputes/${one.id}/`} dispute=${one} mayTalk=${mine !== null && (mine.side !== null || mine.may_settle)} />`)}
    ${may && html`<p class="row wrap"><button type="button" class="button" onclick=${() => { asks.value = true; }}>Dispute this result…</button><span class="hint">for another ${leftOf(left)}</span></p>`}
    ${asks.value && html`<${Dialog} label="Dispute this result" onclose=${() => { asks.value = false; }}><${Form} act=${act} submit="Open the dispute" danger>${(/** @type {Record<string, string[]>} */ wrong) => html`<p class="hint">A referee looks at it. The result stands until that is decided.</p>
      <${Field} label="What is wrong with it?" name="words" as="textarea" rows="4" maxlength="2000" autofocus error=${wrong.words} />`}<//><//>`}</section>`;
}

/** @param {{ route: string, dispute: Dispute, mayTalk: boolean }} props */
export function DisputeCard({ route, dispute: { side, state, messages, reason, decided_by }, mayTalk }) {
  const running = state === "open" || state === "under_review";
  const say = async (/** @type {Record<string, string>} */ { words }, /** @type {HTMLFormElement} */ form) => {
    await api("POST", `${route}messages/`, { words });
    form.reset();
  };
  return html`<article class="card dispute" aria-label="Dispute of ${side.name}"><header class="row"><p class="grow"><b>${side.name}</b> <span class="hint">disputes the result</span></p><span class=${running ? "state urgent" : "state"}>${STATES[/** @type {keyof typeof STATES} */ (state)]}</span></header>
    <ul class="talk">${messages.map(({ id, author, words, at }) => html`<li key=${id} class="row"><${Avatar} card=${author} /><div class="grow"><p><b>${author.name}</b> <span class="hint"><${Time} at=${at} /></span></p><p class="said-words">${words}</p></div></li>`)}</ul>
    ${reason && html`<p class="quote"><${Icon} name="shield" />${decided_by?.name}: ${reason}</p>`}
    ${running && mayTalk && html`<${Form} act=${say} submit="Send">${(/** @type {Record<string, string[]>} */ wrong) => html`<${Field} label="Answer" name="words" as="textarea" rows="2" maxlength="2000" error=${wrong.words} />`}<//>`}</article>`;
}
