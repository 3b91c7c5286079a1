/** An order among entrants, put by hand or drawn: lots among the tied, and seeds. */

import { useSignal } from "@preact/signals";
import { IconButton } from "../../components.js";
import { html } from "../../html.js";
import { Icon } from "../../icons.js";
import { api } from "../../session.js";
import { ActButton, Refused, useActs } from "./acting.js";

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("@preact/signals").Signal<number[]>} Order
 */

/** In an order that nobody could know. @param {number[]} ids */
export function shuffled(ids) {
  const drawn = [...ids];
  for (let left = drawn.length; left > 1; left--) {
    const at = /** @type {number} */ (crypto.getRandomValues(new Uint32Array(1))[0]) % left;
    [drawn[at], drawn[left - 1]] = /** @type {[number, number]} */ ([drawn[left - 1], drawn[at]]);
  }
  return drawn;
}

/** @param {{ open: OpenCompetition, order: Order }} props */
export function Ordering({ open, order }) {
  const nameOf = (/** @type {number} */ id) => open.entrants.value.find((one) => one.id === id)?.name ?? `Entrant ${id}`;
  const move = (/** @type {number} */ at, /** @type {number} */ to) => {
    const ids = [...order.value];
    ids.splice(to, 0, ...ids.splice(at, 1));
    order.value = ids;
  };
  return html`<ol class="ordering" aria-label="Order">${order.value.map((id, at) => html`<li key=${id} class="row"><span class="no">${at + 1}</span><span class="grow cut">${nameOf(id)}</span>
    <${IconButton} icon="upvote" label="${nameOf(id)} up" disabled=${at === 0} onclick=${() => move(at, at - 1)} /><${IconButton} icon="downvote" label="${nameOf(id)} down" disabled=${at === order.value.length - 1} onclick=${() => move(at, at + 1)} /></li>`)}</ol>
    <button type="button" class="button" onclick=${() => { order.value = shuffled(order.value); }}>Draw by lot</button>`;
}

/** What separates who is tied. @param {{ open: OpenCompetition, stage: import("../shapes.js").Stage | undefined, tied: number[], words: string, done: () => void }} props */
export function Lot({ open, stage, tied, words, done }) {
  const acts = useActs(open);
  const order = useSignal(tied);
  const reason = useSignal("");
  const record = async () => {
    await api("POST", `${open.route}lots/`, { stage_id: stage?.id, order: order.value, reason: reason.value.trim() || "Drawn by lot." });
    done();
  };
  return html`<section class="card lot" aria-label="Lot"><p class="doubt"><${Icon} name="warn" />${words}</p><${Ordering} open=${open} order=${order} />
    <input aria-label="How it was decided" placeholder="How it was decided, if not drawn by lot" maxlength="500" value=${reason.value} oninput=${(/** @type {any} */ event) => { reason.value = event.currentTarget.value; }} />
    <p><${ActButton} acts=${acts} name="lot" look="primary" words="Record this order" call=${record} /></p><${Refused} acts=${acts} name="lot" /></section>`;
}
