/** Counting a sealed round again in the browser (V90 to V92). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { differences, headHash, momentOf, recount } from "../../web/static/bucketlists/recount.js";

const ballot = (seq, voter_ref, choice, cast_at = "2026-06-01T18:29:58Z", item = 12) => ({ seq, item, voter_ref, choice, cast_at });
const VECTOR = [
  ballot(1, "v-a", "up", "2026-06-01T18:29:58Z"),
  ballot(2, "v-b", "down", "2026-06-01T18:29:59.5Z"),
  ballot(3, "v-b", "up", "2026-06-01T18:29:59.999999Z"),
];
const HEAD = "ba5c33f443120ad48e646d74391726c0839f71c24599954fc556d874b393a156";
const result = (more = {}) => ({ list: 3, round: 1, first_seq: 1, last_seq: 3, head_hash: HEAD, items: [{ id: 12, title: "Swim", upvotes_count: 2, downvotes_count: 0 }], ...more });

test("V91: the chain of the ballots ends in the hash that the rules give", async () => {
  assert.equal(await headHash(3, 1, VECTOR), HEAD);
  assert.equal(momentOf("2026-06-01T18:29:59.5Z"), "2026-06-01T18:29:59.500000Z");
});

test("V90, V91a: what is taken back, suspended or withdrawn does not count, what is restored or carried does", () => {
  const count = (...choices) => recount(choices.map((choice, place) => ballot(place + 1, "v-a", choice))).get(12) ?? { upvotes: 0, downvotes: 0 };
  assert.deepEqual(count("up", "down"), { upvotes: 0, downvotes: 1 });
  assert.deepEqual(count("carried_up"), { upvotes: 1, downvotes: 0 });
  for (const last of ["none", "withdrawn", "suspended"]) assert.deepEqual(count("up", last), { upvotes: 0, downvotes: 0 });
  assert.deepEqual(count("carried_down", "suspended", "restored"), { upvotes: 0, downvotes: 1 });
});

test("V92: a result that its ballots lead to holds, any other is told what is wrong", async () => {
  assert.deepEqual(await differences(result(), VECTOR), []);
  const forged = [VECTOR[0], { ...VECTOR[1], choice: "up" }, VECTOR[2]];
  assert.match((await differences(result(), forged)).join(), /chain/);
  assert.match((await differences(result(), VECTOR.slice(0, 2))).join(), /2 ballots where the result speaks of 3/);
  const padded = result({ items: [{ id: 12, title: "Swim", upvotes_count: 3, downvotes_count: 0 }] });
  assert.match((await differences(padded, VECTOR)).join(), /“Swim” has 2 up and 0 down in the log, 3 and 0/);
});
