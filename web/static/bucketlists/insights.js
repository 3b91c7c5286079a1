/** How a group votes: over time, on what, how far of one mind. */

import { html } from "../html.js";

/** @param {{ list: import("./store.js").OpenList }} props */
export function Insights({ list }) {
  return html`<p class="hint">${list.id}</p>`;
}
