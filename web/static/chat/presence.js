/** Who is in a room now: how many, and the people behind the number. */

import { computed, signal, useSignal } from "@preact/signals";
import { Avatar, Dialog } from "../components.js";
import { live } from "../connection.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { counted } from "../words.js";

/** @typedef {import("../session.js").UserCard} UserCard */

export class Presence {
  #state = signal(/** @type {Record<string, any>} */ ({}));
  /** Null until it is known. */
  count = computed(() => /** @type {number | null} */ (this.#state.value.count ?? null));
  /** By shown name; not all of them where they are many. */
  people = computed(() => Object.entries(this.#state.value).filter(([key]) => key.startsWith("person."))
    .map(([, card]) => /** @type {UserCard} */ (card)).sort((one, other) => one.name.localeCompare(other.name)));

  /** @param {string} topic at which they are */
  constructor(topic) {
    this.close = live.subscribe(`presence.${topic}`, { state: (state) => { this.#state.value = state; } });
  }
}

/** The count, which opens the list. @param {{ presence: Presence }} props */
export function Here({ presence }) {
  const open = useSignal(false);
  const count = presence.count.value;
  if (count === null) return null;
  const close = () => { open.value = false; };
  return html`<button type="button" class="here" aria-label="${counted(count, "person", "people")} here, show who" onclick=${() => { open.value = true; }}>
      <${Icon} name="people" />${count.toLocaleString()}</button>
    ${open.value && html`<${Dialog} label="Here now" onclose=${close}><${People} presence=${presence} onclose=${close} /><//>`}`;
}

/** @param {{ presence: Presence, onclose: () => void }} props */
function People({ presence, onclose }) {
  const people = presence.people.value;
  const others = (presence.count.value ?? 0) - people.length;
  return html`<ul class="rows">${people.map((card) => html`<li key=${card.id}>
      <a class="row" href="/people/${card.username}" onclick=${onclose}><${Avatar} card=${card} /><span class="grow cut">${card.name}</span><span class="hint">@${card.username}</span></a></li>`)}</ul>
    ${others > 0 && html`<p class="hint">and ${counted(others, "other")}</p>`}
    ${!people.length && !others && html`<p class="hint">Nobody is shown as here.</p>`}`;
}
