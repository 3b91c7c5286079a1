/** Times and failures, in the words people use. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayAndClock = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const datedDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });

/** "21:03". @param {string} at */
export const clockOf = (at) => clock.format(new Date(at));

/** The time with its zone, for a hover. @param {string} at */
export const wholeTime = (at) => whole.format(new Date(at));

/** Relative up to a day, then absolute. @param {string} at @param {number} now ms */
export function timeOf(at, now) {
  const age = now - Date.parse(at);
  if (age < MINUTE_MS) return "just now";
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)} min ago`;
  if (age < DAY_MS) return `${Math.floor(age / HOUR_MS)} h ago`;
  return dayAndClock.format(new Date(at));
}

/** "Today", "Yesterday", "Friday 20 November", or a date with its year. @param {string} at @param {number} now ms */
export function dayOf(at, now) {
  const day = new Date(at);
  const ago = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / DAY_MS);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  return (ago < 300 ? weekday : datedDay).format(day);
}

/** "3 s", "2 min", "1 h". @param {number} seconds */
export function spanOf(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.ceil(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** "21:40", or with its day when that is not today. @param {string} at */
export const timeAhead = (at) => (new Date(at).toDateString() === new Date().toDateString() ? clock : dayAndClock).format(new Date(at));

const LASTING = [[86_400, "day"], [3_600, "hour"], [60, "minute"], [1, "second"]];

/** "10 minutes", "1 day": a length that people choose. @param {number} seconds */
export function lastingOf(seconds) {
  const [unit, word] = /** @type {[number, string]} */ (LASTING.find(([unit]) => seconds % Number(unit) === 0 && seconds >= Number(unit)) ?? [1, "second"]);
  return counted(seconds / unit, word);
}

/** "4:05", "1:00:00": what is left, counting down. @param {number} seconds */
export function countdownOf(seconds) {
  const left = Math.max(0, Math.ceil(seconds));
  const [h, m, s] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** "Asha", "Asha and Ravi", "Asha, Ravi and 3 others". @param {string[]} names */
export function listOf(names) {
  if (names.length < 2) return names.join("");
  const [first, second, ...others] = names;
  return others.length ? `${first}, ${second} and ${counted(others.length, "other")}` : `${first} and ${second}`;
}

/** "1 message", "3 messages". @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString()} ${count === 1 ? one : many}`;

/** @type {Record<string, string>} What only this page knows to say. */
const OWN_WORDS = {
  signed_out: "You are signed out. Sign in again, then retry.",
  stopped: "This page is not connected.",
  unanswered: "The connection broke before the answer came. Look whether it happened, then try again.",
};

/** Why something was refused, as a sentence. @param {any} error */
export function reasonOf(error) {
  const said = OWN_WORDS[error.code] ?? (error.message || "Something went wrong. Try again.");
  return error.retry_after ? `${said} Try again in ${spanOf(error.retry_after)}.` : said;
}

/** An id that nobody else makes; also where the page is not served securely and `randomUUID` is missing. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (/** @type {number} */ (bytes[6]) & 0x0f) | 0x40;
  bytes[8] = (/** @type {number} */ (bytes[8]) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
