/** What a new competition starts with, so that a night needs a title and a time. Pure. */

import { fieldOf } from "./times.js";

/**
 * @typedef {{ reg_opens: string, reg_closes: string, checkin_opens: string, checkin_closes: string }} Times as the fields of a form have them
 * @typedef {{ capacity: number, waitlist_capacity: number, matches: number, format: string }} Preset
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const EVENING = 21; // o'clock, by the host's watch

/** @param {"scrim" | "tournament"} kind @param {string} sort of game: duel, lobby, any @returns {Preset} */
export function presetOf(kind, sort) {
  if (kind === "scrim") {
    return sort === "duel" ? { capacity: 4, waitlist_capacity: 4, matches: 1, format: "round_robin" } : { capacity: 25, waitlist_capacity: 10, matches: 6, format: "lobby" };
  }
  return sort === "duel" ? { capacity: 16, waitlist_capacity: 8, matches: 1, format: "single_elimination" } : { capacity: 25, waitlist_capacity: 10, matches: 6, format: "lobby" };
}

/** This evening, or the next full hour that leaves time to register. @param {number} now ms */
export function startOf(now) {
  const evening = new Date(now).setHours(EVENING, 0, 0, 0);
  if (evening - now >= 2 * HOUR_MS) return fieldOf(evening);
  return fieldOf(Math.ceil((now + 2 * HOUR_MS) / HOUR_MS) * HOUR_MS);
}

/** Registration from now on; check-in in the last hour before the start, or in less where it starts sooner. @param {string} start as a field has it @param {number} now ms @param {boolean} checks whether there is a check-in @returns {Times} */
export function timesOf(start, now, checks) {
  const then = start ? Date.parse(start) : NaN;
  if (Number.isNaN(then)) return { reg_opens: fieldOf(now), reg_closes: "", checkin_opens: "", checkin_closes: "" };
  const left = Math.max(0, then - now);
  const closes = then - Math.min(checks ? HOUR_MS : HOUR_MS / 2, left / 3);
  return {
    reg_opens: fieldOf(now), reg_closes: fieldOf(closes), checkin_opens: checks ? fieldOf(closes) : "",
    checkin_closes: checks ? fieldOf(then - Math.min(HOUR_MS / 4, left / 12)) : "",
  };
}

/** The stage that is made with it. @param {Record<string, string>} values of the form */
export function stageOf({ format = "lobby", matches, kind }) {
  const name = kind === "scrim" ? "The night" : format === "single_elimination" ? "Bracket" : "Stage 1";
  return { name, format, ...(format === "lobby" && { plan: { matches: Number(matches) || 1 } }) };
}
