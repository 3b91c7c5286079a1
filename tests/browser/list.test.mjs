/** A list of notifications as it changes (V82 to V85). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, merged, without } from "../../web/static/notifications/list.js";

const told = (id, minute, more = {}) => ({ id, created_at: `2026-11-21T09:${minute}:00Z`, read: false, target: { kind: "chat.message", id: `global/${id}` }, ...more });
const ids = (list) => list.map(({ id }) => id);

test("newest first, each once, as the latest word has it", () => {
  const list = merged([told(2, "20", { read: true }), told(4, "40")], [told(3, "30"), told(2, "20"), told(1, "10")]);
  assert.deepEqual(ids(list), [4, 3, 2, 1]);
  assert.equal(list[2].read, true);
  assert.deepEqual(ids(merged([told(6, "40")], [told(5, "40")])), [6, 5]);
});

test("what is meant is read, or gone", () => {
  const list = [told(2, "20"), told(1, "10")];
  assert.deepEqual(without(list, ({ id }) => id === 2, false).map(({ read }) => read), [true, false]);
  assert.deepEqual(ids(without(list, ({ id }) => id === 2, true)), [1]);
});

test("a message, a list, an item and a shared match have an address, other things have none", () => {
  assert.equal(addressOf(told(12, "10")), "/chat#m12");
  assert.equal(addressOf({ target: { kind: "chat.message", id: "list-3/12" } }), "/lists/3/chat#m12");
  const about = { target: { kind: "bucketlists.list", id: "3" }, data: { list_id: 3 } };
  assert.equal(addressOf({ kind: "deadline_changed", ...about }), "/lists/3");
  assert.equal(addressOf({ kind: "list_frozen", ...about }), "/lists/3/result");
  assert.equal(addressOf({ kind: "match_offered", target: { kind: "tracker.share", id: "7" }, data: { share_id: 7 } }), "/matches/shared/7");
  const item = { list_id: 3, item_id: 9 };
  for (const target of [{ kind: "bucketlists.item", id: "9" }, { kind: "chat.message", id: "comments-9/2" }]) {
    assert.equal(addressOf({ target, data: item }), "/lists/3/items/9");
  }
  assert.equal(addressOf({ target: { kind: "bucketlists.membership", id: "5" }, data: { list_id: 3 } }), null);
  const played = { competition_id: 4 };
  assert.equal(addressOf({ target: { kind: "chat.message", id: "tournament-4/12" }, data: played }), "/tournaments/4/chat#m12");
  assert.equal(addressOf({ target: { kind: "chat.message", id: "match-8/2" }, data: played }), "/tournaments/4/matches/8/chat#m2");
  assert.equal(addressOf({ kind: "check_in_open", target: { kind: "tournaments.competition", id: "4" }, data: played }), "/tournaments/4");
  assert.equal(addressOf({ kind: "competition_result", target: { kind: "tournaments.match", id: "8" }, data: { ...played, match_id: 8 } }), "/tournaments/4/matches/8");
  for (const target of [{ kind: "chat.message", id: "global/x" }, { kind: "account", id: "1" }]) {
    assert.equal(addressOf({ target }), null);
  }
});
