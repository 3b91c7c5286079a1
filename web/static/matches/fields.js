/** The fields of a match as a person goes through them: what was read, what is asked, what was typed. Pure. */

import { breachesOf, SIDES } from "./checks.js";
import { isShare, labelOf } from "./words.js";

/**
 * @typedef {import("./checks.js").Side} Side
 * @typedef {import("./lens.js").Box} Box
 * @typedef {{ id: string, key: string, side: Side, label: string, read: number | string | null, guess: number | string | null, doubtful: boolean,
 *   box: Box | null, near: Box | null, picture: number, kind?: "name" | "unit" | "number" | "place", whose?: string }} Field of a lobby the `kind` of cell, and `whose`; `read` stands in the field from the start, `guess` is only offered, `near` is where the row is named
 * @typedef {{ text: string, sure: boolean }} Answer what stands in a field, and whether a person has looked at it
 * @typedef {Record<string, Answer>} Answers by the field's id
 */

const SCORE = "score";

/** Every field of a reading: the score, then the rows as they stand on the screen, then those whose label nobody knows. Of several pictures, `pictures` of a row says in which one a cell lies. @param {any} reading @returns {Field[]} */
export function fieldsOf(reading) {
  const rows = [
    { key: SCORE, label: "Goals", cell: scoreCell(reading ?? {}) },
    ...Object.entries(reading?.stats ?? {}).map(([key, cell]) => ({ key, label: labelOf(key), cell })),
    ...(reading?.unknown_labels ?? []).map((/** @type {any} */ cell) => ({ key: keyOf(cell.label), label: cell.label, cell })),
  ];
  return rows.flatMap((row) => SIDES.map((side, place) => fieldOf(row, side, place, row.cell.pictures?.[place] ?? 0)));
}

/** @param {{ key: string, label: string, cell: any }} row @param {Side} side @param {number} place @param {number} picture @returns {Field} */
function fieldOf({ key, label, cell }, side, place, picture) {
  const value = cell[side] ?? null;
  const accepted = value !== null && (cell.accepted?.[place] ?? true);
  return {
    id: `${key}.${side}`, key, side, label, read: accepted ? value : null, guess: accepted ? null : value,
    doubtful: !accepted, box: cell.boxes?.[place] ?? null, near: cell.label_box ?? null, picture,
  };
}

/** @param {any} reading */
const scoreCell = ({ score, score_accepted, score_boxes, score_pictures }) => ({ home: score?.[0], away: score?.[1], accepted: score_accepted, boxes: score_boxes, pictures: score_pictures });

/** "Duelos ganados" as a key: "duelos_ganados". @param {string} label */
export const keyOf = (label) => label.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "_").slice(0, 50).replaceAll(/^_+|_+$/g, "");

/** What is asked, in order: the doubtful ones first, each after the other (S3). @param {Field[]} fields @param {Answers} answers */
export const openOf = (fields, answers) => fields.filter(({ id, doubtful }) => doubtful && !answers[id]?.sure);

/** The field to go to from this one: the next doubtful one that is open, from the top again after the last; null: none is. @param {Field[]} fields @param {Answers} answers @param {string} [from] */
export function nextOf(fields, answers, from) {
  const open = openOf(fields, answers).filter(({ id }) => id !== from);
  const at = fields.findIndex(({ id }) => id === from);
  return open.find(({ id }) => fields.findIndex((one) => one.id === id) > at) ?? open[0] ?? null;
}

/** What stands in a field from the start. @param {Field} field @returns {Answer} */
export const startOf = ({ read, doubtful }) => ({ text: read === null ? "" : String(read), sure: !doubtful });

/** The number that was typed, null for nothing, undefined for what is no number. "0,3" is 0.3, "42%" is 42. @param {string} text @returns {number | null | undefined} */
export function numberOf(text) {
  const bare = text.replaceAll(/[%\s]/g, "").replace(",", ".");
  if (!bare) return null;
  return /^\d{1,5}(\.\d{1,2})?$/.test(bare) ? Number(bare) : undefined;
}

/** What is wrong with what was typed, in words; null where nothing is. @param {Field} field @param {string} text */
export function wrongOf({ key }, text) {
  const value = numberOf(text);
  if (value === undefined) return "Type a number, or nothing where none is shown.";
  if (value === null) return null;
  if (key === SCORE && (!Number.isInteger(value) || value > 99)) return "Goals are a whole number up to 99.";
  if (isShare(key) && value > 100) return "No more than 100 %.";
  return null;
}

/** The rules that what stands in the fields breaks. @param {Answers} answers */
export const breachesIn = (answers) => breachesOf((key, side) => numberOf(answers[`${key}.${side}`]?.text ?? "") ?? null, labelOf);

/** What the API is told: the person's own side as `user`, the other as `opponent` (S4, S5). @param {Field[]} fields @param {Answers} answers @param {Side} own */
export function matchOf(fields, answers, own) {
  const other = own === "home" ? "away" : "home";
  const value = (/** @type {string} */ key, /** @type {Side} */ side) => numberOf(answers[`${key}.${side}`]?.text ?? "") ?? null;
  const keys = [...new Set(fields.map(({ key }) => key))].filter((key) => key !== SCORE);
  const stats = Object.fromEntries(keys.map((key) => [key, { user: value(key, own), opponent: value(key, other) }]));
  return { score_user: value(SCORE, own), score_opponent: value(SCORE, other), stats };
}

/** How far two bars of one row go, 0 to 1: by their sum where both halves make a whole, else by the larger. @param {string} key @param {number | null} own @param {number | null} other */
export function barsOf(key, own, other) {
  const whole = isShare(key) ? 100 : Math.max(own ?? 0, other ?? 0, 1);
  return [own, other].map((value) => Math.min(1, Math.max(0, (value ?? 0) / whole)));
}
