/** Deadlines as people say them: how long it is until then, and when that is by their own clock. Pure. */

import { clockOf } from "./words.js";

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** What is left, as coarse as one looks at it: "3 days 4 h", "2 h 14 min", "14:05", "42 s". @param {number} seconds */
export function leftOf(seconds) {
  const s = Math.max(0, Math.ceil(seconds));
  if (s >= 7 * DAY_S) return `${Math.floor(s / DAY_S)} days`;
  if (s >= DAY_S) return `${s >= 2 * DAY_S ? `${Math.floor(s / DAY_S)} days` : "1 day"} ${Math.floor((s % DAY_S) / HOUR_S)} h`;
  if (s >= HOUR_S) return `${Math.floor(s / HOUR_S)} h ${Math.floor((s % HOUR_S) / 60)} min`;
  if (s >= 60) return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
  return `${s} s`;
}

/** How much of the ring is left: of a week, a day, an hour, a minute, whichever holds it. @param {number} seconds */
export function ringOf(seconds) {
  const whole = [60, HOUR_S, DAY_S, 7 * DAY_S].find((one) => seconds <= one) ?? seconds;
  return seconds <= 0 ? 0 : Math.min(1, seconds / whole);
}

export const second = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** "today 18:30:00": an instant to the second. @param {string} at @param {number} now ms */
export const secondOf = (at, now) => (clockOf(at) ? momentOf(at, now).replace(clockOf(at), second.format(new Date(at))) : "");

/** "Today 18:30", "Fri 27 Nov, 18:30": an instant by the reader's clock. @param {string} at @param {number} now ms */
export function momentOf(at, now) {
  const then = new Date(at);
  const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days === 0 || days === 1 || days === -1) return `${days ? (days > 0 ? "tomorrow" : "yesterday") : "today"} ${clockOf(at)}`;
  return then.toLocaleString(undefined, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
