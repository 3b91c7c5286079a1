/** What the pages of competitions know by themselves: explanations in words, the bracket, forms, how somebody stands (T5, T8, T12, T18, T19). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { layOut, neighbour, roundName } from "../../web/static/tournaments/bracket_layout.js";
import { explain, passedOver } from "../../web/static/tournaments/explaining.js";
import { duelPayload, duelDraft, isLevel, lineOf, lobbyPayload, lobbyRows } from "../../web/static/tournaments/payloads.js";
import { pick, rosterOf, wrongOf } from "../../web/static/tournaments/rosters.js";
import { nextMatch, ordinal, runningOf, stanceOf } from "../../web/static/tournaments/standing_of.js";
import { isAhead } from "../../web/static/tournaments/words.js";

const card = (id, name = `Team ${id}`) => ({ id, name, tag: "", logo: null, team: id, state: "active", seat: id });
const row = (id, position, more = {}) => ({ position, rank: position, entrant: card(id, more.name), placed: false, out: "", ...more });
const asked = (criterion, values, more = {}) => ({ criterion, values, scope: "all", among: [], entries: [[], []], ...more });

test("T19: the first criterion that differs is told with both values, after all on which they are equal", () => {
  const rows = [row(1, 1, { name: "Meridian" }), row(2, 2, { name: "Hydra" })];
  const why = [asked("points", [41, 41]), asked("wins", [1, 1]), asked("placement_points", [22, 21])];
  const meridian = { title: "Why is Meridian above Hydra?", words: "Equal on points (41) and wins (1); placement points decide, 22 to 21." };
  assert.deepEqual(explain({ rows, reason: "criterion", asked: why }), meridian);
  const turned = why.map((one) => ({ ...one, values: [...one.values].reverse() }));
  assert.deepEqual(explain({ rows: [...rows].reverse(), reason: "criterion", asked: turned }), meridian);
  assert.equal(explain({ rows, reason: "criterion", asked: [asked("points", [12, 9])] }).words, "Points decide, 12 to 9.");
  const among = asked("goal_difference", [2, -1], { scope: "tied", among: [1, 2, 3] });
  assert.match(explain({ rows, reason: "criterion", asked: [asked("points", [4, 4]), among] }).words, /^Equal on points \(4\); goal difference among the 3 who were tied decides, \+2 to −1\.$/);
  const unknown = [asked("points", [4, 4]), asked("survival_s", null), asked("kills", ["7/2", 3])];
  assert.equal(explain({ rows, reason: "criterion", asked: unknown }).words, "Equal on points (4); kills decide, 7/2 to 3.");
  assert.equal(passedOver(unknown), "1 criterion passed over: survival time.");
});

test("T18: a true tie, a place given by hand and a disqualification are said as what they are", () => {
  const tie = { rows: [row(1, 7, { rank: 7, name: "A" }), row(2, 8, { rank: 7, name: "B" })], reason: "tied", asked: [asked("points", [21, 21])] };
  assert.deepEqual(explain(tie), { title: "A and B share rank 7", words: "Equal on points (21). Nothing that is asked separates them." });
  assert.match(explain({ rows: [row(1, 1, { placed: true, name: "A" }), row(2, 2)], reason: "placed", asked: [] }).words, /^A was put there by hand/);
  assert.match(explain({ rows: [row(1, 1), row(2, 2, { out: "last", name: "B" })], reason: "out", asked: [] }).words, /^B is disqualified and comes last/);
});

const meeting = (number, round, sides, feeders = [null, null], winner = null) => (
  { id: number, number, round, winner, sides: [0, 1].map((slot) => ({ slot, entrant: sides[slot] ? card(sides[slot]) : null, feeder: feeders[slot] })) });

test("T8: a bracket has every match in the middle of those that lead to it, and no box for a bye", () => {
  const matches = [meeting(1, 1, [1, null]), meeting(2, 1, [4, 5], [null, null], 4), meeting(3, 1, [2, null]), meeting(4, 1, [3, 6]),
    meeting(5, 2, [1, 4], [1, 2]), meeting(6, 2, [2, null], [3, 4]), meeting(7, 3, [null, null], [5, 6])];
  const { rounds, lines, width, height } = layOut(matches);
  assert.deepEqual(rounds.map(({ name, boxes }) => [name, boxes.map(({ match }) => match.number)]), [["Quarter-finals", [2, 4]], ["Semi-finals", [5, 6]], ["Final", [7]]]);
  const at = Object.fromEntries(rounds.flatMap(({ boxes }) => boxes.map(({ match, x, y }) => [match.number, { x, y }])));
  assert.equal(at[5].y, at[2].y);
  assert.equal(at[7].y, (at[5].y + at[6].y) / 2);
  assert.deepEqual(lines.map(({ from, to, known }) => [from, to, known]).sort(), [[2, 5, true], [4, 6, false], [5, 7, false], [6, 7, false]]);
  assert.ok(Object.values(at).every(({ x, y }) => x < width && y < height));
  const whole = layOut(Array.from({ length: 15 }, (_, n) => (n < 8 ? meeting(n + 1, 1, [2 * n + 1, 2 * n + 2]) : meeting(n + 1, n < 12 ? 2 : n < 14 ? 3 : 4, [], n < 12 ? [2 * n - 15, 2 * n - 14] : n < 14 ? [2 * n - 15, 2 * n - 14] : [13, 14]))));
  for (const { boxes } of whole.rounds) for (let place = 1; place < boxes.length; place++) assert.ok(boxes[place].y - boxes[place - 1].y >= 64);
  assert.equal(roundName(1, 5), "Round of 32");
});

test("arrow keys lead along the lines of a bracket", () => {
  const { rounds } = layOut([meeting(1, 1, [1, 2]), meeting(2, 1, [3, 4]), meeting(3, 2, [], [1, 2])]);
  assert.deepEqual(["ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft"].map((key) => neighbour(rounds, 1, key)), [3, 2, null, null]);
  assert.equal(neighbour(rounds, 3, "ArrowLeft"), 1);
});

test("T12: a lobby is whole, its places are each given once, and zero kills are a number", () => {
  const match = { sides: [1, 2, 3].map((id, slot) => ({ slot, entrant: card(id), feeder: null })) };
  const rows = lobbyRows(match, null, []).map((one, at) => ({ ...one, placement: String(at + 1), kills: at ? "0" : "7" }));
  assert.deepEqual(lobbyPayload(rows), { payload: { rows: [{ entrant: 1, placement: 1, kills: 7 }, { entrant: 2, placement: 2, kills: 0 }, { entrant: 3, placement: 3, kills: 0 }], absent: [] }, wrong: {} });
  const gone = rows.map((one) => (one.entrant === 3 ? { ...one, absent: true } : one));
  assert.deepEqual(lobbyPayload(gone).payload.absent, [3]);
  const twice = lobbyPayload(rows.map((one) => ({ ...one, placement: "1", kills: one.entrant === 2 ? "" : "1" })));
  assert.deepEqual(Object.keys(twice.wrong), ["2.placement", "2.kills", "3.placement"]);
});

test("T14: what a picture did not show surely is empty and asked for; the rest of a row stays", () => {
  const match = { sides: [1, 2].map((id, slot) => ({ slot, entrant: card(id), feeder: null })) };
  const cell = { path: "rows.0.kills", why: "unsure", position: 0, box: null };
  const [first, second] = lobbyRows(match, { rows: [{ entrant: 2, placement: 1, kills: null, damage: 900 }], absent: [1] }, [cell]);
  assert.deepEqual([first.kills, first.asks.kills, second.absent], ["", cell, true]);
  assert.deepEqual(lobbyPayload([{ ...first, kills: "4" }, second]).payload.rows, [{ entrant: 2, placement: 1, kills: 4, damage: 900 }]);
});

test("T12: a duel sends scores by game, in the order of its sides, and a shoot-out where it must have a winner", () => {
  const match = { best_of: 3, draws: false, sides: [1, 2].map((id, slot) => ({ slot, entrant: card(id), feeder: null })) };
  const draft = (...scores) => ({ scores, decider: ["", ""], more: {}, asks: {} });
  assert.deepEqual(duelPayload(draft(["2", "1"], ["3", "0"], ["", ""]), match), { payload: { sides: [1, 2], games: [{ score: [2, 1] }, { score: [3, 0] }] }, wrong: {} });
  assert.match(duelPayload(draft(["2", "1"], ["", ""], ["", ""]), match).wrong.all, /won 2 games/);
  const single = { ...match, best_of: 1 };
  assert.ok(isLevel(draft(["1", "1"]), single));
  assert.ok(duelPayload(draft(["1", "1"]), single).wrong.decider);
  assert.deepEqual(duelPayload({ ...draft(["1", "1"]), decider: ["4", "3"] }, single).payload.decider, [4, 3]);
  assert.deepEqual(duelDraft(single, { sides: [2, 1], games: [{ score: [0, 3] }] }, []).scores, [["3", "0"]]);
  assert.equal(lineOf({ sides: [1, 2], games: [{ score: [1, 1] }], decider: [4, 3] }, single), "1:1 (4:3 in the shoot-out)");
});

test("T5: a roster has its line-up, ids fit the game, and one that is left out is that of the profile", () => {
  const people = [1, 2, 3].map((id) => ({ id, username: `p${id}`, name: `P${id}`, avatar: "" }));
  const [most, game] = [{ lineup: 2, roster_most: 3 }, { id_pattern: "[0-9]{6,12}", id_hint: "6 to 12 digits." }];
  const players = pick(people, [], most, ({ id }) => (id === 1 ? "123456" : ""));
  assert.deepEqual(players.map(({ is_substitute }) => is_substitute), [false, false, true]);
  assert.deepEqual(wrongOf(players, most, game), {});
  assert.deepEqual(rosterOf(players)[0], { user_id: 1, is_substitute: false, in_game_id: "123456" });
  assert.deepEqual(rosterOf(players)[1], { user_id: 2, is_substitute: false });
  assert.deepEqual(wrongOf(players.map((one) => ({ ...one, in_game_id: "x" })), most, game)["1"], "6 to 12 digits.");
  assert.match(wrongOf(players.map((one) => ({ ...one, is_substitute: true })), most, game).all, /choose 2 more/);
});

test("T5 to T7: how somebody stands, and what they can do about it", () => {
  const at = Date.parse("2026-11-22T12:00:00Z");
  const meta = { state: "registration_open", reg_closes: "2026-11-22T14:00:00Z", checkin_opens: "2026-11-22T15:00:00Z", checkin_closes: "2026-11-22T16:00:00Z", starts_at: "2026-11-22T16:00:00Z", capacity: 2, entrants_count: 1, waiting_count: 0, waitlist_capacity: 1, entry_fee_paise: 0, reason: "", winner: null };
  const entrant = (state, more = {}) => ({ ...card(1), state, waiting: null, offer_expires_at: null, ...more });
  const acts = (how, who = null, leads = true) => stanceOf({ ...meta, ...how }, { is_captain: leads }, who, at).acts.map(({ words }) => words);
  assert.deepEqual(acts({}), ["Register"]);
  assert.deepEqual(acts({ entrants_count: 2 }), ["Join the waitlist"]);
  assert.deepEqual(acts({ entrants_count: 2, waiting_count: 1 }), []);
  assert.deepEqual(acts({}, entrant("offered", { offer_expires_at: "2026-11-22T12:30:00Z" })), ["Take the seat", "Pass it on"]);
  assert.deepEqual(acts({ state: "check_in" }, entrant("confirmed")), ["Check in"]);
  assert.deepEqual(acts({ state: "check_in" }, entrant("confirmed"), false), []);
  assert.deepEqual(acts({}, entrant("withdrawn")), ["Register"]);
  assert.match(stanceOf(meta, null, entrant("waitlisted", { waiting: 3 }), at).title, /is 3rd on the waitlist/);
  assert.deepEqual([1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal), ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"]);
});

test("the match that waits for a result comes before the next one", () => {
  const match = (id, state, who = [1, 2]) => ({ ...meeting(id, 1, who), stage: 1, state });
  assert.equal(nextMatch([match(1, "confirmed"), match(2, "scheduled"), match(3, "awaiting_results"), match(4, "live", [3, 4])], 1).id, 3);
  assert.equal(nextMatch([match(1, "confirmed")], 1), null);
});

test("T4: whoever runs a competition is told what waits to be settled, before all else", () => {
  const meta = /** @type {any} */ ({ state: "live", entrants_count: 3, capacity: 4, reg_closes: "2026-01-01T00:00:00Z", winner: null });
  assert.deepEqual([runningOf(meta, 2).title, runningOf(meta, 2).tone], ["2 matches to settle", "urgent"]);
  assert.equal(runningOf(meta, 0).title, "Being played");
  assert.match(runningOf({ ...meta, state: "registration_open" }, 0).title, /3 of 4 are in/);
});

test("T10: nobody is asked how a match ended before its hour, or that of its room", () => {
  const at = Date.parse("2026-01-01T12:00:00Z");
  const match = { state: "ready", scheduled_at: null, release_at: /** @type {string | null} */ ("2026-01-01T12:05:00Z") };
  assert.ok(isAhead(match, at));
  assert.ok(!isAhead({ ...match, release_at: null }, at));
  assert.ok(!isAhead({ ...match, state: "live" }, at));
});
