/** What the console knows by itself: the next act, times of a night, pasted tables, stages in words (T1, T3, T9, T10, T12). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf, inWords } from "../../web/static/tournaments/console/fields.js";
import { nextOf, openMatches } from "../../web/static/tournaments/console/next_act.js";
import { pasted } from "../../web/static/tournaments/console/pasting.js";
import { stageOf, timesOf } from "../../web/static/tournaments/console/presets.js";
import { sameResult } from "../../web/static/tournaments/console/same.js";
import { advanceWords, stageChanges } from "../../web/static/tournaments/console/stage_words.js";
import { fieldOf } from "../../web/static/tournaments/console/times.js";

const team = (id, name, tag = "") => ({ id, name, tag, logo: null, team: id, state: "active", seat: id });
const match = (id, state, more = {}) => ({ id, number: id, name: "", map: "", state, release_at: null, sides: [1, 2].map((slot) => ({ slot, entrant: team(slot, `T${slot}`), feeder: null })), ...more });
const HOST = ["publish", "move", "arrange", "settle", "watch"];
const known = (state, { meta = {}, ...more } = {}) => ({ meta: { state, checkin_opens: null, winner: null, reason: "", ...meta }, acts: HOST, moves: [], matches: [], stages: [{ state: "drawn" }], waiting: 0, ...more });

test("T3: in each state the one next act is what the viewer may do, and nothing where they may not", () => {
  const cases = [
    [known("draft", { stages: [] }), "to", "stages"], [known("draft", { moves: ["published"] }), "move", "publish"], [known("draft"), "move", undefined],
    [known("registration_open", { moves: ["registration_closed"] }), "move", "close-registration"],
    [known("registration_closed", { moves: ["live"] }), "move", "start"], [known("registration_closed", { moves: ["check_in"], meta: { checkin_opens: "2030-01-01T00:00:00Z" } }), "move", "open-check-in"],
    [known("check_in", { moves: ["live"] }), "move", "start"], [known("paused", { moves: ["live"] }), "move", "resume"], [known("live", { moves: ["completed"] }), "move", "complete"],
    [known("live", { stages: [{ state: "settled" }, { state: "planned", name: "Final" }] }), "to", "stages"], [known("completed", { moves: ["archived"] }), "move", "archive"],
  ];
  for (const [one, what, wanted] of cases) assert.equal(nextOf(one)[what], wanted, one.meta.state);
});

test("T10: a match goes from its room to its start, its end, its result; what is live comes before what is next", () => {
  const on = (...matches) => nextOf(known("live", { matches }));
  assert.equal(on(match(1, "scheduled")).on, "room");
  assert.equal(on(match(1, "scheduled", { release_at: "2030-01-01T00:00:00Z" })).on, "start");
  assert.equal(on(match(1, "ready"), match(2, "live")).on, "finish");
  assert.equal(on(match(1, "confirmed"), match(2, "awaiting_results"), match(3, "scheduled")).to, "results/2");
  assert.equal(nextOf(known("live", { matches: [match(1, "awaiting_results")], waiting: 2 })).to, "queue");
  assert.deepEqual(openMatches([match(1, "void"), match(2, "scheduled", { sides: [] }), match(3, "ready")]).map(({ id }) => id), [3]);
});

test("T2: the times of a night are in order, however soon it starts", () => {
  const now = Date.parse("2026-11-22T18:00:00Z");
  for (const minutes of [36, 90, 180, 1440]) {
    const { reg_opens, reg_closes, checkin_opens, checkin_closes } = timesOf(fieldOf(now + minutes * 60_000), now, true);
    const all = [reg_opens, reg_closes, checkin_closes, fieldOf(now + minutes * 60_000)];
    assert.deepEqual([...all].sort(), all);
    assert.equal(new Set(all).size, 4, `${minutes} minutes`);
    assert.equal(checkin_opens, reg_closes);
  }
  assert.deepEqual(stageOf({ kind: "scrim", format: "lobby", matches: "5" }), { name: "The night", format: "lobby", plan: { matches: 5 } });
  assert.deepEqual(bodyOf({ prizes: "1: ₹5,000\n2–3: a mug: blue\n" }).prizes, [{ places: "1", prize: "₹5,000" }, { places: "2-3", prize: "a mug: blue" }]);
  assert.throws(() => inWords({ fields: { reg_closes: ["reg_closes comes after reg_opens."] } }), ({ fields }) => fields.reg_closes[0] === "This is not after the opening of registration.");
});

test("T12: a pasted table finds its teams by name or tag, says whom it does not know, and who is absent", () => {
  const teams = [team(1, "Night Radiants", "RAD"), team(2, "Ember"), team(3, "Team 7", "T7"), team(4, "Frost")];
  const rows = [{ entrant: 2, placement: 1, kills: 12 }, { entrant: 1, placement: 2, kills: 0 }];
  for (const text of ["Ember\t1\t12\nnight radiants\t2\t0", "1. Ember 12\n2. RAD 0", "1;Ember;12\n2;Night-Radiants;0\n"]) assert.deepEqual(pasted(text, teams), { payload: { rows, absent: [3, 4] }, unknown: [] });
  assert.deepEqual(pasted("Team  Place  Kills\nEmber 12\nTeam 7\t4\nNobody\t3\t1", teams).payload.rows.map(({ entrant, placement, kills }) => [entrant, placement, kills]), [[2, 1, 12], [3, 2, 4]]);
  assert.deepEqual(pasted("Nobody\t3\t1", teams).unknown, ["Nobody"]);
});

test("T13: a payload is the same in whatever order its rows stand, and another with another number", () => {
  const one = { rows: [{ entrant: 1, placement: 2, kills: 3 }, { kills: 1, placement: 1, entrant: 2 }], absent: [4, 3] };
  assert.ok(sameResult(one, { absent: [3, 4], rows: [...one.rows].reverse() }));
  assert.ok(sameResult({ sides: [1, 2], games: [{ score: [2, 1] }] }, { games: [{ score: [2, 1] }], sides: [1, 2], decider: null }));
  assert.ok(!sameResult(one, { ...one, rows: [{ ...one.rows[0], kills: 4 }, one.rows[1]] }));
});

test("T9: who goes on is said in words, and a drawn stage keeps its shape", () => {
  assert.equal(advanceWords({ per_group: 2, best_next: 4, carry: "none" }), "The first 2 of each group, and the best 4 of the next, go on.");
  assert.equal(advanceWords({ overall: 16, carry: "all" }), "The first 16 of all go on, with their points.");
  const values = { name: "Groups", format: "lobby", seeding: "draw", groups_count: "4", matches: "3", games: "1", maps: "Erangel, Miramar", goes: "groups", going: "2", best_next: "0", carry: "all" };
  assert.deepEqual(stageChanges(values, false), { name: "Groups", format: "lobby", seeding: "draw", groups_count: 4, plan: { matches: 3, games: 1, maps: ["Erangel", "Miramar"] }, advance: { per_group: 2, best_next: 0, carry: "all" } });
  assert.deepEqual(stageChanges({ ...values, goes: "none" }, true), { name: "Groups", advance: null });
});
