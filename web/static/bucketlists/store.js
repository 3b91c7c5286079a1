/** One list as this person sees it: what its topic says, and what they did that is not acknowledged yet. */

import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { Conversation } from "../chat/conversation.js";
import { live, publicly, serverTime } from "../connection.js";
import { api, user } from "../session.js";
import { reasonOf, uuid } from "../words.js";
import { inOrder, lateWords, mayAdd, mayReact, mayVote, withReaction, withVote } from "./rules.js";

/**
 * @typedef {import("./rules.js").List} List
 * @typedef {import("./rules.js").Item} Item
 * @typedef {import("./rules.js").Member} Member
 * @typedef {import("./rules.js").VoteType} VoteType
 * @typedef {{ want: VoteType | null, had: VoteType | null, base: Item, receipt: any, seen: Item | undefined }} Pending a vote
 *   on its way from the item as it was; with a `receipt` it is cast, and the topic has not said so yet
 * @typedef {{ key: string, title: string, reason: string | null, id: number | null }} Unsent a proposal that is not in the topic yet
 */

const TIMER_MOST_MS = 2 ** 31 - 1;
const SETTLED_MS = 1_500; // a receipt stands no longer than this for what the topic says
const FROST_MS = 4_000;

export class OpenList {
  phase = signal(/** @type {"loading" | "open" | "closed"} */ ("loading"));
  /** @type {import("@preact/signals").Signal<List | null>} */ meta = signal(null);
  votes = signal(/** @type {Map<number, VoteType>} */ (new Map()));
  reactions = signal(/** @type {Map<number, string | null>} */ (new Map()));
  /** Why what was done to an item was refused, by its id. */
  refusals = signal(/** @type {Map<number, string>} */ (new Map()));
  unsent = signal(/** @type {Unsent[]} */ ([]));
  /** Whether it froze or opened before this person's eyes, a moment ago. */
  turned = signal(/** @type {"frozen" | "opened" | null} */ (null));
  muted = signal(false);
  here = signal(/** @type {number | null} */ (null));
  /** Until when (ms) the order stays, because somebody has a finger on it. */
  heldUntil = 0;

  #state = signal(/** @type {Record<string, any>} */ ({}));
  #pending = signal(/** @type {Map<number, Pending>} */ (new Map()));
  #passed = signal(false);
  #acts = 0;
  /** @type {Map<number, { of: any[], item: Item }>} What is shown already, so that a row draws itself anew only when it differs. */
  #shown = new Map();
  #mine = signal(/** @type {{ role: string | null, membership: number | null }} */ ({ role: null, membership: null }));

  members = computed(() => /** @type {Member[]} */ (this.#those("member.")).sort((one, other) =>
    Number(other.role === "owner") - Number(one.role === "owner") || one.joined_at.localeCompare(other.joined_at) || one.id - other.id));
  membership = computed(() => this.members.value.find(({ user }) => user.id === this.me) ?? null);
  role = computed(() => {
    if (this.membership.value || !this.me) return this.membership.value?.role ?? null;
    return this.members.value.length < (this.meta.value?.members_count ?? 0) ? this.#mine.value.role : null; // not all are listed
  });
  frozen = computed(() => (this.meta.value?.is_frozen ?? false) || this.#passed.value);
  rights = computed(() => {
    const { meta, role } = { meta: this.meta.value, role: this.role.value };
    return { isOwner: role === "owner", mayVote: mayVote(meta, role, this.me), mayReact: mayReact(meta, role, this.me), mayAdd: mayAdd(role, this.frozen.value) };
  });
  /** The items as they are shown: ranked, with the own acts that are under way. */
  items = computed(() => {
    const [votes, reactions, pending] = [this.votes.value, this.reactions.value, this.#pending.value];
    return inOrder(/** @type {Item[]} */ (this.#those("item."))).map((item) => this.#asShown(item, votes.get(item.id) ?? null, pending.get(item.id), reactions.get(item.id)));
  });
  proposals = computed(() => {
    const known = new Set(this.items.value.map(({ id }) => id));
    return this.unsent.value.filter(({ id }) => id === null || !known.has(id));
  });

  /** @param {number} id @param {number | null} me */
  constructor(id, me) {
    this.id = id;
    this.me = me;
    this.chat = signal(/** @type {Conversation | null} */ (null));
    const leave = [
      live.subscribe(`list.${id}`, { state: (state, mine) => batch(() => this.#hear(state, mine)), ended: () => { this.phase.value = "closed"; } }),
      live.subscribe(`presence.list.${id}`, { state: ({ count }) => { this.here.value = count ?? null; } }),
      effect(() => this.#watchDeadline(this.meta.value)),
      effect(() => { if (me && this.phase.value === "open") untracked(() => { this.chat.value ??= new Conversation(`list-${id}`, me, { called: "Message the list", here: "This list", address: `/lists/${id}/chat` }); }); }),
    ];
    const onvisible = () => { if (!document.hidden && me && this.phase.value === "open") this.#askOwn(); }; // another device may have voted
    document.addEventListener("visibilitychange", onvisible);
    this.close = () => {
      document.removeEventListener("visibilitychange", onvisible);
      for (const end of leave) end();
      this.chat.peek()?.close();
    };
  }

  /** Once it is open, if it ever is. @param {(list: OpenList) => void} act */
  whenOpen(act) {
    const stop = effect(() => {
      if (this.phase.value !== "open") return;
      untracked(() => act(this));
      queueMicrotask(() => stop());
    });
  }

  /** @param {number} id */
  item(id) {
    return this.items.value.find((item) => item.id === id);
  }

  /** Vote that way, or take such a vote back. @param {number} item @param {VoteType} type */
  vote(item, type) {
    const standing = this.#pending.value.get(item)?.want ?? (this.#pending.value.has(item) ? null : this.votes.value.get(item) ?? null);
    this.cast(item, standing === type ? null : type);
  }

  /** @param {number} item @param {VoteType | null} want */
  async cast(item, want) {
    const state = this.#state.peek()[`item.${item}`];
    if (!state) return;
    const before = this.#pending.peek().get(item);
    const under = before && !before.receipt ? before : null;
    /** @type {Pending} */
    const pending = { want, had: under?.had ?? this.votes.peek().get(item) ?? null, base: under?.base ?? before?.receipt ?? state, receipt: null, seen: undefined };
    pending.base = { ...state, ...counts(pending.base) };
    const at = serverTime();
    this.#acts++;
    batch(() => {
      this.#put(item, pending);
      this.forgive(item);
    });
    try {
      const receipt = await live.call("vote.cast", { item, vote_type: want }, { repeatable: true });
      if (this.#pending.peek().get(item) === pending) this.#settle(item, pending, receipt);
    } catch (error) {
      if (this.#pending.peek().get(item) !== pending) return;
      batch(() => {
        this.#put(item, null);
        this.#refuse(item, lateWords(error, at) ?? reasonOf(error));
      });
    }
  }

  /** Feel that about an item, or nothing. @param {number} item @param {string} kind */
  async react(item, kind) {
    const before = this.item(item)?.user_reaction ?? null;
    const want = before === kind ? null : kind;
    const overlay = (/** @type {string | null} */ one) => { this.reactions.value = new Map(this.reactions.value).set(item, one); };
    this.forgive(item);
    this.#acts++;
    const held = this.#state.peek()[`item.${item}`];
    if (held) this.#state.value = { ...this.#state.value, [`item.${item}`]: { ...held, reactions_summary: shifted(held.reactions_summary, before, want) } };
    overlay(want);
    try {
      await (want ? api("PUT", `items/${item}/react/`, { reaction: want }) : api("DELETE", `items/${item}/react/`));
    } catch (error) {
      const now = this.#state.peek()[`item.${item}`];
      if (now) this.#state.value = { ...this.#state.value, [`item.${item}`]: { ...now, reactions_summary: shifted(now.reactions_summary, want, before) } };
      overlay(before);
      this.#refuse(item, reasonOf(error));
    }
  }

  /** Propose at once; the topic settles it. @param {string} title @param {string} [key] of an attempt before */
  async add(title, key = uuid()) {
    /** @param {Partial<Unsent>} change */
    const put = (change) => { this.unsent.value = [...this.unsent.value.filter((one) => one.key !== key), { key, title, reason: null, id: null, ...change }]; };
    put({});
    try {
      const { id } = await api("POST", `bucketlists/${this.id}/items/`, { title }, key);
      put({ id });
    } catch (error) {
      put({ reason: reasonOf(error) });
    }
  }

  /** @param {{ key: string }} unsent */
  discard({ key }) {
    this.unsent.value = this.unsent.value.filter((one) => one.key !== key);
  }

  /** Forget why something was refused. @param {number} item */
  forgive(item) {
    if (!this.refusals.peek().has(item)) return;
    const refusals = new Map(this.refusals.value);
    refusals.delete(item);
    this.refusals.value = refusals;
  }

  /** @param {Item} item @param {VoteType | null} vote @param {Pending | undefined} pending @param {string | null | undefined} reaction */
  #asShown(item, vote, pending, reaction) {
    const of = [item, vote, pending, reaction];
    const before = this.#shown.get(item.id);
    if (before?.of.every((one, place) => one === of[place])) return before.item;
    const shown = withReaction(withVote(item, vote, pending), reaction);
    this.#shown.set(item.id, { of, item: shown });
    return shown;
  }

  /** @param {string} prefix */
  #those(prefix) {
    return Object.entries(this.#state.value).flatMap(([key, value]) => (key.startsWith(prefix) ? [value] : []));
  }

  /** @param {Record<string, any>} state @param {any} mine */
  #hear(state, mine) {
    const before = this.meta.peek();
    const wasMember = this.membership.peek() !== null;
    this.#state.value = state;
    this.meta.value = state["meta"] ?? before;
    for (const [item, pending] of this.#pending.peek()) if (pending.receipt && state[`item.${item}`] !== pending.seen) this.#put(item, null);
    if (mine) this.#own(mine);
    if (before) this.#turn(before, /** @type {List} */ (this.meta.value));
    if (!mine && this.me && wasMember !== (this.membership.peek() !== null)) this.#askOwn();
    this.phase.value = "open";
  }

  /** What is this person's alone. @param {{ role: string | null, membership: number | null, muted?: boolean, votes: Record<string, VoteType>, reactions: Record<string, string> }} mine */
  #own({ role, membership, muted, votes, reactions }) {
    this.#mine.value = { role, membership };
    this.muted.value = muted ?? false;
    this.votes.value = new Map(Object.entries(votes).map(([item, vote]) => [Number(item), vote]));
    this.reactions.value = new Map(Object.entries(reactions).map(([item, kind]) => [Number(item), kind]));
  }

  /** Whoever joins or leaves may have other votes now (V29). */
  async #askOwn() {
    const acts = this.#acts;
    const list = await api("GET", `bucketlists/${this.id}/`).catch(() => null); // a new connection brings it too
    if (!list || acts !== this.#acts) return; // what was done meanwhile is known better here
    const pick = (/** @type {string} */ what) => Object.fromEntries(list.items.flatMap((/** @type {any} */ item) => (item[what] ? [[item.id, item[what]]] : [])));
    this.#own({ role: list.role, membership: null, muted: this.muted.value, votes: pick("user_vote"), reactions: pick("user_reaction") });
  }

  /** @param {List} before @param {List} now */
  #turn(before, now) {
    if (before.is_frozen === now.is_frozen) return;
    const turned = now.is_frozen ? "frozen" : "opened";
    this.turned.value = turned;
    setTimeout(() => { if (this.turned.value === turned) this.turned.value = null; }, FROST_MS);
  }

  /** The list is closed from that instant on, whether or not anybody says so. @param {List | null} meta */
  #watchDeadline(meta) {
    this.#passed.value = false;
    if (!meta?.decision_deadline || meta.is_frozen) return;
    const due = Date.parse(meta.decision_deadline);
    const look = () => {
      if (due - serverTime() <= 0) this.#passed.value = true;
      else timer = setTimeout(look, Math.min(TIMER_MOST_MS, Math.max(1, due - serverTime())));
    };
    let timer = setTimeout(look, 0);
    return () => clearTimeout(timer);
  }

  /** @param {number} item @param {Pending} pending @param {any} receipt */
  #settle(item, pending, receipt) {
    const seen = this.#state.peek()[`item.${item}`];
    batch(() => {
      const votes = new Map(this.votes.value);
      if (receipt.user_vote) votes.set(item, receipt.user_vote);
      else votes.delete(item);
      this.votes.value = votes;
      this.#put(item, seen && same(seen, receipt) ? null : { ...pending, receipt, seen });
    });
    setTimeout(() => { if (this.#pending.peek().get(item)?.receipt === receipt) this.#put(item, null); }, SETTLED_MS);
  }

  /** @param {number} item @param {Pending | null} pending */
  #put(item, pending) {
    const all = new Map(this.#pending.value);
    if (pending) all.set(item, pending);
    else all.delete(item);
    this.#pending.value = all;
  }

  /** @param {number} item @param {string} why */
  #refuse(item, why) {
    this.refusals.value = new Map(this.refusals.value).set(item, why);
  }
}

/** @param {any} item */
const counts = ({ score, upvotes_count, downvotes_count }) => ({ score, upvotes_count, downvotes_count });
/** @param {any} one @param {any} other */
const same = (one, other) => one.upvotes_count === other.upvotes_count && one.downvotes_count === other.downvotes_count;

/** @param {Record<string, number>} summary @param {string | null} from @param {string | null} to */
function shifted(summary, from, to) {
  const now = { ...summary };
  if (from) now[from] = Math.max(0, (now[from] ?? 0) - 1);
  if (to) now[to] = (now[to] ?? 0) + 1;
  return now;
}

/** The list that is shown; null: none is. */
export const opened = signal(/** @type {OpenList | null} */ (null));

/** Show the list of that id from now on, to whoever is signed in. @param {number | null} id */
export function openList(id) {
  const me = user.value?.id ?? null;
  const now = opened.peek();
  if (now && now.id === id && now.me === me) return;
  publicly.value = id !== null;
  now?.close();
  opened.value = id === null ? null : new OpenList(id, me);
}
