/** What a list's page knows by itself, and how an own vote looks until the server has answered (V20, V23, V24, V46). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { inOrder, lateWords, mayAdd, mayReact, mayVote, signed, whenOf, withVote } from "../../web/static/bucketlists/rules.js";
import { leftOf, ringOf } from "../../web/static/moments.js";

const list = (is_public, allow_viewer_voting) => ({ is_public, allow_viewer_voting });
const item = (more = {}) => ({ id: 1, upvotes_count: 4, downvotes_count: 1, score: 3, ...more });
const shown = ({ upvotes_count, downvotes_count, score, user_vote }) => [upvotes_count, downvotes_count, score, user_vote];

test("V23, V24: who votes, by role, kind of list and viewer voting", () => {
  for (const role of ["owner", "editor"]) assert.ok(mayVote(list(false, false), role, 7));
  for (const [is_public, viewers, role, may] of [
    [false, false, "viewer", false], [false, true, "viewer", true], [true, false, "viewer", false], [true, true, "viewer", true],
    [true, true, null, true], [true, false, null, false], [false, true, null, false],
  ]) assert.equal(mayVote(list(is_public, viewers), role, 7), may, `${role} ${is_public} ${viewers}`);
  assert.equal(mayVote(list(true, true), null, null), false); // a stranger is asked to sign in
  assert.ok(mayReact(list(true, false), "viewer", 7)); // V62
});

test("V46: on a frozen list only the owner proposes", () => {
  assert.deepEqual(["owner", "editor", "viewer", null].map((role) => [mayAdd(role, false), mayAdd(role, true)]), [[true, true], [true, false], [false, false], [false, false]]);
});

test("V20: an own vote counts at once, a changed one moves, one taken back is gone", () => {
  const pending = (want, had) => ({ want, had, base: item(), receipt: null });
  assert.deepEqual(shown(withVote(item(), null, pending("upvote", null))), [5, 1, 4, "upvote"]);
  assert.deepEqual(shown(withVote(item(), "upvote", pending("downvote", "upvote"))), [3, 2, 1, "downvote"]);
  assert.deepEqual(shown(withVote(item(), "upvote", pending(null, "upvote"))), [3, 1, 2, null]);
  const receipt = { upvotes_count: 6, downvotes_count: 1, score: 5 };
  assert.deepEqual(shown(withVote(item(), null, { ...pending("upvote", null), receipt })), [6, 1, 5, "upvote"]);
  assert.deepEqual(shown(withVote(item(), "downvote", undefined)), [4, 1, 3, "downvote"]);
});

test("V19, V15: by rank, cancelled ones at the end", () => {
  const ids = inOrder([{ id: 3, rank: null }, { id: 5, rank: 2 }, { id: 4, rank: 1 }]).map(({ id }) => id);
  assert.deepEqual(ids, [4, 5, 3]);
});

test("a vote that came too late is told how late, anything else is not", () => {
  const refusal = { code: "list_frozen", facts: { frozen_at: "2026-06-01T18:30:00Z" } };
  assert.match(lateWords(refusal, Date.parse("2026-06-01T18:30:02Z")), /closed at \d\d:30:00; your vote came 2 s after that/);
  assert.match(lateWords(refusal, Date.parse("2026-06-01T18:29:59.9Z")), /came just after that/);
  assert.equal(lateWords({ code: "rate_limited" }, 0), null);
});

test("what is left is told as coarsely as one looks at it", () => {
  assert.deepEqual([42, 61, 3600 * 2 + 14 * 60, 86_400 * 3 + 3600 * 4, 86_400 * 9].map(leftOf), ["42 s", "1:01", "2 h 14 min", "3 days 4 h", "9 days"]);
  assert.deepEqual([0, 30, 60, 1800].map(ringOf), [0, 0.5, 1, 0.5]);
  assert.deepEqual([5, 0, -1].map(signed), ["+5", "0", "−1"]);
});

test("V9: when something takes place, as far as it is said", () => {
  const schedule = { start_date: "2026-07-15", end_date: null, start_time: null, end_time: null, is_date_range: false };
  assert.equal(whenOf({ ...schedule, start_date: null }), "");
  assert.match(whenOf({ ...schedule, start_time: "05:30:00", end_time: "07:00:00" }), /15.*, 05:30–07:00$|Jul 15, 05:30–07:00$/);
  assert.match(whenOf({ ...schedule, end_date: "2026-07-17", is_date_range: true }), / – /);
});
