/** Instants in the fields of a form, by the clock of whoever fills it in. Pure. */

const MINUTE_MS = 60_000;

/** "2026-11-22T21:00"; empty where there is none. @param {string | number | null | undefined} at */
export function fieldOf(at) {
  if (at === null || at === undefined || at === "") return "";
  const then = new Date(at);
  return new Date(then.getTime() - then.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
}

/** What a field says, for the API; null where it says nothing. @param {string | undefined} text */
export const instantOf = (text) => (text ? new Date(text).toISOString() : null);
