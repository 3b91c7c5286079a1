/** One competition as this person sees it: what its topic says, what is theirs, and what they did that is not acknowledged yet. */

import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { Conversation } from "../chat/conversation.js";
import { inbox, live, publicly } from "../connection.js";
import { api, user } from "../session.js";
import { reasonOf } from "../words.js";
import { matchesOf, routeOf, stagesOf, those } from "./shapes.js";

/**
 * @typedef {import("./shapes.js").Competition} Competition
 * @typedef {import("./shapes.js").Mine} Mine
 * @typedef {import("./shapes.js").EntrantCard} EntrantCard
 * @typedef {import("./shapes.js").Announcement} Announcement
 */

const QUIET_MS = 300; // between two questions for what is this person's own

export class OpenCompetition {
  phase = signal(/** @type {"loading" | "open" | "closed"} */ ("loading"));
  /** What of it is theirs; null until that is known. */
  mine = signal(/** @type {Mine | null} */ (null));
  /** The act that is on its way. */
  under = signal("");
  /** Why the last act was refused, by its name. */
  refused = signal(/** @type {{ act: string, words: string } | null} */ (null));
  chat = signal(/** @type {Conversation | null} */ (null));

  #state = signal(/** @type {Record<string, any>} */ ({}));
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #asking;

  meta = computed(() => /** @type {Competition | null} */ (this.#state.value["meta"] ?? null));
  stages = computed(() => stagesOf(this.#state.value));
  matches = computed(() => matchesOf(this.#state.value));
  entrants = computed(() => /** @type {EntrantCard[]} */ (those(this.#state.value, "entrant")));
  announcements = computed(() => /** @type {Announcement[]} */ (those(this.#state.value, "announcement")).sort((one, other) => other.at.localeCompare(one.at)));
  /** What they play for, as everybody sees it now. */
  entrant = computed(() => {
    const own = this.mine.value?.entrant ?? null;
    return own && { ...own, .../** @type {Record<string, any>} */ (this.#state.value)[`entrant.${own.id}`] };
  });

  /** @param {number} id @param {number | null} me */
  constructor(id, me) {
    this.id = id;
    this.me = me;
    const leave = [
      live.subscribe(`tournament.${id}`, { state: (state, mine) => batch(() => this.#hear(state, mine)), ended: () => { this.phase.value = "closed"; } }),
      effect(() => { if (me && this.phase.value === "open") untracked(() => { this.chat.value ??= this.#conversation(me); }); }),
    ];
    const told = (/** @type {any} */ { detail }) => { if (detail.notification?.data?.competition_id === id) this.askOwn(); };
    inbox.addEventListener("notified", told);
    this.close = () => {
      inbox.removeEventListener("notified", told);
      clearTimeout(this.#asking);
      for (const end of leave) end();
      this.chat.peek()?.close();
    };
  }

  /** Where REST has it. */
  get route() {
    return routeOf(/** @type {Competition} */ (this.meta.peek()));
  }

  /** Ask soon what is this person's own, once for all that happens until then. */
  askOwn() {
    if (!this.me) return;
    clearTimeout(this.#asking);
    this.#asking = setTimeout(async () => {
      const view = await api("GET", this.route).catch(() => null); // a new connection brings it too
      if (view && !this.under.peek()) this.mine.value = view.mine;
    }, QUIET_MS);
  }

  /**
   * Do something of their own: `shown` is how it looks until the answer comes, which is an entrant.
   * @param {string} act @param {() => Promise<any>} call @param {Partial<import("./shapes.js").Entrant>} [shown]
   */
  async act(act, call, shown) {
    const before = this.mine.peek();
    batch(() => {
      [this.under.value, this.refused.value] = [act, null];
      if (shown && before?.entrant) this.mine.value = { ...before, entrant: { ...before.entrant, ...shown } };
    });
    try {
      await call();
    } catch (error) {
      batch(() => {
        this.mine.value = before;
        this.refused.value = { act, words: reasonOf(error) };
      });
    } finally {
      this.under.value = "";
      this.askOwn();
    }
  }

  /** @param {number} me */
  #conversation(me) {
    const here = this.meta.peek()?.kind === "scrim" ? "This scrim" : "This tournament";
    return new Conversation(`tournament-${this.id}`, me, { called: "Message everybody in it", here, address: `/tournaments/${this.id}/chat` });
  }

  /** @param {Record<string, any>} state @param {Mine} [mine] */
  #hear(state, mine) {
    const [before, own] = [this.#state.peek(), this.mine.peek()?.entrant?.id];
    this.#state.value = state;
    if (mine) this.mine.value = mine;
    else if (own !== undefined ? concerns(before, state, own) : before["meta"]?.state !== state["meta"]?.state) this.askOwn();
    if (state["meta"]) this.phase.value = "open";
  }
}

/** Whether what changed may change what this entrant is told: itself, the state, its place in the line. @param {Record<string, any>} before @param {Record<string, any>} now @param {number} own */
function concerns(before, now, own) {
  const waits = now[`entrant.${own}`]?.state === "waitlisted" || !now[`entrant.${own}`];
  return before[`entrant.${own}`] !== now[`entrant.${own}`] || before["meta"]?.state !== now["meta"]?.state || (waits && before["meta"]?.waiting_count !== now["meta"]?.waiting_count);
}

/** The competition that is shown; null: none is. */
export const opened = signal(/** @type {OpenCompetition | null} */ (null));
/** What somebody wanted to do before they had signed in. */
export const wanted = signal(/** @type {"register" | null} */ (null));

/** Show the competition of that id from now on, to whoever is signed in. @param {number | null} id */
export function openCompetition(id) {
  const me = user.value?.id ?? null;
  const now = opened.peek();
  if (now && now.id === id && now.me === me) return;
  publicly.value = id !== null;
  now?.close();
  opened.value = id === null ? null : new OpenCompetition(id, me);
}
