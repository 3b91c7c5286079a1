/** How this person stands in a room: whether they may write now, who keeps order, and how slow the room is. */

import { batch, computed, effect, signal } from "@preact/signals";
import { inbox, live, serverTime } from "../connection.js";
import { api } from "../session.js";

/**
 * @typedef {{ may_post: boolean, moderator: boolean, slow_mode_s: number, wait_s: number }} Mine
 * @typedef {{ until: string | null, reason: string }} Sanction
 */

const TIMER_MOST_MS = 2 ** 31 - 1;
const CLOSING = new Set(["timed_out", "banned", "read_only"]);

export class Standing {
  mayPost = signal(true);
  moderator = signal(false);
  /** Why not and until when, as far as this person was told. */
  sanction = signal(/** @type {Sanction | null} */ (null));
  slowModeS = signal(0);
  #postedAt = signal(0); // the own newest message, in ms of the server's clock

  /** When they may write again, in ms of the server's clock; 0: now, as far as the pace goes. */
  waitsUntil = computed(() => (this.moderator.value || !this.slowModeS.value ? 0 : this.#postedAt.value + this.slowModeS.value * 1000));

  /** @param {string} room */
  constructor(room) {
    this.room = room;
    /** @param {any} event */
    const onNotified = ({ detail }) => { if (detail.notification?.kind === "moderation") this.refresh(); };
    inbox.addEventListener("notified", onNotified);
    const stopWaiting = effect(() => {
      const until = this.sanction.value?.until;
      if (!until) return;
      const timer = setTimeout(() => this.refresh(), Math.min(TIMER_MOST_MS, Math.max(1000, Date.parse(until) - serverTime() + 500)));
      return () => clearTimeout(timer);
    });
    this.close = () => {
      inbox.removeEventListener("notified", onNotified);
      stopWaiting();
    };
  }

  /** What the server says of this person here. @param {Mine} mine */
  take({ may_post, moderator, slow_mode_s = 0, wait_s = 0 }) {
    batch(() => {
      this.mayPost.value = may_post;
      this.moderator.value = moderator;
      this.slowModeS.value = slow_mode_s;
      if (wait_s) this.#waits(wait_s);
    });
    if (may_post) this.sanction.value = null;
    else this.#askWhy();
  }

  /** An own message is in the log. @param {string} created_at */
  posted(created_at) {
    this.#postedAt.value = Math.max(this.#postedAt.peek(), Date.parse(created_at));
  }

  /** A message was refused. @param {any} error */
  refused({ code, retry_after }) {
    if (code === "slow_mode" && retry_after) this.#waits(retry_after);
    if (CLOSING.has(code)) this.refresh();
  }

  /** @param {number} seconds */
  setSlowMode(seconds) {
    return live.call("chat.slow_mode", { room: this.room, seconds }, { repeatable: true });
  }

  /** Ask the server how it is now. */
  async refresh() {
    await api("GET", `chat/rooms/${this.room}/`).then((mine) => this.take(mine), () => {}); // a new connection brings it too
  }

  async #askWhy() {
    const { results } = await api("GET", "notifications/").catch(() => ({ results: [] }));
    const told = results.find((/** @type {any} */ one) => one.kind === "moderation" && CLOSING.has(one.data.action)
      && (!one.data.ends_at || Date.parse(one.data.ends_at) > serverTime()));
    this.sanction.value = told && !this.mayPost.value ? { until: told.data.ends_at, reason: told.data.reason } : null;
  }

  /** @param {number} seconds */
  #waits(seconds) {
    this.#postedAt.value = serverTime() + (seconds - this.slowModeS.peek()) * 1000;
  }
}
