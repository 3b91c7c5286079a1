/** What an owner deleted and can still bring back: lists, or items of a list. */

import { Dialog, toast } from "../components.js";
import { html } from "../html.js";
import { Loading, useResource } from "../resource.js";
import { api } from "../session.js";
import { reasonOf, timeAhead } from "../words.js";

/** @typedef {{ id: number, title: string, restorable_until: string }} Deleted */

/**
 * `route` lists what is deleted, `restored` is where one of it is brought back; `after` hears that one was.
 * @param {{ label: string, route: string, restored: (id: number) => string, after?: () => void, onclose: () => void }} props
 */
export function DeletedDialog({ label, route, restored, after, onclose }) {
  const { found, load, refusal } = useResource(route);
  const restore = (/** @type {Deleted} */ { id }) => api("POST", restored(id), {}).then(() => {
    load();
    after?.();
  }, (error) => toast(reasonOf(error)));
  const rows = /** @type {Deleted[] | undefined} */ (found.value?.results);
  return html`<${Dialog} label=${label} onclose=${onclose}>${!rows ? refusal ?? html`<${Loading} />` : !rows.length ? html`<p class="hint">Nothing is here to be brought back.</p>`
    : html`<ul class="cards">${rows.map((one) => html`<li key=${one.id} class="card row"><div class="grow"><b class="cut">${one.title}</b><p class="hint">Until ${timeAhead(one.restorable_until)}</p></div>
      <button type="button" class="button" aria-label="Bring back ${one.title}" onclick=${() => restore(one)}>Bring back</button></li>`)}</ul>`}<//>`;
}
