/** Names to choose from while one is being written in the composer. */

import { computed, effect, signal } from "@preact/signals";
import { isBlocked } from "../accounts/blocks.js";
import { Avatar } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { api } from "../session.js";
import { counted } from "../words.js";
import { askedName, meant } from "./markup.js";

/** @typedef {import("../session.js").UserCard} UserCard */

const PAUSE_MS = 150; // in typing, before the server is asked
const LEAST = 2; // characters that it wants
const MOST = 6;
/** @type {UserCard} What calls everyone in the room. */
const EVERYONE = { id: null, username: "everyone", name: "Everyone in this room", avatar: "" };

export class Suggestions {
  #asked = signal(/** @type {{ at: number, name: string } | null} */ (null));
  #found = signal(/** @type {UserCard[]} */ ([]));
  #dismissedAt = signal(-1); // the `@` whose list was closed
  #chosen = signal(0);

  /** Who may be meant, the likeliest first; empty: nobody is being named. */
  people = computed(() => {
    const asked = this.#asked.value;
    if (!asked || asked.at === this.#dismissedAt.value) return [];
    const { room } = this;
    const near = [...room.messages.value.map(({ author }) => author).reverse(), ...room.presence.people.value, ...this.#found.value];
    const everyone = room.standing.moderator.value ? [EVERYONE] : [];
    return meant([...near.filter((card) => card.id !== room.me && !isBlocked(card)), ...everyone], asked.name, MOST);
  });
  /** The place of the one that Enter takes. */
  chosen = computed(() => Math.min(this.#chosen.value, this.people.value.length - 1));

  /** @param {import("./conversation.js").Conversation} room */
  constructor(room) {
    this.room = room;
    this.close = effect(() => {
      const name = this.#asked.value?.name ?? "";
      if (name.length < LEAST) return;
      let overtaken = false;
      const ask = () => api("GET", `users/?limit=${MOST}&q=${encodeURIComponent(name)}`).then(
        ({ results }) => { if (!overtaken) this.#found.value = results; }, () => {}); // those who are near can still be chosen
      const timer = setTimeout(ask, PAUSE_MS);
      return () => {
        overtaken = true;
        clearTimeout(timer);
      };
    });
  }

  /** The caret stands here now. @param {string} text @param {number} caret */
  look(text, caret) {
    const asked = askedName(text, caret);
    if (asked?.at !== this.#asked.peek()?.at) [this.#chosen.value, this.#dismissedAt.value] = [0, -1];
    if (asked?.at !== this.#asked.peek()?.at || asked?.name !== this.#asked.peek()?.name) this.#asked.value = asked;
  }

  dismiss() {
    this.#dismissedAt.value = this.#asked.value?.at ?? -1;
  }

  /** @param {1 | -1} step */
  move(step) {
    const count = this.people.value.length;
    this.#chosen.value = (this.chosen.value + step + count) % count;
  }

  /** The text with the name of `card` in place of its beginning, and where the caret then stands. @param {string} text @param {UserCard} [card] */
  take(text, card = this.people.value[this.chosen.value]) {
    const asked = this.#asked.value;
    if (!asked || !card) return null;
    const head = `${text.slice(0, asked.at)}@${card.username} `;
    this.#asked.value = null;
    return { text: head + text.slice(asked.at + 1 + asked.name.length).replace(/^ /, ""), caret: head.length };
  }
}

/** @param {{ suggestions: Suggestions, take: (card: UserCard) => void }} props */
export function SuggestionList({ suggestions, take }) {
  const people = suggestions.people.value;
  const chosen = suggestions.chosen.value;
  return html`<p class="unseen" role="status">${people.length ? `${counted(people.length, "name")} to choose from, with the arrow keys` : ""}</p>
    ${people.length > 0 && html`<ul class="suggestions" id="suggestions" role="listbox" aria-label="People">${people.map((card, place) => html`
      <li key=${card.username} id="suggestion-${place}" role="option" aria-selected=${place === chosen} onpointerdown=${(/** @type {Event} */ event) => event.preventDefault()} onclick=${() => take(card)}>
        ${card.id === null ? html`<span class="sign"><${Icon} name="people" /></span>` : html`<${Avatar} card=${card} />`}
        <span class="cut">${card.name}</span><span class="hint cut">@${card.username}</span></li>`)}</ul>`}`;
}
