/** live.js against a scripted server that speaks the real frames. Time is node's mock clock; nothing here waits. */

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Live } from "../../web/static/live.js";

/** The server's end of one socket. */
class FakeSocket {
  static all = [];
  static get last() { return FakeSocket.all.at(-1); }

  constructor(url) {
    Object.assign(this, { url, readyState: 0, heard: [], closedWith: null });
    FakeSocket.all.push(this);
  }
  send(text) { this.heard.push(JSON.parse(text)); }
  close(code) { this.readyState = 3; this.closedWith = code; }

  open() { this.readyState = 1; this.onopen(); }
  say(message) { this.onmessage({ data: JSON.stringify(message) }); }
  hangUp(code) { this.readyState = 3; this.onclose({ code }); }
  /** What the client said with this `op`, oldest first. */
  said(op) { return this.heard.filter((message) => message.op === op); }
  welcome(more = {}) {
    if (!this.readyState) this.open();
    this.say({ id: this.said("hello").at(-1).id, op: "welcome", user: 7, session: "c9k2", server_time: now(), ...more });
    return this;
  }
  /** Answer the newest `subscribe`. */
  subscribed(answer) { this.say({ id: this.said("subscribe").at(-1).id, op: "subscribed", ...answer }); }
}

const T0 = Date.parse("2026-11-21T09:00:00Z");
const now = () => new Date().toISOString();
const tick = async (ms = 0) => { mock.timers.tick(ms); for (let i = 0; i < 5; i++) await null; };
const entries = (...seqs) => seqs.map((seq) => ({ seq, data: `m${seq}` }));
const entry = (seq) => ({ op: "entry", topic: "chat.global", seq, data: `m${seq}` });
const log = (seqs, more = {}) => ({ topic: "chat.global", kind: "log", epoch: "r1", seq: seqs.at(-1) ?? 0, recovered: false, entries: entries(...seqs), ...more });
const inSeconds = (s) => new Date(Date.now() + s * 1000).toISOString();

beforeEach(() => {
  FakeSocket.all = [];
  globalThis.WebSocket = FakeSocket;
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: T0 });
});

/** A client that is online and hears `chat.global`, of which it holds entry 1 to 3. */
async function listening(options = {}) {
  const heard = [];
  const live = new Live({ url: "ws://test/ws/", token: async () => "t1", ...options });
  live.subscribe("chat.global", {
    entries: (list, { fresh }) => { if (fresh) heard.length = 0; heard.push(...list.map(({ seq }) => seq)); },
    ended: (code) => heard.push(code),
  });
  live.start();
  await tick();
  FakeSocket.last.welcome().subscribed(log([1, 2, 3]));
  return { live, heard };
}

/** The socket of the next attempt, after whatever wait. */
async function reconnected() {
  await tick(30_000);
  return FakeSocket.last;
}

test("hello carries the token, and the first subscription asks for the newest", async () => {
  const { live, heard } = await listening();
  assert.equal(FakeSocket.last.said("hello")[0].token, "t1");
  assert.equal(FakeSocket.last.said("subscribe")[0].since, undefined);
  assert.deepEqual([live.status, heard], ["online", [1, 2, 3]]);
});

test("an array frame is many messages, in order", async () => {
  const { heard } = await listening();
  FakeSocket.last.say([entry(4), { op: "ping", n: 9 }, entry(5)]);
  assert.deepEqual(heard, [1, 2, 3, 4, 5]);
  assert.deepEqual(FakeSocket.last.said("pong"), [{ op: "pong", n: 9 }]);
});

test("an entry that came before is passed over", async () => {
  const { heard } = await listening();
  FakeSocket.last.say([entry(3), entry(4), entry(4), entry(2)]);
  assert.deepEqual(heard, [1, 2, 3, 4]);
});

test("a hole is filled by asking again from where we are, each entry once and in order", async () => {
  const { heard } = await listening();
  FakeSocket.last.say([entry(4), entry(7)]);
  assert.deepEqual(FakeSocket.last.said("subscribe")[1].since, { epoch: "r1", seq: 4 });
  FakeSocket.last.say(entry(8)); // still on its way when we asked; the answer holds it
  assert.equal(FakeSocket.last.said("subscribe").length, 2);
  FakeSocket.last.subscribed(log([5, 6, 7, 8], { recovered: true }));
  FakeSocket.last.say(entry(9));
  assert.deepEqual(heard, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("a lost connection is resumed; what came twice is applied once", async () => {
  const { heard } = await listening();
  FakeSocket.last.hangUp(1006);
  const socket = (await reconnected()).welcome();
  assert.deepEqual(socket.said("subscribe")[0].since, { epoch: "r1", seq: 3 });
  socket.subscribed(log([3, 4, 5], { recovered: true }));
  assert.deepEqual(heard, [1, 2, 3, 4, 5]);
});

test("a gap too long to replay starts from the newest", async () => {
  const { heard } = await listening();
  FakeSocket.last.hangUp(1006);
  (await reconnected()).welcome().subscribed(log([951, 952]));
  assert.deepEqual(heard, [951, 952]);
  FakeSocket.last.say(entry(953));
  assert.deepEqual(heard, [951, 952, 953]);
});

test("an answer in parts is one answer", async () => {
  const { heard } = await listening();
  FakeSocket.last.say(entry(9));
  FakeSocket.last.subscribed(log([4, 5], { recovered: true, seq: 6, part: 1, parts: 2 }));
  assert.deepEqual(heard, [1, 2, 3]);
  FakeSocket.last.subscribed(log([6], { recovered: true, part: 2, parts: 2 }));
  assert.deepEqual(heard, [1, 2, 3, 4, 5, 6]);
});

test("the answer to an earlier question is not the answer to the newest", async () => {
  const { heard } = await listening();
  FakeSocket.last.say({ id: -1, op: "subscribed", ...log([50]) });
  assert.deepEqual(heard, [1, 2, 3]);
});

test("state: old state and deltas give the new one; a delta from beyond it asks again", async () => {
  const live = new Live({ url: "ws://test/ws/" });
  const seen = [];
  live.subscribe("list.12", { state: (state) => seen.push(state) });
  live.start();
  await tick();
  const socket = FakeSocket.last.welcome();
  assert.equal("token" in socket.said("hello")[0], false);
  const state = { topic: "list.12", kind: "state", epoch: "p1", recovered: false };
  socket.subscribed({ ...state, seq: 88, state: { a: 1, b: 1 } });
  socket.say({ op: "delta", topic: "list.12", from: 88, seq: 91, set: { c: 3 }, unset: ["b"] });
  socket.say({ op: "delta", topic: "list.12", from: 90, seq: 91, set: { c: 0 }, unset: [] }); // heard already
  socket.say({ op: "delta", topic: "list.12", from: 92, seq: 93, set: { d: 4 }, unset: [] });
  assert.deepEqual(socket.said("subscribe")[1].since, { epoch: "p1", seq: 91 });
  socket.subscribed({ ...state, seq: 93, recovered: true, set: { d: 4 }, unset: ["a"] });
  socket.say({ op: "subscribed", ...state, epoch: "p1", seq: 200, state: { z: 0 } }); // the server starts it anew
  assert.deepEqual(seen, [{ a: 1, b: 1 }, { a: 1, c: 3 }, { c: 3, d: 4 }, { z: 0 }]);
});

test("an event of a volatile topic comes as it comes", async () => {
  const live = new Live({ url: "ws://test/ws/" });
  const seen = [];
  live.subscribe("typing.global", { event: (data) => seen.push(data) });
  live.start();
  await tick();
  FakeSocket.last.welcome().say({ op: "event", topic: "typing.global", data: { user: 7 } });
  assert.deepEqual(seen, [{ user: 7 }]);
});

test("a topic that is taken away, or refused, ends and is not asked for again", async () => {
  const { heard } = await listening();
  FakeSocket.last.say({ op: "unsubscribed", topic: "chat.global", code: "revoked" });
  FakeSocket.last.hangUp(1006);
  assert.deepEqual((await reconnected()).welcome().said("subscribe"), []);
  assert.deepEqual(heard, [1, 2, 3, "revoked"]);
});

test("who leaves a topic and comes back hears it", async () => {
  const { live } = await listening();
  const leave = live.subscribe("user.7", { entries: () => assert.fail("left") });
  leave();
  const heard = [];
  live.subscribe("user.7", { entries: (list) => heard.push(...list) });
  const [unsubscribe] = FakeSocket.last.said("unsubscribe");
  FakeSocket.last.say({ id: unsubscribe.id, op: "unsubscribed", topic: "user.7", code: null });
  FakeSocket.last.subscribed({ topic: "user.7", kind: "log", epoch: "u1", seq: 1, recovered: false, entries: entries(1) });
  assert.equal(heard.length, 1);
});

test("a call settles with the answer, or with the refusal in words", async () => {
  const { live } = await listening();
  const good = live.call("chat.post", { text: "hi", client_id: "c1" });
  const bad = live.call("chat.post", { text: "hi", client_id: "c2" });
  const [first, second] = FakeSocket.last.said("call");
  assert.deepEqual([first.do, first.with], ["chat.post", { text: "hi", client_id: "c1" }]);
  FakeSocket.last.say({ id: second.id, op: "error", code: "rate_limited", detail: "Too fast.", retry_after: 3 });
  FakeSocket.last.say({ id: first.id, op: "done", data: { seq: 4 } });
  assert.deepEqual(await good, { seq: 4 });
  await assert.rejects(bad, { code: "rate_limited", message: "Too fast.", retry_after: 3 });
});

test("unsent and unanswered calls are sent again after a reconnect and settle once", async () => {
  const { live } = await listening();
  const settled = [];
  const post = (client_id) => live.call("chat.post", { client_id }).then(() => settled.push(client_id));
  post("answered");
  FakeSocket.last.say({ id: FakeSocket.last.said("call")[0].id, op: "done", data: {} });
  post("unanswered");
  FakeSocket.last.hangUp(1006);
  post("unsent");
  await tick();
  assert.deepEqual(settled, ["answered"]);
  const socket = (await reconnected()).welcome();
  const again = socket.said("call");
  assert.deepEqual(again.map((call) => call.with.client_id), ["unanswered", "unsent"]);
  for (const { id } of again) socket.say([{ id, op: "done", data: {} }, { id, op: "done", data: {} }]);
  await tick();
  assert.deepEqual(settled, ["answered", "unanswered", "unsent"]);
});

test("a call that may not be repeated is refused when its answer is lost, and waits when it was not sent", async () => {
  const { live } = await listening();
  const lost = live.call("list.freeze", { list: 1 });
  FakeSocket.last.hangUp(1006);
  await assert.rejects(lost, { code: "unanswered" });
  const kept = live.call("list.freeze", { list: 2 });
  const socket = (await reconnected()).welcome();
  assert.deepEqual(socket.said("call").map((call) => call.with), [{ list: 2 }]);
  socket.say({ id: socket.said("call")[0].id, op: "done", data: "frozen" });
  assert.equal(await kept, "frozen");
});

test("the token is renewed before it ends, by the server's clock, on the same socket", async () => {
  const asked = [];
  const { live } = await listening({ token: async (stale) => { asked.push(stale); return `t${asked.length}`; } });
  FakeSocket.last.welcome({ server_time: "2030-01-01T00:00:00Z", token_expires_at: "2030-01-01T00:00:40Z" });
  assert.equal(live.skewMs, Date.parse("2030-01-01T00:00:00Z") - Date.now());
  await tick(19_999);
  assert.deepEqual(asked, [null]);
  await tick(1);
  assert.deepEqual([asked, FakeSocket.last.said("hello").at(-1).token], [[null, "t1"], "t2"]);
  FakeSocket.last.welcome({ token_expires_at: inSeconds(3600) }).say(entry(4));
  assert.deepEqual([live.status, FakeSocket.all.length, FakeSocket.last.said("subscribe").length], ["online", 1, 1]);
});

test("a close 42xx gets another token and reconnects at once; without one we are signed out", async () => {
  const tokens = ["t1", "t2", null];
  const stale = [];
  const { live } = await listening({ token: async (old) => { stale.push(old); return tokens[stale.length - 1]; } });
  FakeSocket.last.hangUp(4202);
  await tick();
  FakeSocket.last.welcome();
  assert.equal(FakeSocket.last.said("hello")[0].token, "t2");
  const waiting = live.call("chat.post", { client_id: "c" });
  await tick(20_000);
  FakeSocket.last.hangUp(4203);
  await assert.rejects(waiting, { code: "signed_out" });
  assert.deepEqual([live.status, stale], ["signed_out", [null, "t1", "t2"]]);
  await tick(120_000);
  assert.equal(FakeSocket.all.length, 2);
});

test("a hello or a subscription that cannot be answered right now is asked again, and nothing is lost", async () => {
  const { live, heard } = await listening();
  FakeSocket.last.hangUp(1006);
  const socket = await reconnected();
  socket.open();
  socket.say({ id: socket.said("hello").at(-1).id, op: "error", code: "unavailable", retry_after: 1 });
  assert.equal(live.status, "connecting");
  await tick(1_000);
  assert.equal(socket.said("hello").length, 2);
  socket.welcome();
  socket.say({ id: socket.said("subscribe").at(-1).id, op: "error", code: "unavailable", retry_after: 2 });
  socket.say(entry(4)); // before the answer: it will hold it
  await tick(2_000);
  socket.subscribed(log([4, 5], { recovered: true }));
  assert.deepEqual([live.status, heard, socket.said("subscribe").length], ["online", [1, 2, 3, 4, 5], 2]);
});

test("who is told after a renewal to ask later stays online and renews later", async () => {
  const { live } = await listening();
  FakeSocket.last.welcome({ token_expires_at: inSeconds(100) });
  await tick(50_000);
  const asked = FakeSocket.last.said("hello").length;
  FakeSocket.last.say({ id: FakeSocket.last.said("hello").at(-1).id, op: "error", code: "unavailable", retry_after: 1 });
  await tick(1_000);
  assert.deepEqual([live.status, FakeSocket.last.said("hello").length > asked], ["online", true]);
});

test("a close 4201 asks for no other token: the hello came too late", async () => {
  const asked = [];
  const { live } = await listening({ token: async (stale) => { asked.push(stale); return "t1"; } });
  FakeSocket.last.hangUp(4201);
  await reconnected();
  FakeSocket.last.welcome();
  assert.deepEqual([live.status, asked], ["online", [null, null]]);
});

test("a close 43xx stops until we are started again", async () => {
  const { live } = await listening();
  FakeSocket.last.hangUp(4304);
  await tick(120_000);
  assert.deepEqual([live.status, live.closeCode, FakeSocket.all.length], ["stopped", 4304, 1]);
  await assert.rejects(live.call("chat.post", {}), { code: "stopped" });
  live.start();
  await tick();
  assert.deepEqual(FakeSocket.last.welcome().said("subscribe")[0].since, { epoch: "r1", seq: 3 });
});

test("bye says how long to wait", async () => {
  const { live } = await listening();
  FakeSocket.last.say({ op: "bye", code: 4100, retry_ms: [5_000, 9_000] });
  FakeSocket.last.hangUp(4100);
  const wait = live.retryAt - Date.now();
  assert.ok(wait >= 5_000 && wait <= 9_000, `${wait}`);
  await tick(4_999);
  assert.equal(FakeSocket.all.length, 1);
  await tick(4_001);
  assert.equal(FakeSocket.all.length, 2);
});

test("without a bye the wait is a random part of a doubling span, up to 30 s", async () => {
  const draw = mock.method(Math, "random", () => 1);
  try {
    const { live } = await listening();
    const waits = [];
    for (let i = 0; i < 8; i++) {
      FakeSocket.last.hangUp(1006);
      waits.push(live.retryAt - Date.now());
      await tick(waits.at(-1));
    }
    assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  } finally {
    draw.mock.restore();
  }
});

test("a token that cannot be had right now is asked for again", async () => {
  let reachable = false;
  const live = new Live({ url: "ws://test/ws/", token: async () => { if (!reachable) throw new Error("down"); return "t1"; } });
  live.start();
  await tick();
  assert.deepEqual([live.status, FakeSocket.all.length], ["offline", 0]);
  reachable = true;
  live.wake();
  await tick();
  FakeSocket.last.welcome();
  assert.equal(live.status, "online");
});

test("a connection that has gone silent is given up", async () => {
  const { live } = await listening();
  await tick(59_000);
  FakeSocket.last.say({ op: "ping", n: 1 });
  await tick(59_000);
  assert.equal(live.status, "online");
  await tick(1_000);
  assert.equal(live.status, "offline");
});

test("who stops while a token is on its way does not connect", async () => {
  const live = new Live({ url: "ws://test/ws/", token: async () => "t1" });
  live.start();
  live.stop();
  await tick(60_000);
  assert.deepEqual([live.status, FakeSocket.all.length], ["stopped", 0]);
});

test("who stays a stranger hears what is public, and a sign-in asks for all of it anew", async () => {
  let own = "";
  const { live } = await listening({ token: async () => own });
  assert.equal(FakeSocket.last.said("hello")[0].token, undefined);
  live.subscribe("list.3", { state: () => {} });
  live.stop(); // before the answer
  own = "t1";
  live.start();
  await tick();
  FakeSocket.last.welcome();
  assert.equal(FakeSocket.last.said("hello")[0].token, "t1");
  assert.deepEqual(FakeSocket.last.said("subscribe").map(({ topic }) => topic), ["chat.global", "list.3"]);
});
