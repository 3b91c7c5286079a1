/** What the page of a match knows by itself: what it asks, how near it looks, what it says of numbers that cannot be, how two people share one (S2 to S7). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { barsOf, breachesIn, fieldsOf, keyOf, matchOf, nextOf, numberOf, openOf, startOf, wrongOf } from "../../web/static/matches/fields.js";
import { lensOf, partOf } from "../../web/static/matches/lens.js";
import { barsUpDown, lineThrough, smoothed } from "../../web/static/matches/plot.js";
import { askedOf, cellsOf, changedCells, rowsOf as sharedRows, standingOf } from "../../web/static/matches/share.js";
import { LobbySheet, Sheet } from "../../web/static/matches/sheet.js";
import { gameOf, labelOf, reasonWords, resultOf, shownOf } from "../../web/static/matches/words.js";

const row = (home, away, accepted = [true, true], more = {}) => ({ home, away, accepted, boxes: [[10, 20, 30, 12], [300, 20, 30, 12]], ...more });
const reading = {
  score: [4, 2], score_accepted: [true, true], score_boxes: [[1, 2, 3, 4], [5, 6, 7, 8]],
  stats: { possession: row(42, 58), shots: row(17, 26, [true, false]), fouls: row(null, 3, [false, true]) },
  unknown_labels: [{ label: "Duelos ganados", ...row(3, 5) }],
};
const answersTo = (fields, typed = {}) => Object.fromEntries(fields.map((field) => [field.id, field.id in typed ? { text: typed[field.id], sure: true } : startOf(field)]));

test("S3: below the threshold a field is empty, its guess is offered, and it is asked first", () => {
  const fields = fieldsOf(reading);
  const answers = answersTo(fields);
  assert.deepEqual(openOf(fields, answers).map(({ id }) => id), ["shots.away", "fouls.home"]);
  assert.equal(answers["shots.away"].text, "");
  assert.equal(fields.find(({ id }) => id === "shots.away").guess, 26);
  assert.equal(fields.find(({ id }) => id === "fouls.home").guess, null);
  assert.equal(nextOf(fields, answers).id, "shots.away");
  assert.equal(nextOf(fields, answers, "shots.away").id, "fouls.home");
  assert.equal(nextOf(fields, answers, "fouls.home").id, "shots.away"); // round again to what was passed over
  const done = answersTo(fields, { "shots.away": "20", "fouls.home": "" });
  assert.equal(nextOf(fields, done, "shots.home"), null);
});

test("S2: what was not read and what was left empty stays null, never 0", () => {
  const fields = fieldsOf(reading);
  const match = matchOf(fields, answersTo(fields, { "shots.away": "", "fouls.home": "0" }), "home");
  assert.equal(match.stats.shots.opponent, null);
  assert.equal(match.stats.fouls.user, 0);
  assert.equal(shownOf("shots", null), "–");
  assert.equal(shownOf("shots", 0), "0");
  const bare = fieldsOf({ score: null, stats: {} });
  assert.deepEqual(bare.map(({ read, doubtful }) => [read, doubtful]), [[null, true], [null, true]]);
});

test("S4: the other side swaps everything", () => {
  const fields = fieldsOf(reading);
  const [home, away] = ["home", "away"].map((side) => matchOf(fields, answersTo(fields), side));
  assert.deepEqual([home.score_user, home.score_opponent], [4, 2]);
  assert.deepEqual([away.score_user, away.score_opponent], [2, 4]);
  for (const key of Object.keys(home.stats)) assert.deepEqual(home.stats[key], { user: away.stats[key].opponent, opponent: away.stats[key].user });
});

test("S5: a row whose label nobody knows is kept under a key made of it", () => {
  const fields = fieldsOf(reading);
  assert.deepEqual(matchOf(fields, answersTo(fields), "home").stats.duelos_ganados, { user: 3, opponent: 5 });
  assert.equal(fields.at(-1).label, "Duelos ganados");
  assert.equal(keyOf(" Celność strzałów % "), "celnosc_strzałow");
});

test("numbers as people type them", () => {
  assert.deepEqual(["42%", " 7 ", "0,3", "3.25", ""].map(numberOf), [42, 7, 0.3, 3.25, null]);
  assert.deepEqual(["4x", "-1", "1.2.3", "123456"].map(numberOf), [undefined, undefined, undefined, undefined]);
  const field = (key) => ({ key });
  assert.match(wrongOf(field("shots"), "l7"), /Type a number/);
  assert.match(wrongOf(field("score"), "2.5"), /whole number/);
  assert.match(wrongOf(field("possession"), "101"), /100 %/);
  assert.equal(wrongOf(field("shots"), ""), null);
});

test("S5: the rules that numbers break are said at their fields, and what is missing breaks none", () => {
  const said = (texts) => breachesIn(Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, { text, sure: true }])));
  assert.deepEqual(said({ "possession.home": "42", "possession.away": "57" }), [
    { rule: "possession", fields: ["possession.home", "possession.away"], words: "Both together make 99 %, and not 100." },
  ]);
  assert.deepEqual(said({ "completed_passes.home": "160", "passes.home": "154", "passes.away": "1" })[0].fields, ["completed_passes.home", "passes.home"]);
  assert.match(said({ "shots.away": "6", "shots_on_target.away": "2", "shots_off_target.away": "3", "shots_blocked.away": "2" })[0].words, /make 7, and shots says 6/);
  assert.deepEqual(said({ "shots.home": "7", "shots_on_target.home": "1", "shot_accuracy.home": "14" }), []);
  assert.equal(said({ "shots.home": "7", "shots_on_target.home": "1", "shot_accuracy.home": "41" })[0].rule, "shot_accuracy");
  assert.deepEqual(said({ "possession.home": "42", "passes.home": "", "completed_passes.home": "160" }), []);
});

test("a box is where it is, whatever the picture's size on the screen", () => {
  assert.deepEqual(partOf([120, 54, 60, 20], { width: 1200, height: 540 }, 0), { left: "10%", top: "10%", width: "5%", height: "3.7%" });
  assert.equal(partOf([0, 0, 60, 20], { width: 1200, height: 540 }).left, "0%"); // the room around it ends with the picture
});

test("what is looked at is large enough to read, within the frame, and nothing beside the picture shows", () => {
  const picture = { width: 1200, height: 540 };
  for (const frame of [{ width: 390, height: 180 }, { width: 460, height: 300 }, { width: 700, height: 300 }]) {
    for (const cell of [[2, 4, 24, 18], [310, 300, 24, 18], [1170, 518, 24, 18]]) {
      const { scale, x, y } = lensOf(frame, picture, cell, [[2, cell[1], 1190, 18], [cell[0] - 200, cell[1], 224, 18]]);
      assert.ok(cell[3] * scale >= 12, "legible");
      assert.ok(cell[0] * scale + x >= 0 && (cell[0] + cell[2]) * scale + x <= frame.width + 0.01, "across");
      assert.ok(cell[1] * scale + y >= 0 && (cell[1] + cell[3]) * scale + y <= frame.height + 0.01, "down");
      assert.ok(x <= 0 && picture.width * scale + x >= frame.width - 0.01);
    }
    const whole = lensOf(frame, picture, null, []);
    assert.ok(picture.width * whole.scale <= frame.width + 0.01 && picture.height * whole.scale <= frame.height + 0.01);
  }
});

test("S13: every reason has words and something to do", () => {
  const known = ["unsupported_format", "too_large", "too_small", "truncated", "no_table", "wrong_screen"].map(reasonWords);
  assert.equal(new Set(known.map(([title]) => title)).size, 6);
  assert.ok(known.every(([title, what]) => title && what));
  assert.deepEqual(reasonWords("something_new"), reasonWords(null));
});

test("words of games, rows and results", () => {
  assert.deepEqual(["ea_fc_24", "efootball_mobile", "fifa_21", "pubg_mobile", null].map(gameOf), ["EA FC 24", "eFootball Mobile", "FIFA 21", "PUBG Mobile", ""]);
  assert.deepEqual(["shots_on_target", "shot_chip"].map(labelOf), ["Shots on target", "Chip shots"]);
  assert.deepEqual([[4, 2], [1, 1], [0, 3], [null, 1]].map(([own, other]) => resultOf(own, other)), ["win", "draw", "loss", null]);
});

test("plots: nothing is drawn of what is not known", () => {
  assert.deepEqual(barsOf("possession", 42, 58), [0.42, 0.58]);
  assert.deepEqual(barsOf("shots", 17, 20), [0.85, 1]);
  assert.deepEqual(barsOf("shots", null, 0), [0, 0]);
  const { bars, middle } = barsUpDown([[4, 2], [null, 3], [0, 1]], { width: 640, height: 72 });
  assert.deepEqual(bars.map(({ up, down }) => [up, down]), [[40, 20], [0, 30], [0, 10]]);
  assert.equal(middle, 41);
  assert.equal(lineThrough([50, null, 100, 0], { width: 300, height: 100 }), "M0 50M200 0L300 100");
  assert.deepEqual(smoothed([40, null, 60], 2), [40, 40, 60]);
});

const said = (cell, value, by, declined = false) => ({ cell, value, by, declined });
const shotsRow = (corrections = []) => ({ key: "stats.shots", owner: 17, opponent: 20, corrections });

test("S7: each sees a shared match from their own side, and answers what the other one proposes", () => {
  const row = shotsRow([said("stats.shots.opponent", 21, "opponent")]);
  const [owners, others] = [cellsOf(row, "owner"), cellsOf(row, "opponent")];
  assert.deepEqual(owners.map(({ stands }) => stands), [17, 20]);
  assert.deepEqual(others.map(({ stands }) => stands), [20, 17]);
  assert.deepEqual([owners[1].asked, others[0].asked], [true, false]);
  assert.deepEqual(askedOf([row], "owner"), ["stats.shots.opponent"]);
  assert.deepEqual(askedOf([row], "opponent"), []);
  assert.deepEqual(askedOf([shotsRow([said("stats.shots.owner", 21, "opponent", true)])], "owner"), []); // answered already
});

test("S7: a correction names only what differs, and nothing for what was left empty", () => {
  const rows = [shotsRow(), { key: "score", owner: 4, opponent: 2, corrections: [] }];
  const typed = { "stats.shots.owner": 17, "stats.shots.opponent": 21, "score.owner": 4, "score.opponent": null, "stats.fouls.owner": undefined };
  assert.deepEqual(changedCells(rows, typed), { "stats.shots.opponent": 21 });
});

test("S7: where a shared match stands is told to each of the two in their own words", () => {
  const people = { owner: { name: "Asha" }, opponent: { name: "Ravi" } };
  const told = (state, side, asked = 0) => standingOf({ state, ...people }, side, asked)[0];
  assert.equal(told("offered", "opponent"), "Is this how it was?");
  assert.equal(told("offered", "owner"), "Ravi is asked");
  assert.equal(told("corrected", "owner", 2), "Ravi says it was otherwise");
  for (const side of ["owner", "opponent"]) assert.equal(told("agreed", side), "Both of you agree");
  assert.equal(standingOf({ state: "offered", ...people, opponent: null }, "owner", 0)[0], "The link is on its way");
  assert.deepEqual(sharedRows({ meta: {}, "row.stats.shots": shotsRow(), "row.score": { key: "score" } }).map(({ key }) => key), ["score", "stats.shots"]);
});

test("S3, S4: gone through one after the other, a guess is kept, what is not shown stays empty, and the sides swap all", () => {
  const sheet = new Sheet(fieldsOf(reading), { names: ["Harbour", "Ridge"] });
  assert.equal(sheet.settle("shots.away").id, "fouls.home");
  assert.equal(sheet.answers.value["shots.away"].text, "26");
  assert.equal(sheet.settle("fouls.home", true), null);
  assert.equal(sheet.open.value.length, 0);
  sheet.own.value = "away";
  assert.deepEqual([sheet.opponent.value, sheet.match().score_user, sheet.match().side], ["Harbour", 2, "away"]);
  assert.deepEqual(sheet.match().stats.shots, { user: 26, opponent: 17 });
  assert.deepEqual(sheet.match().stats.fouls, { user: 3, opponent: null });
  sheet.own.value = "home";
  assert.equal(sheet.opponent.value, "Ridge");
  sheet.typedOpponent.value = "Ravi";
  assert.equal(sheet.match().opponent_name, "Ravi");
  sheet.add("saves", "Saves");
  sheet.type("saves.home", "7");
  assert.deepEqual(sheet.match().stats.saves, { user: 7, opponent: null });
});

const lobby = {
  placement: 17, total: 100, place_accepted: [true, false], place_boxes: [[9, 9, 9, 9], null], own_row: null,
  players: [
    { player: "Ravi", kills: 0, damage: 52, survived: "1.1m", accepted: { player: true, kills: true, damage: false, survived: true }, boxes: { damage: [1, 2, 3, 4] }, pictures: { name: 0, damage: 1 } },
    { player: "Asha", kills: 6, survived: "7.1m", accepted: { player: false, kills: true, survived: true } },
  ],
};

test("S3, S4, S5: of a lobby the doubtful cells are asked, the place too, and one row is the person's own", () => {
  const sheet = new LobbySheet(lobby, {});
  assert.deepEqual(sheet.open.value.map(({ id }) => id), ["place.total", "row0.damage", "row1.player"]);
  assert.deepEqual(sheet.rows.value.doubtful.map(([name]) => name.key), ["row0", "row1"]);
  assert.equal(sheet.answers.value["row0.damage"].text, "");
  assert.equal(sheet.field("row0.damage").picture, 1);
  assert.deepEqual(sheet.lacking()[1], "side");
  sheet.choose(1);
  assert.deepEqual(sheet.lacking(), ["", null]);
  assert.equal(sheet.settle("place.total", true).id, "row0.damage");
  sheet.type("row0.damage", "53");
  sheet.settle("row1.player");
  sheet.type("row1.kills", "7");
  assert.equal(sheet.open.value.length, 0);
  assert.deepEqual(sheet.match(), { lobby: { placement: 17, total: null, own_row: 1, players: [
    { player: "Ravi", kills: 0, damage: 53, survived: "1.1m" }, { player: "Asha", kills: 7, damage: null, survived: "7.1m" },
  ] } });
  sheet.type("place.total", "12");
  assert.match(sheet.breaches.value[0].words, /Place 17 is behind the last of 12/);
  for (const [id, text] of [["place.placement", "0"], ["row0.kills", "x"], ["row0.survived", "long"]]) {
    sheet.type(id, text);
    assert.ok(sheet.wrong.value.has(id), id);
  }
  assert.equal(sheet.neighbour(sheet.field("row0.kills"), 1), "row1.kills");
});

test("S4: where every row of a lobby has its place, nothing else asks for one", () => {
  const sheet = new LobbySheet({ placement: null, total: null, players: [{ player: "Ravi", placement: 1, kills: 3 }] }, { ownRow: 0 });
  assert.deepEqual([sheet.open.value.length, sheet.field("place.placement")], [0, undefined]);
  assert.deepEqual(sheet.match().lobby.players, [{ player: "Ravi", placement: 1, kills: 3 }]);
});

test("S3: the answer to a question can be taken back", () => {
  const sheet = new Sheet(fieldsOf(reading), { own: "home" });
  sheet.settle("shots.away", true);
  sheet.settle("fouls.home");
  assert.equal(sheet.undo(), "fouls.home");
  assert.equal(sheet.undo(), "shots.away");
  assert.equal(sheet.undo(), null);
  assert.deepEqual(sheet.open.value.map(({ id }) => id), ["shots.away", "fouls.home"]);
  assert.equal(sheet.match().stats.shots.opponent, null);
});

test("S5: a match says at least how it ended", () => {
  const sheet = new Sheet(fieldsOf({ score: null, stats: {} }), { own: "home" });
  assert.equal(sheet.lacking()[1], "score.home");
  sheet.type("score.home", "2");
  assert.equal(sheet.lacking()[1], "score.away");
  sheet.type("score.away", "0");
  assert.deepEqual(sheet.lacking(), ["", null]);
});
