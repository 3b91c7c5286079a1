/** What competitions, their entrants and matches are called, and what comes next, in the words people use. Pure. */

import { counted } from "../words.js";

/** @typedef {import("./shapes.js").CompetitionCard} CompetitionCard */

/** @type {Record<string, string>} */
export const STATES = {
  draft: "Draft", awaiting_payment: "Waits for payment", published: "Announced", registration_open: "Registration open", registration_closed: "Registration closed",
  check_in: "Check-in", live: "Live", paused: "Paused", completed: "Finished", archived: "Finished", cancelled: "Cancelled",
};

/** @type {Record<string, string>} Of a match; while it is over, its score says more. */
export const MATCH_STATES = {
  scheduled: "Scheduled", ready: "Ready", live: "Live", awaiting_results: "Waits for its result", confirmed: "Final", walkover: "Walk-over",
  double_forfeit: "Both forfeited", void: "Void", disputed: "Disputed",
};
export const SETTLED = new Set(["confirmed", "walkover", "double_forfeit", "void"]);

/** @type {Record<string, string>} */
export const ENTRANT_STATES = {
  applied: "applied", awaiting_payment: "waits for payment", confirmed: "confirmed", waitlisted: "on the waitlist", offered: "has an offer", checked_in: "checked in", active: "plays",
  eliminated: "out", finished: "finished", no_show: "did not come", withdrawn: "withdrew", expired: "did not pay", disqualified: "disqualified",
};

/** @type {Record<string, string>} */
export const ROLES = { host: "Host", co_host: "Co-host", referee: "Referee", caster: "Caster" };
/** @type {Record<string, string>} */
export const MODES = { solo: "solo", duo: "duos", squad: "squads" };
/** @type {Record<string, string>} */
export const FORMATS = { lobby: "Lobby", round_robin: "Everybody meets everybody", single_elimination: "Knockout" };

/** @type {Record<string, [short: string, whole: string]>} Columns of a table. */
const COLUMNS = {
  played: ["P", "Played"], wins: ["W", "Wins"], draws: ["D", "Draws"], losses: ["L", "Losses"], points: ["Pts", "Points"], kills: ["Kills", "Kills"],
  placement_points: ["Place", "Placement points"], goals_for: ["GF", "Goals for"], goals_against: ["GA", "Goals against"], goal_difference: ["GD", "Goal difference"],
  map_difference: ["Maps", "Games won less games lost"], round_difference: ["Rounds", "Round difference"], survival_s: ["Alive", "Survival time"],
  best_placement: ["Best", "Best placement"], last_placement: ["Last", "Placement in the last match"], average_placement: ["Ø place", "Average placement"],
  average_kills: ["Ø kills", "Average kills"], fair_play: ["Fair", "Fair play"], opponents_points: ["Opp", "Opponents' points"],
};

/** "Pts" and "Points". @param {string} column @returns {[string, string]} */
export const columnWords = (column) => COLUMNS[column] ?? [capital(column.replaceAll("_", " ")), capital(column.replaceAll("_", " "))];

/** @type {Set<string>} What a phone has room for beside the name. */
export const NARROW = new Set(["played", "points", "kills", "goal_difference", "wins"]);

/** "+5" for differences, "7/2" for fractions, "–" where nothing is known. @param {string} column @param {number | string | null | undefined} value */
export function figureOf(column, value) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number" && column.endsWith("_difference") && value > 0) return `+${value}`;
  return typeof value === "number" && value < 0 ? `−${-value}` : value.toLocaleString();
}

/** "₹299", "Free". @param {number} paise */
export const feeOf = (paise) => (paise ? (paise / 100).toLocaleString("en-IN", { style: "currency", currency: "INR", maximumFractionDigits: paise % 100 ? 2 : 0 }) : "Free");

/** What comes next of it, and when; null where nothing is set. @param {CompetitionCard} competition @returns {{ words: string, at: string } | null} */
export function nextOf({ state, reg_opens, reg_closes, checkin_opens, checkin_closes, starts_at }) {
  if (state === "draft" || state === "awaiting_payment" || state === "published") return { words: "Registration opens", at: reg_opens };
  if (state === "registration_open") return { words: "Registration closes", at: reg_closes };
  if (state === "registration_closed") return checkin_opens ? { words: "Check-in opens", at: checkin_opens } : { words: "Starts", at: starts_at };
  if (state === "check_in" && checkin_closes) return { words: "Check-in closes", at: checkin_closes };
  return null;
}

/** "16 of 25 seats"; "25 of 25 seats, 7 wait". @param {CompetitionCard} competition */
export const seatsOf = ({ entrants_count, capacity, waiting_count }) =>
  `${entrants_count.toLocaleString()} of ${counted(capacity, "seat")}${waiting_count ? `, ${waiting_count} ${waiting_count === 1 ? "waits" : "wait"}` : ""}`;

/** "Match 3", or its own name. @param {{ name: string, number: number }} match */
export const matchName = ({ name, number }) => name || `Match ${number}`;

/** "best of 3", "3 games"; empty where there is nothing to say. @param {{ best_of: number, games: number }} match */
export const lengthOf = ({ best_of, games }) => (best_of > 1 ? `best of ${best_of}` : games > 1 ? counted(games, "game") : "");

/** Who plays it, as one line; of many only how many. @param {import("./shapes.js").MatchCard} match */
export function pairingOf({ sides }) {
  if (sides.length > 2) return counted(sides.length, "team");
  return sides.map(({ entrant, feeder }) => entrant?.name ?? (feeder ? `Winner of ${feeder}` : "Open")).join(" – ");
}

/** @type {Record<string, string>} Why a number was left empty. */
const WHYS = {
  not_shown: "no picture shows it", not_seen: "this side is in no picture", unsure: "not sure", differ: "the pictures differ", twice: "two sides have this place",
  some_missing: "not all of its players are known", side_unknown: "it is not known whose it is",
};

/** @param {string} why */
export const whyOf = (why) => WHYS[why] ?? why;

/** Whether nobody can have played a match yet: its hour, or that of its room, is to come. @param {{ state: string, scheduled_at: string | null, release_at: string | null }} match @param {number} now ms */
export const isAhead = ({ state, scheduled_at, release_at }, now) =>
  (state === "scheduled" || state === "ready") && [scheduled_at, release_at].some((at) => at !== null && Date.parse(at) > now);

/** What there is to doubt about a claim. @param {string} warning @param {(id: number) => string} nameOf of an entrant */
export function warningOf(warning, nameOf) {
  const [code = "", what = "", of = ""] = warning.split(":");
  if (code === "nothing_read") return "Nothing could be read in the pictures.";
  if (code === "duplicate_suspect") return "A picture of it looks like one of another claim.";
  if (code === "kills_above_opponents") return `${nameOf(Number(what))} has more kills than there were opponents.`;
  if (code === "players_differ") return `The kills of the players of ${nameOf(Number(what))} make another number.`;
  if (code === "changed") return `${capital(what)} of ${nameOf(Number(of))}: somebody changed what the picture shows.`;
  if (code === "impossible") return "The match cannot end like this: correct it.";
  return warning;
}

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
