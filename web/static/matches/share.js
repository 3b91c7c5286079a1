/** What two people say of one match, cell by cell, as one of them sees it: pure. */

import { labelOf } from "./words.js";

/**
 * @typedef {"owner" | "opponent"} Whose
 * @typedef {{ cell: string, value: number, by: Whose, declined: boolean }} Correction
 * @typedef {{ key: string, owner: number | null, opponent: number | null, corrections: Correction[] }} Row
 * @typedef {{ id: number, state: "offered" | "corrected" | "disputed" | "agreed" | "declined", version: number, game: string, owner: import("../session.js").UserCard,
 *   opponent: import("../session.js").UserCard | null, owner_pictures: any[], opponent_pictures: any[], may: Record<Whose, string[]>, played_at: string, created_at: string, decided_at: string | null }} Share
 * @typedef {{ side: Whose, match: string | null, may: string[] }} Mine
 * @typedef {{ cell: string, stands: number | null, said: Correction | null, asked: boolean }} Cell `asked`: the other one proposes it, and this person answers
 */

/** @param {Whose} side @returns {Whose} */
export const otherOf = (side) => (side === "owner" ? "opponent" : "owner");

/** "possession" of "stats.possession"; the score keeps its name. @param {string} key */
export const keyOf = (key) => key.replace(/^stats\./, "");
/** @param {string} key */
export const nameOf = (key) => (key === "score" ? "Goals" : labelOf(keyOf(key)));

/** The own cell of a row and the other one's. @param {Row} row @param {Whose} side @returns {[Cell, Cell]} */
export function cellsOf(row, side) {
  const made = (/** @type {Whose} */ whose) => {
    const cell = `${row.key}.${whose}`;
    const said = row.corrections.find((one) => one.cell === cell) ?? null;
    return { cell, stands: row[whose], said, asked: said !== null && !said.declined && said.by !== side };
  };
  return [made(side), made(otherOf(side))];
}

/** The cells that this person has to answer. @param {Row[]} rows @param {Whose} side */
export const askedOf = (rows, side) => rows.flatMap((row) => cellsOf(row, side)).filter(({ asked }) => asked).map(({ cell }) => cell);

/** Whether anything is said otherwise than it stands. @param {Row[]} rows */
export const differs = (rows) => rows.some(({ corrections }) => corrections.length > 0);

/** The score first, then by key. @param {Record<string, any>} state of the topic @returns {Row[]} */
export function rowsOf(state) {
  const rows = Object.entries(state).flatMap(([key, row]) => (key.startsWith("row.") ? [/** @type {Row} */ (row)] : []));
  return rows.sort((one, other) => Number(other.key === "score") - Number(one.key === "score") || one.key.localeCompare(other.key));
}

/** Where it stands, to whoever looks, and what comes next. @param {Share} share @param {Whose} side @param {number} asked cells that wait for this person's answer @returns {[title: string, hint: string]} */
export function standingOf({ state, opponent, owner }, side, asked) {
  const other = (side === "owner" ? opponent : owner)?.name ?? "Your opponent";
  if (asked) return [`${other} says it was otherwise`, "Look at the pictures, then say of each number who is right."];
  if (state === "agreed") return ["Both of you agree", "This match is in both your statistics, each from your own side."];
  if (state === "declined") return [side === "owner" ? `${other} says that this is not their match` : "You said that this is not your match", side === "owner" ? "It stays in your statistics alone. You can ask somebody else." : "Nothing of it is in your statistics."];
  if (state === "disputed") return ["You two do not agree yet", "Each of you sees both pictures. Correct a number, or agree with what stands."];
  if (state === "corrected") return [side === "owner" ? "Your opponent corrected it" : "Your correction is on its way", side === "owner" ? "" : `${other} looks at what you changed.`];
  if (side === "opponent") return ["Is this how it was?", `Played with ${other}. Agree, and it counts for you as well, seen from your side.`];
  return [opponent ? `${other} is asked` : "The link is on its way", opponent ? "You see here at once what they say." : "Whoever opens it first is asked whether the numbers are right."];
}

/** What changed in the fields, as cells by name. @param {Row[]} rows @param {Record<string, number | null | undefined>} typed by cell @returns {Record<string, number>} */
export function changedCells(rows, typed) {
  const stands = Object.fromEntries(rows.flatMap(({ key, owner, opponent }) => [[`${key}.owner`, owner], [`${key}.opponent`, opponent]]));
  return Object.fromEntries(Object.entries(typed).flatMap(([cell, value]) => (value === null || value === undefined || value === stands[cell] ? [] : [[cell, value]])));
}
