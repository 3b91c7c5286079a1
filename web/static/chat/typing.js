/** Who is writing in a room right now, this person included. Nothing of it is kept. */

import { signal } from "@preact/signals";
import { live, status } from "../connection.js";

const SHOWN_MS = 6_000;
const TOLD_EVERY_MS = 4_000; // the server passes one every 3 s on; a little later than that none is lost to jitter

/** @typedef {import("../session.js").UserCard} UserCard */

export class Typing {
  /** The others, the first to begin first. */
  people = signal(/** @type {UserCard[]} */ ([]));
  #toldAt = -Infinity;
  /** @type {Map<number | null, ReturnType<typeof setTimeout>>} */ #ends = new Map();

  /** @param {string} room @param {number} me */
  constructor(room, me) {
    this.room = room;
    this.me = me;
    const leave = live.subscribe(`typing.${room}`, { event: ({ user, typing }) => (typing ? this.#began(user) : this.stopped(user)) });
    this.close = () => {
      leave();
      for (const timer of this.#ends.values()) clearTimeout(timer);
    };
  }

  /** A key was pressed: tell the others, every few seconds. */
  tell() {
    if (Date.now() - this.#toldAt < TOLD_EVERY_MS || status.value !== "online") return;
    this.#toldAt = Date.now();
    this.#say(true);
  }

  /** The pen is put down. Of a message that is sent the others need no word. @param {boolean} sent */
  rest(sent) {
    if (!sent && Date.now() - this.#toldAt < SHOWN_MS && status.value === "online") this.#say(false);
    this.#toldAt = -Infinity;
  }

  /** @param {UserCard} card */
  stopped({ id }) {
    clearTimeout(this.#ends.get(id));
    if (this.#ends.delete(id)) this.people.value = this.people.value.filter((one) => one.id !== id);
  }

  /** @param {UserCard} card */
  #began(card) {
    if (card.id === this.me) return;
    clearTimeout(this.#ends.get(card.id));
    if (!this.#ends.has(card.id)) this.people.value = [...this.people.value, card];
    this.#ends.set(card.id, setTimeout(() => this.stopped(card), SHOWN_MS));
  }

  /** @param {boolean} typing */
  #say(typing) {
    live.call("chat.typing", { room: this.room, typing }).catch(() => {}); // a hint: the next key says it again
  }
}
