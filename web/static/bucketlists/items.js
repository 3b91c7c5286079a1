/** What is proposed on a list, in its ranking order: rows slide to their new rank, new ones fade in. */

import { useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Empty } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { useSliding } from "../sliding.js";
import { hold, ItemRow } from "./item.js";

/** @typedef {import("./store.js").OpenList} OpenList */

/** @param {{ list: OpenList }} props */
export function Items({ list }) {
  const order = useHeldOrder(list);
  const box = useSliding();
  const items = list.items.value;
  const most = Math.max(1, ...items.map(({ upvotes_count, downvotes_count }) => upvotes_count + downvotes_count));
  const byId = new Map(items.map((item) => [item.id, item]));
  const shown = order.flatMap((id) => byId.get(id) ?? []);
  const turned = list.turned.value;
  return html`${!items.length && !list.proposals.value.length && html`<${Nothing} list=${list} />`}
    <ol class=${`items${turned ? ` ${turned}` : ""}`} style=${{ "--most": most }} ref=${box} aria-label="Items" onpointermove=${() => hold(list)} onpointerdown=${() => hold(list)}>
      ${shown.map((item) => html`<${ItemRow} key=${item.id} item=${item} list=${list} />`)}
      ${list.proposals.value.map((one) => html`<${Unsent} key=${one.key} one=${one} list=${list} />`)}</ol>
    ${list.rights.value.mayAdd && html`<${Propose} list=${list} />`}
    <p class="unseen" role="status">${turned === "frozen" ? "The list is closed. The votes are sealed." : turned === "opened" ? "The list is open again." : ""}</p>`;
}

/** The order of the items, which waits while a finger is on them. @param {OpenList} list @returns {number[]} */
function useHeldOrder(list) {
  const order = useSignal(list.items.peek().map(({ id }) => id));
  useSignalEffect(() => {
    const now = list.items.value.map(({ id }) => id);
    const take = () => { if (order.peek().join() !== now.join()) order.value = now; };
    const wait = list.heldUntil - Date.now();
    if (wait <= 0 || now.length !== order.peek().length) return take();
    const timer = setTimeout(take, wait);
    return () => clearTimeout(timer);
  });
  return order.value;
}

/** @param {{ list: OpenList }} props */
function Nothing({ list }) {
  const { mayAdd } = list.rights.value;
  return html`<${Empty} icon="lists" title="Nothing is proposed yet" heading="h2">
    <p>${mayAdd ? "Write below what you would like to do. Everyone on the list sees it at once and votes." : "As soon as somebody proposes something, it shows here."}</p><//>`;
}

/** A proposal that is not in the list yet. @param {{ one: import("./store.js").Unsent, list: OpenList }} props */
function Unsent({ one, list }) {
  return html`<li class="item unsent" data-key=${one.key}><div class="what"><b class="item-title">${one.title}</b>
    ${one.reason === null
      ? html`<p class="hint facts"><${Icon} name="clock" />Adding…</p>`
      : html`<p class="refused" role="alert"><${Icon} name="warn" /><span class="grow">Not added: ${one.reason}</span>
          <button type="button" class="link" onclick=${() => list.add(one.title, one.key)}>Retry</button>
          <button type="button" class="link" onclick=${() => list.discard(one)}>Discard</button></p>`}</div></li>`;
}

/** @param {{ list: OpenList }} props */
function Propose({ list }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (field.current);
    const title = input.value.trim();
    if (title) list.add(title);
    input.value = "";
    input.focus();
  };
  const words = list.frozen.value ? "Propose for the next round…" : "Propose something…";
  return html`<form class="propose" onsubmit=${onsubmit}>
    <input ref=${field} aria-label="Propose something" placeholder=${words} maxlength="200" enterkeyhint="send" autocomplete="off" />
    <button class="button primary">Add</button></form>`;
}
