/** The fields of a lobby as a person goes through them: the place, then each player's cells in the words of the table. Pure. */

import { numberOf } from "./fields.js";
import { labelOf } from "./words.js";

/**
 * @typedef {import("./fields.js").Field} Field
 * @typedef {import("./fields.js").Answers} Answers
 * @typedef {{ placement: number | null, total: number | null, own_row: number | null, players: Record<string, any>[] }} Lobby
 */

export const PLAYER = "player";
const PLACES = [["placement", "Place"], ["total", "Places in all"]];
const ABOUT = new Set(["accepted", "confidence", "boxes", "pictures"]);
const WITH_UNIT = /^\d{1,5}([.,:]\d{1,2}){0,2}\s?\p{L}{0,5}$/u;
const MOST_PLACES = 999;

/** The columns of a table, as the first row that has them names them. @param {Record<string, any>[]} players */
export const columnsOf = (players) => [...new Set(players.flatMap((row) => Object.keys(row)))].filter((key) => key !== PLAYER && !ABOUT.has(key));

/** The place, then every row from the first player down. @param {any} reading @returns {Field[]} */
export function lobbyFieldsOf(reading) {
  const players = /** @type {Record<string, any>[]} */ (reading.players ?? []);
  const columns = columnsOf(players);
  const units = new Set(columns.filter((key) => players.some((row) => typeof row[key] === "string")));
  const own = columns.includes("placement") ? [] : PLACES; // else the row says it, each player's
  const places = own.map(([key = "", label = ""], at) => cell({
    id: `place.${key}`, key: "place", label, whose: "", kind: "place", value: reading[key] ?? null, sure: reading.place_accepted?.[at] ?? true,
    wanted: key === "placement", box: reading.place_boxes?.[at] ?? null, picture: 0,
  }));
  return [...places, ...players.flatMap((row, at) => [PLAYER, ...columns].map((key) => cell({
    id: `row${at}.${key}`, key: `row${at}`, label: key === PLAYER ? "Name" : labelOf(key), whose: row[PLAYER] || `player ${at + 1}`,
    kind: key === PLAYER ? "name" : units.has(key) ? "unit" : "number", value: row[key] || row[key] === 0 ? row[key] : null, sure: row["accepted"]?.[key] ?? true,
    wanted: key in row, box: row["boxes"]?.[key] ?? null, picture: row["pictures"]?.[key === PLAYER ? "name" : key] ?? 0,
  })))];
}

/** @param {{ id: string, key: string, label: string, whose: string, kind: NonNullable<Field["kind"]>, value: any, sure: boolean, wanted: boolean, box: any, picture: number }} about `wanted`: nothing there is a question too @returns {Field} */
function cell({ value, sure, wanted, ...field }) {
  const known = value !== null;
  return { ...field, side: "home", near: null, read: known && sure ? value : null, guess: known && !sure ? value : null, doubtful: known ? !sure : wanted };
}

/** What is wrong with what was typed, in words; null where nothing is. @param {Field} field @param {string} text */
export function wrongInLobby({ kind }, text) {
  if (kind === "name" || !text.trim()) return null;
  if (kind === "unit") return WITH_UNIT.test(text.trim()) ? null : "Type it as it is shown, such as 7.2m, or nothing.";
  const value = numberOf(text);
  if (value === undefined || value === null) return "Type a number, or nothing where none is shown.";
  return kind === "place" && !(Number.isInteger(value) && value >= 1 && value <= MOST_PLACES) ? `A place is a whole number from 1 to ${MOST_PLACES}.` : null;
}

/** What the API is told. @param {Field[]} fields @param {Answers} answers @param {number | null} own_row @returns {Lobby} */
export function lobbyOf(fields, answers, own_row) {
  const said = new Map(fields.map((field) => [field.id, valueOf(field, answers[field.id]?.text ?? "")]));
  const rows = [...new Set(fields.map(({ key }) => key))].filter((key) => key !== "place");
  const players = rows.map((row) => Object.fromEntries(fields.flatMap(({ id, key }) => (key === row ? [[id.slice(row.length + 1), said.get(id)]] : []))));
  return { placement: /** @type {number | null} */ (said.get("place.placement") ?? null), total: /** @type {number | null} */ (said.get("place.total") ?? null), own_row, players };
}

/** @param {Field} field @param {string} text @returns {number | string | null} */
function valueOf({ kind }, text) {
  const bare = text.trim();
  if (kind === "name") return bare;
  return numberOf(bare) ?? (kind === "unit" && bare ? bare : null);
}
