/** One room as this person sees it: what the log says, what they did that is not yet acknowledged, how far they read. */

import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { blocked, isBlocked } from "../accounts/blocks.js";
import { inbox, live, now } from "../connection.js";
import { api } from "../session.js";
import { reasonOf, uuid } from "../words.js";
import { withChange } from "./change.js";
import { Presence } from "./presence.js";
import { Standing } from "./standing.js";
import { Typing } from "./typing.js";

/**
 * @typedef {import("../session.js").UserCard} UserCard
 * @typedef {{ room: string, seq: number, client_id: string, author: UserCard, text: string, created_at: string,
 *   edited_at: string | null, deleted: boolean, hidden?: boolean, reply_to: { seq: number, author: UserCard, line: string } | null }} Message
 * @typedef {{ seq: number, slow_mode_s: number, by: UserCard }} Notice a change of the room itself
 * @typedef {{ client_id: string, text: string, reply_to: number | null, reason: string | null, until: number }} Unsent
 *   `reason` says why it was refused, and nothing was sent again before `until` (ms); null: on its way
 * @typedef {import("./change.js").Change} Change
 */

const PAGE = 50;
const EDIT_MS = 15 * 60_000;
const READ_EVERY_MS = 1_000;

export class Conversation {
  phase = signal(/** @type {"loading" | "open" | "closed"} */ ("loading"));
  draft = signal("");
  replyTo = signal(/** @type {Message | null} */ (null));
  editing = signal(/** @type {number | null} */ (null));
  unread = signal(0);
  /** The last message read before the line "new"; null: no line. */
  newAfter = signal(/** @type {number | null} */ (null));
  hasOlder = signal(false);
  loading = signal(false);
  /** Why older messages could not be loaded. */
  olderRefused = signal(/** @type {string | null} */ (null));
  /** The newest message of somebody else that came live, for those who listen to the page. */
  arrived = signal(/** @type {Message | null} */ (null));
  outbox = signal(/** @type {Unsent[]} */ ([]));
  changes = signal(/** @type {Map<number, Change>} */ (new Map()));
  /** What changed in the room between its messages, ascending. */
  notices = signal(/** @type {Notice[]} */ ([]));
  /** Whether the newest message is before the person's eyes; the view says so. */
  reading = false;

  /** @type {Map<number, Message>} */ #known = new Map();
  #version = signal(0);
  #oldest = 0;
  #readSeq = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #tellRead;
  /** @type {string} */ #route;
  /** @type {string} Where unsent messages outlive a reload. */ #kept;
  /** @type {Unsent[]} Those of an earlier load; repeating them is safe. */ #restored;

  /** What is shown, ascending: the log with the own changes that are under way. */
  messages = computed(() => {
    this.#version.value;
    const shown = [...this.#known.values()].filter(({ seq }) => seq >= this.#oldest).sort((a, b) => a.seq - b.seq);
    return shown.map((message) => withChange(message, this.changes.value.get(message.seq)));
  });

  /**
   * @param {string} room @param {number} me @param {{ called: string, here?: string, address: string, topic?: string, route?: string }} [place]
   *   what to do here, what this is, where it stands; of one whose replies stand below what they answer (it does not nest), its topic and the route of its history
   */
  constructor(room, me, { called, here = "", address, topic, route } = { called: "Message the global room", address: "/chat" }) {
    this.room = room;
    this.me = me;
    this.called = called;
    this.here = here;
    this.address = address;
    this.nests = topic === undefined;
    this.#route = route ?? `chat/rooms/${room}/messages/`;
    this.standing = new Standing(room);
    this.typing = new Typing(room, me);
    this.presence = new Presence(topic ?? `chat.${room}`);
    this.#kept = `guildhall.unsent.${me}.${room}`;
    const leave = live.subscribe(topic ?? `chat.${room}`, {
      entries: (entries, about) => batch(() => this.#hear(entries.map(({ seq, data }) => ({ seq, ...data })), about)),
      ended: () => { this.phase.value = "closed"; },
    });
    const onRead = (/** @type {any} */ { detail }) => detail.room === room && this.#readElsewhere(detail);
    inbox.addEventListener("chat.read", onRead);
    const stopHearing = effect(() => { if (blocked.value) untracked(() => this.#hearAgain().catch(() => {})); }); // a reload brings them too
    this.close = () => {
      leave();
      stopHearing();
      for (const part of [this.standing, this.typing, this.presence]) part.close();
      clearTimeout(this.#tellRead);
      inbox.removeEventListener("chat.read", onRead);
    };
    this.outbox.value = JSON.parse(sessionStorage.getItem(this.#kept) ?? "[]");
    this.#restored = this.outbox.value.filter(({ reason }) => reason === null);
  }

  /** The id of a message's row. @param {number} seq */
  idOf(seq) {
    return this.nests ? `m${seq}` : `c${seq}`;
  }

  /** A message as the log has it now, wherever it stands. @param {number} seq */
  message(seq) {
    this.#version.value;
    return this.#known.get(seq);
  }

  /** @param {Message} message */
  mayEdit({ author, deleted, created_at }) {
    return author.id === this.me && !deleted && now.value - Date.parse(created_at) < EDIT_MS;
  }

  /** Post at once; the server's answer or the log settles it. @param {string} text */
  post(text) {
    const reply_to = this.replyTo.value?.seq ?? null;
    this.typing.rest(true);
    batch(() => {
      this.draft.value = "";
      this.replyTo.value = this.newAfter.value = null;
      this.#send({ client_id: uuid(), text, reply_to, reason: null, until: 0 });
    });
  }

  /** @param {Unsent} unsent */
  retry(unsent) {
    this.#send({ ...unsent, reason: null });
  }

  /** @param {{ client_id: string }} unsent */
  discard({ client_id }) {
    this.#keep(this.outbox.value.filter((one) => one.client_id !== client_id));
  }

  /** @param {number} seq @param {string} text */
  edit(seq, text) {
    this.editing.value = null;
    if (text !== this.#known.get(seq)?.text) return this.#change(seq, text, "chat.edit", { text });
  }

  /** @param {number} seq @param {string} reason of a moderator; else empty */
  remove(seq, reason) {
    return this.#change(seq, null, "chat.delete", reason ? { reason } : {});
  }

  /** Forget a change that was refused. @param {number} seq */
  forgive(seq) {
    const changes = new Map(this.changes.value);
    changes.delete(seq);
    this.changes.value = changes;
  }

  /** Load the page before the oldest message here. Entries that came live are newer than the page's, and stay. */
  async older() {
    if (this.loading.value || !this.hasOlder.value) return;
    this.loading.value = true;
    try {
      const page = await api("GET", `${this.#route}?before=${this.#oldest}&limit=${PAGE}`);
      batch(() => {
        for (const message of page.messages) if (!this.#known.has(message.seq)) this.#known.set(message.seq, message);
        this.#oldest = page.messages[0]?.seq ?? this.#oldest;
        this.hasOlder.value = page.has_more;
        this.#version.value++;
      });
      this.olderRefused.value = null;
    } catch (error) {
      this.olderRefused.value = reasonOf(error);
    } finally {
      this.loading.value = false;
    }
  }

  /** Of people whom this person no longer blocks, load what was kept from them. */
  async #hearAgain() {
    const seqs = [...this.#known.values()].filter(({ hidden, author }) => hidden && !isBlocked(author)).map(({ seq }) => seq).sort((a, b) => b - a);
    while (seqs.length) {
      const { messages } = await api("GET", `${this.#route}?before=${Number(seqs[0]) + 1}&limit=${2 * PAGE}`);
      for (const message of messages) {
        const known = this.#known.get(message.seq);
        if (known?.hidden || known?.reply_to?.line === "") this.#known.set(message.seq, message);
      }
      while (Number(seqs[0]) >= (messages[0]?.seq ?? 0)) seqs.shift();
      this.#version.value++;
    }
  }

  /** All that is here has been seen: clear the count, and tell the server and the other devices. */
  read() {
    const newest = this.messages.value.at(-1)?.seq ?? 0;
    if (newest <= this.#readSeq) return;
    this.#readSeq = newest;
    this.unread.value = 0;
    this.#tellRead ??= setTimeout(() => {
      this.#tellRead = undefined;
      live.call("chat.read", { room: this.room, seq: this.#readSeq }, { repeatable: true }).catch(() => {}); // the next says more
    }, READ_EVERY_MS);
  }

  /** @param {any[]} entries each an entry of the log with its seq @param {{ fresh: boolean, has_more?: boolean, mine?: any }} about */
  #hear(entries, { fresh, has_more, mine }) {
    if (fresh) {
      this.#known.clear();
      this.#oldest = entries.find(({ message }) => message)?.message.seq ?? 0;
      this.hasOlder.value = has_more ?? false;
      this.notices.value = [];
      this.changes.value = new Map();
    }
    for (const { seq, type, message, ...rest } of entries) {
      if (type === "slow_mode") this.#slowed(/** @type {any} */ ({ seq, ...rest }));
      if (!message) continue;
      this.#known.set(message.seq, message);
      if (this.changes.value.get(message.seq)?.reason === null) this.forgive(message.seq);
      if (message.author.id === this.me) this.#ownIsIn(message);
      else if (type === "posted" && !fresh && !mine) this.#arrive(message);
    }
    this.#version.value++;
    if (mine) this.#stand(mine, fresh);
    else if (!this.me) this.phase.value = "open"; // a stranger, who only reads
    if (this.reading) this.read();
  }

  /** @param {Notice} notice */
  #slowed(notice) {
    this.standing.slowModeS.value = notice.slow_mode_s;
    this.notices.value = [...this.notices.value, notice];
  }

  /** @param {Message} message */
  #ownIsIn(message) {
    this.discard(message);
    this.standing.posted(message.created_at);
  }

  /** @param {Message} message */
  #arrive(message) {
    this.typing.stopped(message.author);
    if (message.hidden || isBlocked(message.author)) return;
    this.arrived.value = message;
    if (this.reading || message.deleted) return;
    if (this.unread.value++ === 0) this.newAfter.value = this.#readSeq;
  }

  /** @param {import("./standing.js").Mine & { read_seq: number, unread: number }} mine @param {boolean} fresh */
  #stand(mine, fresh) {
    this.standing.take(mine);
    this.#readSeq = Math.max(this.#readSeq, mine.read_seq);
    if (mine.unread > 0 && (fresh || this.unread.value === 0)) this.newAfter.value = mine.read_seq;
    this.unread.value = mine.unread;
    this.phase.value = "open";
    for (const unsent of this.#restored.splice(0)) this.#send(unsent);
  }

  /** @param {{ seq: number, unread: number }} marker */
  #readElsewhere({ seq, unread }) {
    if (seq <= this.#readSeq) return;
    this.#readSeq = seq;
    this.unread.value = unread;
  }

  /** @param {Unsent} unsent */
  async #send(unsent) {
    const others = this.outbox.value.filter(({ client_id }) => client_id !== unsent.client_id);
    this.#keep([...others, unsent]);
    const { client_id, text, reply_to } = unsent;
    try {
      const body = { room: this.room, text, client_id, ...(reply_to && { reply_to }) };
      const message = await live.call("chat.post", body);
      batch(() => {
        if (!this.#known.has(message.seq)) this.#known.set(message.seq, message);
        this.#version.value++;
        this.#ownIsIn(message);
      });
    } catch (error) {
      this.standing.refused(/** @type {any} */ (error));
      const until = Date.now() + 1000 * (/** @type {any} */ (error).retry_after ?? 0);
      const refused = { ...unsent, reason: reasonOf(error), until };
      this.#keep(this.outbox.value.map((one) => (one.client_id === client_id ? refused : one)));
    }
  }

  /** @param {Unsent[]} outbox */
  #keep(outbox) {
    this.outbox.value = outbox;
    sessionStorage.setItem(this.#kept, JSON.stringify(outbox));
  }

  /** @param {number} seq @param {string | null} text @param {string} command @param {object} body */
  async #change(seq, text, command, body) {
    const show = (/** @type {string | null} */ reason) => { this.changes.value = new Map(this.changes.value).set(seq, { text, reason, again }); };
    const again = () => this.#change(seq, text, command, body);
    show(null);
    try {
      const message = await live.call(command, { room: this.room, seq, ...body }, { repeatable: true });
      const known = this.#known.get(seq);
      if (known?.text === message.text && known?.edited_at === message.edited_at) this.forgive(seq);
    } catch (error) {
      show(reasonOf(error));
    }
  }
}
