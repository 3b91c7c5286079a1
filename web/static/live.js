/**
 * The client of Guildhall's live protocol: one socket, many topics, every log entry exactly once and in order, and calls
 * that outlive a lost connection. No dependencies; `docs/live-protocol.md` says what travels.
 *
 *     const live = new Live({ url: "wss://guild.example/ws/", token: () => myAccessToken() });
 *     live.start();
 *     const leave = live.subscribe("chat.global", { entries: (entries, { fresh }) => show(entries, fresh) });
 *     await live.call("chat.post", { room: "global", text: "hello", client_id: someUuid });
 */

/** @typedef {"online" | "connecting" | "offline" | "signed_out" | "stopped"} Status */
/** @typedef {{ seq: number, data: any }} Entry */
/**
 * What a subscriber hears. `entries`: of a log; `fresh` says that they replace all that came before (`has_more`: older
 * ones exist). `state`: the whole of a state topic after each change. `event`: of a volatile topic. `ended`: the topic is
 * no longer ours, and why. `mine` is what the server says to this person alone, once per (re)subscription.
 * @typedef {{
 *   entries?: (entries: Entry[], about: { fresh: boolean, has_more?: boolean, mine?: any }) => void,
 *   state?: (state: Record<string, any>, mine?: any) => void,
 *   event?: (data: any) => void,
 *   ended?: (code: string) => void,
 * }} Ear
 */
/**
 * @typedef {{ ear: Ear, asked: number | null, parts: any[], epoch: string, seq: number, state: Record<string, any> }} Topic
 * @typedef {{ frame: object, repeatable: boolean, sent: boolean, resolve: (data: any) => void, reject: (error: LiveError) => void }} Call
 */
/**
 * `token(stale)` gives an access token that is not `stale`, null when the socket should end because nobody is signed in, ""
 * when it should stay without a person, and throws when that cannot be known right now. Without it the socket is anonymous. `onstatus` hears every change of `status` and `retryAt`.
 * With the key of an `overlay` it is nobody's and hears that board alone, whose id `onwelcome` tells.
 * @typedef {{ url: string, token?: (stale: string | null) => Promise<string | null>, overlay?: string, onwelcome?: (welcome: { overlay: number | null }) => void, onstatus?: () => void }} Options
 */

const BACKOFF_MS = 500; // doubled by every failed attempt, up to BACKOFF_MOST_MS; the wait is a random part of it
const BACKOFF_MOST_MS = 30_000;
const STEADY_MS = 10_000; // a connection that lived this long starts the backoff anew
const SILENCE_MS = 60_000; // the server pings an idle connection every 25 s
const NO_HELLO = 4201; // ours came too late: the token is as good as before
const RENEW_MS = 60_000; // before the token ends
const TIMER_MOST_MS = 2 ** 31 - 1;

/** A refusal: `code` is a stable word, `message` a sentence for people, `retry_after` seconds. */
export class LiveError extends Error {
  /** @param {{ code: string, detail?: string, retry_after?: number | null, fields?: Record<string, string[]>, frozen_at?: string, frozen_reason?: string }} refusal */
  constructor({ code, detail, retry_after, fields, ...facts }) {
    super(detail ?? code);
    this.code = code;
    this.facts = facts;
    this.retry_after = retry_after ?? null;
    this.fields = fields ?? {};
  }
}

export class Live {
  /** @type {Status} */ status = "stopped";
  /** @type {number | null} When the next attempt is due (`Date.now()`), while offline. */ retryAt = null;
  /** @type {number | null} The code of the last close that was not ours. */ closeCode = null;
  /** What to add to `Date.now()` for the server's time, in ms. */ skewMs = 0;

  /** @type {Options} */ #options;
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {Map<string, Topic>} */ #topics = new Map();
  /** @type {Map<number, Call>} */ #calls = new Map();
  #lastId = 0;
  #helloId = 0;
  #turn = 0; // an attempt that finds another number here was overtaken
  #attempts = 0;
  #heardAt = 0;
  #welcomedAt = 0;
  /** @type {string | null} */ #token = null;
  /** @type {string | null} */ #stale = null;
  /** @type {{ code: number, retry_ms: [number, number] | null } | null} */ #bye = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #silence;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #renewal;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    globalThis.addEventListener?.("online", () => this.wake());
    globalThis.addEventListener?.("offline", () => this.status === "online" && this.#lost(1006));
    globalThis.document?.addEventListener("visibilitychange", () => document.hidden || this.wake());
    globalThis.document?.addEventListener("resume", () => this.wake());
  }

  /** Connect and stay connected. Does nothing while that is so already. */
  start() {
    if (this.#running) return;
    this.#attempts = 0;
    this.closeCode = null;
    this.#connect();
  }

  /** Close; calls without an answer are refused with `stopped`. Subscriptions wait for the next start. */
  stop() {
    this.#halt("stopped");
  }

  /** Try again now if we are waiting to; look again if the connection has been silent for long. */
  wake() {
    if (this.status === "offline") {
      this.#attempts = 0;
      this.#connect();
    } else if (this.status === "online" && Date.now() - this.#heardAt > SILENCE_MS / 2) this.#lost(1006);
  }

  /**
   * Hear a topic from now on, through every reconnect. One subscriber per topic.
   * @param {string} name
   * @param {Ear} ear
   * @returns {() => void} ends it
   */
  subscribe(name, ear) {
    if (this.#topics.has(name)) throw new Error(`${name} is subscribed already`);
    /** @type {Topic} */
    const topic = { ear, asked: null, parts: [], epoch: "", seq: 0, state: {} };
    this.#topics.set(name, topic);
    if (this.status === "online") this.#ask(name, topic);
    return () => {
      if (this.#topics.get(name) !== topic) return;
      this.#topics.delete(name);
      if (this.status === "online") this.#send({ id: ++this.#lastId, op: "unsubscribe", topic: name });
    };
  }

  /**
   * Run a command; resolves with what REST would answer. It waits for a connection. If the connection is lost before the
   * answer, a repeatable call (by default one with a `client_id`) is sent again and settles once, another one is refused
   * with `unanswered`.
   * @param {string} name
   * @param {Record<string, any>} body
   * @param {{ repeatable?: boolean }} [how]
   * @returns {Promise<any>}
   */
  call(name, body, { repeatable = "client_id" in body } = {}) {
    return new Promise((resolve, reject) => {
      if (!this.#running) return reject(new LiveError({ code: this.status }));
      const id = ++this.#lastId;
      const call = { frame: { id, op: "call", do: name, with: body }, repeatable, sent: false, resolve, reject };
      this.#calls.set(id, call);
      if (this.status === "online") this.#dispatch(call);
    });
  }

  get #running() {
    return this.status !== "stopped" && this.status !== "signed_out";
  }

  async #connect() {
    const turn = ++this.#turn;
    clearTimeout(this.#retry);
    this.#say("connecting");
    try {
      this.#token = this.#options.token ? await this.#options.token(this.#stale) : null;
    } catch {
      if (turn === this.#turn) this.#retryLater();
      return;
    }
    if (turn !== this.#turn) return;
    if (this.#options.token && this.#token === null) return this.#halt("signed_out");
    const socket = new WebSocket(this.#options.url);
    this.#socket = socket;
    this.#bye = null;
    socket.onopen = () => this.#hello();
    socket.onclose = ({ code }) => socket === this.#socket && this.#lost(code);
    socket.onmessage = ({ data }) => socket === this.#socket && this.#hear(socket, data);
    this.#watchSilence();
  }

  #hello() {
    this.#helloId = ++this.#lastId;
    const { overlay } = this.#options;
    this.#send({ id: this.#helloId, op: "hello", ...(this.#token && { token: this.#token }), ...(overlay && { overlay }) });
  }

  /** @param {object} message @returns {boolean} whether it is on its way */
  #send(message) {
    if (this.#socket?.readyState !== 1) return false; // closing: what is lost with it is seen to then
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** @param {WebSocket} socket @param {string} text */
  #hear(socket, text) {
    this.#watchSilence();
    for (const message of [JSON.parse(text)].flat()) {
      if (socket !== this.#socket) return;
      try {
        this.#handle(message);
      } catch (error) {
        queueMicrotask(() => { throw error; }); // a listener's own failure: reported, and nothing after it is lost
      }
    }
  }

  /** @param {any} message */
  #handle(message) {
    switch (message.op) {
      case "ping": return void this.#send({ op: "pong", n: message.n });
      case "entry": return this.#entry(message);
      case "delta": return this.#delta(message);
      case "event": return this.#topics.get(message.topic)?.ear.event?.(message.data);
      case "done": return this.#answered(message.id)?.resolve(message.data);
      case "error": return this.#refused(message);
      case "welcome": return this.#welcome(message);
      case "subscribed": return this.#subscribed(message);
      case "unsubscribed": return message.code && this.#ended(message.topic, message.code); // no code: as we asked
      case "bye": this.#bye = message;
    }
  }

  /** @param {{ server_time: string, token_expires_at?: string | null, overlay: number | null }} message */
  #welcome(message) {
    const { server_time, token_expires_at } = message;
    this.skewMs = Date.parse(server_time) - Date.now();
    if (token_expires_at) this.#renewIn(Date.parse(token_expires_at) - Date.parse(server_time));
    if (this.status === "online") return; // the answer to a renewal
    this.#welcomedAt = Date.now();
    this.#stale = null;
    this.#options.onwelcome?.(message);
    this.#say("online");
    for (const [name, topic] of this.#topics) if (topic.asked === null) this.#ask(name, topic);
    for (const call of this.#calls.values()) if (!call.sent) this.#dispatch(call);
  }

  /** @param {Call} call */
  #dispatch(call) {
    call.sent = this.#send(call.frame);
  }

  /** @param {number} id */
  #answered(id) {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    return call;
  }

  /** @param {any} error */
  #refused(error) {
    const call = this.#answered(error.id);
    if (call) return call.reject(new LiveError(error));
    if (error.id === this.#helloId) return this.#later(error.retry_after, () => this.#hello());
    for (const [name, topic] of this.#topics) if (topic.asked === error.id) return this.#unheard(name, topic, error);
  }

  /** @param {string} name @param {Topic} topic @param {{ code: string, retry_after: number | null }} error */
  #unheard(name, topic, { code, retry_after }) {
    if (!retry_after) return this.#ended(name, code);
    const isWanted = () => this.#topics.get(name) === topic;
    this.#later(retry_after, () => isWanted() && this.#ask(name, topic));
  }

  /** @param {number | null} seconds as the server said; null: never @param {() => void} act unless we reconnect first */
  #later(seconds, act) {
    const socket = this.#socket;
    if (seconds) setTimeout(() => socket === this.#socket && act(), seconds * 1000);
  }

  /** @param {string} name @param {string} code */
  #ended(name, code) {
    const topic = this.#topics.get(name);
    if (!topic || !this.#topics.delete(name)) return;
    topic.ear.ended?.(code);
  }

  /**
   * Ask for a topic from where we are. Until the answer, what still arrives of it is passed over: the answer holds it.
   * @param {string} name
   * @param {Topic} topic
   */
  #ask(name, topic) {
    topic.asked = ++this.#lastId;
    topic.parts = [];
    const since = topic.epoch ? { since: { epoch: topic.epoch, seq: topic.seq } } : {};
    this.#send({ id: topic.asked, op: "subscribe", topic: name, ...since });
  }

  /** @param {any} message the answer to `#ask`, or, without an id, a state that the server starts anew */
  #subscribed(message) {
    const topic = this.#topics.get(message.topic);
    if (!topic || topic.asked !== (message.id ?? null)) return;
    const parts = [...topic.parts, message];
    topic.parts = parts;
    if (parts.length < (message.parts ?? 1)) return;
    const { epoch, seq, kind, recovered, has_more, mine } = Object.assign({}, ...parts);
    const entries = parts.flatMap((part) => part.entries ?? []).filter((entry) => !recovered || entry.seq > topic.seq);
    Object.assign(topic, { asked: null, parts: [], epoch, seq });
    if (kind === "log") topic.ear.entries?.(entries, { fresh: !recovered, has_more, mine });
    if (kind !== "state") return;
    if (!recovered) topic.state = {};
    for (const { state, set, unset } of parts) topic.state = changed(topic.state, state ?? set, unset);
    topic.ear.state?.(topic.state, mine);
  }

  /** @param {{ topic: string, seq: number, data: any }} message */
  #entry({ topic: name, seq, data }) {
    const topic = this.#topics.get(name);
    if (!topic || topic.asked !== null || seq <= topic.seq) return;
    if (seq !== topic.seq + 1) return this.#ask(name, topic);
    topic.seq = seq;
    topic.ear.entries?.([{ seq, data }], { fresh: false });
  }

  /** @param {{ topic: string, from: number, seq: number, set: Record<string, any>, unset: string[] }} message */
  #delta({ topic: name, from, seq, set, unset }) {
    const topic = this.#topics.get(name);
    if (!topic || topic.asked !== null || seq <= topic.seq) return;
    if (from > topic.seq) return this.#ask(name, topic);
    topic.seq = seq;
    topic.state = changed(topic.state, set, unset);
    topic.ear.state?.(topic.state);
  }

  #watchSilence() {
    this.#heardAt = Date.now();
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(1006), SILENCE_MS);
  }

  /** @param {number} leftMs how long the token is still good */
  #renewIn(leftMs) {
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => this.#renew(), Math.min(TIMER_MOST_MS, leftMs - Math.min(RENEW_MS, leftMs / 2)));
  }

  async #renew() {
    const turn = this.#turn;
    try {
      const token = await this.#options.token?.(this.#token) ?? null;
      if (turn !== this.#turn || this.status !== "online") return;
      if (!token) return this.#halt("signed_out");
      this.#token = token;
      this.#hello();
    } catch {
      if (turn === this.#turn) this.#renewal = setTimeout(() => this.#renew(), RENEW_MS / 12);
    }
  }

  /** @param {number} code the close code: 42xx get a new token, 43xx stop, any other try again */
  #lost(code) {
    if (this.status === "online" && Date.now() - this.#welcomedAt > STEADY_MS) this.#attempts = 0;
    this.#drop();
    for (const [id, call] of this.#calls) {
      if (call.sent && !call.repeatable) this.#answered(id)?.reject(new LiveError({ code: "unanswered" }));
      call.sent = false;
    }
    this.closeCode = this.#bye?.code ?? code;
    const kind = Math.floor(this.closeCode / 100);
    if (kind === 43) return this.#halt("stopped");
    const isStale = kind === 42 && this.closeCode !== NO_HELLO;
    if (isStale) this.#stale = this.#token;
    if (isStale && this.#attempts++ === 0) this.#connect();
    else this.#retryLater();
  }

  #retryLater() {
    const [least, most] = this.#bye?.retry_ms ?? [0, Math.min(BACKOFF_MOST_MS, BACKOFF_MS * 2 ** this.#attempts++)];
    const wait = least + Math.random() * (most - least);
    this.retryAt = Date.now() + wait;
    this.#retry = setTimeout(() => this.#connect(), wait);
    this.#say("offline");
  }

  /** @param {"signed_out" | "stopped"} status */
  #halt(status) {
    this.#turn++;
    this.#drop();
    clearTimeout(this.#retry);
    this.#stale = null;
    for (const id of [...this.#calls.keys()]) this.#answered(id)?.reject(new LiveError({ code: status }));
    this.#say(status);
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    for (const topic of this.#topics.values()) topic.asked = null;
    clearTimeout(this.#silence);
    clearTimeout(this.#renewal);
    if (socket?.readyState === 0) socket.onopen = () => socket.close(1000); // closed any sooner, browsers complain of it
    else socket?.close(1000);
  }

  /** @param {Status} status */
  #say(status) {
    this.status = status;
    if (status !== "offline") this.retryAt = null;
    this.#options.onstatus?.();
  }
}

/** @param {Record<string, any>} state @param {Record<string, any>} set @param {string[]} [unset] */
function changed(state, set, unset = []) {
  const next = { ...state, ...set };
  for (const key of unset) delete next[key];
  return next;
}
