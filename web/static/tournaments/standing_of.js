/** How somebody stands to a competition, in words, and what they can do about it. Pure. */

import { counted } from "../words.js";
import { feeOf, lengthOf, matchName } from "./words.js";

/**
 * @typedef {import("./shapes.js").Competition} Competition
 * @typedef {import("./shapes.js").Entrant} Entrant
 * @typedef {import("./shapes.js").Mine} Mine
 * @typedef {"register" | "check_in" | "undo" | "accept" | "decline"} Act
 * @typedef {{ tone: "calm" | "urgent" | "good" | "over", icon: string, title: string, until: string | null, hint: string, seats: boolean, acts: { act: Act, words: string, main?: boolean }[] }} StanceWords
 *   `until`: the title is told with what is left of the time until then
 */

/** @param {Partial<StanceWords> & { title: string }} words @returns {StanceWords} */
const stance = (words) => ({ tone: "calm", icon: "clock", until: null, hint: "", seats: false, acts: [], ...words });

/** @param {Competition} meta @param {Mine | null} mine @param {Entrant | null} entrant @param {number} now ms @param {import("./shapes.js").MatchCard[]} [matches] @returns {StanceWords} */
export function stanceOf(meta, mine, entrant, now, matches = []) {
  if (meta.state === "cancelled") return stance({ tone: "over", icon: "close", title: "Cancelled", hint: meta.reason });
  if (entrant && !["withdrawn", "expired"].includes(entrant.state)) {
    const next = meta.state === "live" ? nextMatch(matches, entrant.id) : null;
    return next ? beforeMatch(next, entrant) : ofEntrant(meta, entrant, mine?.is_captain ?? false, now);
  }
  if (meta.state === "published") return stance({ title: "Registration opens in", until: meta.reg_opens, hint: `${feeOf(meta.entry_fee_paise)} entry, ${meta.capacity} seats.` });
  if (meta.state === "registration_open") return toRegister(meta);
  return asSpectator(meta);
}

/** What a competition wants of those who run it. @param {Competition} meta @param {number} settle how many matches wait for a result or a ruling @returns {StanceWords} */
export function runningOf(meta, settle) {
  if (settle) return stance({ tone: "urgent", icon: "edit", title: `${counted(settle, "match", "matches")} to settle`, hint: "You run it." });
  const own = { ...asSpectator(meta), hint: "You run it.", acts: [] };
  if (meta.state === "published") return { ...own, icon: "clock", title: "Registration opens in", until: meta.reg_opens };
  if (meta.state === "registration_open") return { ...own, icon: "people", title: `${meta.entrants_count} of ${meta.capacity} are in. Registration closes in`, until: meta.reg_closes };
  if (meta.state === "check_in") return { ...own, tone: "urgent", title: "Check-in closes in", until: meta.checkin_closes };
  return own;
}

/** @param {import("./shapes.js").MatchCard} match @param {Entrant} entrant @returns {StanceWords} */
function beforeMatch(match, { id, name }) {
  const others = match.sides.filter(({ entrant }) => entrant && entrant.id !== id);
  const against = match.sides.length === 2 ? ` against ${others[0]?.entrant?.name ?? "whoever comes"}` : "";
  const words = `${matchName(match)}${against}`;
  const place = [match.map, lengthOf(match)].filter(Boolean).join(", ");
  if (match.state === "scheduled" || match.state === "ready") return stance({ tone: "calm", title: `${words}${match.scheduled_at ? " in" : " is next"}`, until: match.scheduled_at, hint: place });
  if (match.state === "live") return stance({ tone: "good", icon: "now", title: `${words} is live`, hint: [place, `you play for ${name}`].filter(Boolean).join(", ") });
  if (match.state === "disputed") return stance({ tone: "urgent", icon: "shield", title: `${words} is disputed`, hint: "A referee looks at it." });
  return stance({ tone: "urgent", icon: "edit", title: `${words} waits for its result`, hint: "Say how it ended, or answer to what was said." });
}

/** @param {Competition} meta */
function toRegister(meta) {
  const full = meta.entrants_count >= meta.capacity;
  const line = full && meta.waiting_count < meta.waitlist_capacity;
  const acts = full && !line ? [] : [{ act: /** @type {const} */ ("register"), words: full ? "Join the waitlist" : "Register", main: true }];
  return stance({ title: "Registration closes in", until: meta.reg_closes, hint: full ? (line ? "All seats are taken; who waits is offered those that become free." : "All seats are taken, and the waitlist is full.") : "", seats: true, acts });
}

/** @param {Competition} meta */
function asSpectator(meta) {
  if (meta.state === "registration_closed" || meta.state === "check_in") return stance({ title: "Starts in", until: meta.starts_at, hint: "Registration is closed.", seats: true });
  if (meta.state === "live") return stance({ tone: "good", icon: "now", title: "Being played", hint: "Results show here as they are confirmed." });
  if (meta.state === "paused") return stance({ tone: "urgent", icon: "clock", title: "Paused by the host", hint: "It goes on in a while." });
  if (meta.state === "completed" || meta.state === "archived") return stance({ tone: "good", icon: "crown", title: meta.winner ? `${meta.winner.name} won` : "Finished", hint: "The result stands." });
  return stance({ title: "Not announced yet", icon: "lock", hint: "Nobody but its staff sees it." });
}

const ENDS = {
  no_show: ["close", "You were not checked in", "Check-in closed without you, and the seat went to the next."],
  eliminated: ["play", "You are out", "Thank you for playing."],
  finished: ["crown", "Finished", "The result stands."],
  disqualified: ["block", "Disqualified", "The staff can tell you why."],
};

/** @param {Competition} meta @param {Entrant} entrant @param {boolean} leads @param {number} now */
function ofEntrant(meta, entrant, leads, now) {
  const { state, name, seat } = entrant;
  if (meta.winner?.id === entrant.id && state === "finished") return stance({ tone: "good", icon: "crown", title: `${name} won`, hint: "The result stands." });
  const end = ENDS[/** @type {keyof typeof ENDS} */ (state)];
  if (end) return stance({ tone: "over", icon: end[0], title: end[1] ?? "", hint: state === "finished" && meta.winner ? `${meta.winner.name} won.` : end[2] ?? "" });
  if (state === "waitlisted") return stance({ title: `${name} is ${ordinal(entrant.waiting)} on the waitlist`, icon: "people", hint: "A seat that becomes free is offered to the first in the line." });
  if (state === "offered") {
    return stance({ tone: "urgent", title: entrant.offer_expires_at ? "A seat is kept for you for" : "A seat is kept for you", until: entrant.offer_expires_at, hint: leads ? "Then it goes to the next in the line." : "Your captain has to take it.",
      acts: leads ? [{ act: "accept", words: "Take the seat", main: true }, { act: "decline", words: "Pass it on" }] : [] });
  }
  const opens = meta.checkin_opens && meta.checkin_closes && Date.parse(meta.checkin_opens) <= now && now < Date.parse(meta.checkin_closes);
  if (state === "confirmed" && (meta.state === "check_in" || opens)) {
    return stance({ tone: "urgent", title: "Check in within", until: meta.checkin_closes, hint: leads ? "Whoever is not checked in then loses the seat." : "Your captain has to do it.", acts: leads ? [{ act: "check_in", words: "Check in", main: true }] : [] });
  }
  if (state === "checked_in") return stance({ tone: "good", icon: "check", title: `${name} is checked in`, hint: seatWords(seat), acts: leads && meta.state === "check_in" ? [{ act: "undo", words: "Undo" }] : [] });
  return playing(meta, name, seat);
}

/** @param {Competition} meta @param {string} name @param {number | null} seat */
function playing(meta, name, seat) {
  if (meta.state === "live") return stance({ tone: "good", icon: "now", title: `${name} plays`, hint: "Your matches stand under Matches." });
  if (meta.state === "paused") return stance({ tone: "urgent", title: "Paused by the host", hint: "It goes on in a while." });
  if (meta.checkin_opens && ["published", "registration_open", "registration_closed"].includes(meta.state)) {
    return stance({ tone: "good", icon: "check", title: `${name} is in. Check-in opens in`, until: meta.checkin_opens, hint: seatWords(seat) });
  }
  return stance({ tone: "good", icon: "check", title: `${name} is in. It starts in`, until: meta.starts_at, hint: seatWords(seat) });
}

/** @param {number | null} seat */
const seatWords = (seat) => (seat ? `Seat ${seat}.` : "");

/** "1st", "2nd", "11th"; "waiting" where the place is not known. @param {number | null} place */
export function ordinal(place) {
  if (place === null) return "waiting";
  const ending = place % 100 > 10 && place % 100 < 14 ? "th" : ["th", "st", "nd", "rd"][place % 10] ?? "th";
  return `${place}${ending}`;
}

/** @param {Competition} meta @param {Entrant} entrant */
export const mayWithdraw = (meta, entrant) =>
  ["confirmed", "checked_in", "active", "waitlisted", "offered", "awaiting_payment"].includes(entrant.state) && !["completed", "archived", "cancelled"].includes(meta.state);

const NEXT = ["live", "awaiting_results", "disputed", "ready", "scheduled"];

/** The match that is before an entrant: the one that is played or waits for its result, else the next. @param {import("./shapes.js").MatchCard[]} matches @param {number} own */
export function nextMatch(matches, own) {
  const mine = matches.filter(({ sides, state }) => NEXT.includes(state) && sides.some(({ entrant }) => entrant?.id === own));
  const rank = (/** @type {{ state: string }} */ { state }) => (NEXT.indexOf(state) < 3 ? 0 : 1);
  return mine.sort((one, other) => rank(one) - rank(other) || one.stage - other.stage || one.number - other.number)[0] ?? null;
}
