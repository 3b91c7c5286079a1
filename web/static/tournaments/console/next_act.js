/** The one thing that a competition wants of those who run it now, in words. Pure. */

import { matchName, SETTLED } from "../words.js";

/**
 * @typedef {import("../shapes.js").Competition} Competition
 * @typedef {import("../shapes.js").MatchCard} MatchCard
 * @typedef {import("../shapes.js").Stage} Stage
 * @typedef {{ meta: Competition, acts: string[], moves: string[], matches: MatchCard[], stages: Stage[], waiting: number }} Known `waiting`: claims and disputes
 * @typedef {"publish" | "open-registration" | "close-registration" | "open-check-in" | "start" | "resume" | "complete" | "archive"} Move
 * @typedef {{ title: string, until: string | null, hint: string, icon: string, tone: "calm" | "urgent" | "good" | "over", move?: Move, to?: string, match?: MatchCard, on?: "start" | "finish" | "room", words?: string }} Next
 *   `move` is of the competition, `on` of the `match`, `to` a tab of the console; `words` stand on the button
 */

/** @type {Record<string, [move: Move, words: string]>} By the state into which it leads. */
const FORWARD = {
  published: ["publish", "Publish"], registration_open: ["open-registration", "Open registration now"], registration_closed: ["close-registration", "Close registration now"],
  check_in: ["open-check-in", "Open check-in now"],
};

/** Whether it has two sides that are known, or more. @param {MatchCard} match */
export const isReady = ({ sides }) => sides.filter(({ entrant }) => entrant).length > 1;

/** Matches that somebody plays and that have no result, those under way first. @param {MatchCard[]} matches */
export function openMatches(matches) {
  const order = ["live", "disputed", "awaiting_results", "ready", "scheduled"];
  return matches.filter((match) => !SETTLED.has(match.state) && isReady(match)).sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
}

/** @param {Known} known @returns {Next} */
export function nextOf(known) {
  const { meta, moves } = known;
  const may = (/** @type {string} */ state) => (moves.includes(state) ? { move: FORWARD[state]?.[0], words: FORWARD[state]?.[1] } : {});
  const next = (/** @type {Partial<Next> & { title: string }} */ words) => /** @type {Next} */ ({ until: null, hint: "", icon: "clock", tone: "calm", ...words });
  const start = moves.includes("live") ? { move: /** @type {Move} */ ("start"), words: "Start now" } : {};
  switch (meta.state) {
    case "draft":
      if (!known.stages.length) return next({ title: "How is it played?", hint: "Add its first stage, then publish it.", icon: "edit", ...(known.acts.includes("arrange") && { to: "stages", words: "Add a stage" }) });
      return next({ title: "Ready to publish", hint: "Only its staff sees it until then.", icon: "lock", ...may("published") });
    case "published": return next({ title: "Registration opens in", until: meta.reg_opens, hint: "It opens by itself.", ...may("registration_open") });
    case "registration_open": return next({ title: "Registration closes in", until: meta.reg_closes, hint: "It closes by itself; rosters are locked then.", ...may("registration_closed") });
    case "registration_closed":
      if (meta.checkin_opens) return next({ title: "Check-in opens in", until: meta.checkin_opens, hint: "It opens by itself.", ...may("check_in") });
      return next({ title: "Starts in", until: meta.starts_at, hint: "The first stage is drawn at the start, unless it is.", ...start });
    case "check_in": return next({ title: "Check-in closes in", until: meta.checkin_closes, hint: "Starting closes it: who is absent loses the seat, the waitlist moves up.", tone: "urgent", ...start });
    case "paused": return next({ title: "Paused", hint: "No match starts meanwhile.", tone: "urgent", ...(moves.includes("live") && { move: "resume", words: "Go on" }) });
    case "live": return ofPlay(known, next);
    case "cancelled": return next({ title: "Cancelled", hint: meta.reason, tone: "over", icon: "close" });
    case "completed": return next({ title: meta.winner ? `${meta.winner.name} won` : "Finished", hint: "The outcome stands.", tone: "good", icon: "crown", ...(moves.includes("archived") && { move: "archive", words: "Archive it" }) });
    default: return next({ title: meta.winner ? `${meta.winner.name} won` : "Archived", tone: "over", icon: "crown" });
  }
}

/** @param {Known} known @param {(words: Partial<Next> & { title: string }) => Next} next @returns {Next} */
function ofPlay({ acts, moves, matches, stages, waiting }, next) {
  const [match] = openMatches(matches);
  const settles = acts.includes("settle");
  if (match?.state === "live") return next({ title: `${matchName(match)} is live`, icon: "now", tone: "good", hint: match.map, match, ...(settles && { on: "finish", words: `Finish ${lower(match)}` }) });
  if (waiting && settles) return next({ title: waiting === 1 ? "One claim or dispute waits" : `${waiting} claims and disputes wait`, icon: "shield", tone: "urgent", hint: "The board moves once you decide.", to: "queue", words: "Look at it" });
  if (match?.state === "disputed" || match?.state === "awaiting_results") {
    return next({ title: `${matchName(match)} waits for its result`, icon: "edit", tone: "urgent", hint: "Players may send it; you may enter it.", match, ...(settles && { to: `results/${match.id}`, words: "Enter the result" }) });
  }
  if (match) {
    const roomless = match.release_at === null && match.state === "scheduled";
    if (roomless && acts.includes("arrange")) return next({ title: `${matchName(match)} is next`, hint: "Its players need a room id and a password.", match, on: "room", words: "Set its room" });
    return next({ title: match.state === "ready" ? `${matchName(match)}: the room is open` : match.release_at ? `${matchName(match)}: the room opens in` : `${matchName(match)} is next`, until: match.state === "ready" ? null : match.release_at,
      hint: match.map, match, ...(settles && { on: "start", words: `Start ${lower(match)}` }) });
  }
  const rest = stages.find(({ state }) => state === "planned");
  if (rest) return next({ title: "Every match of this stage has its result", icon: "check", tone: "good", hint: `${rest.name} comes next.`, ...(acts.includes("arrange") && { to: "stages", words: "Advance" }) });
  return next({ title: "Every match has its result", icon: "crown", tone: "good", hint: "Completing it makes the places stand, and tells everybody.", ...(moves.includes("completed") && { move: "complete", words: "Complete it" }) });
}

/** "match 3". @param {MatchCard} match */
const lower = (match) => (match.name ? match.name : matchName(match).toLowerCase());
