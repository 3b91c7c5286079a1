/** The directory as it is asked for: what it is narrowed to, and pages of cards. */

import { batch, signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { api } from "../session.js";
import { reasonOf } from "../words.js";

/**
 * @typedef {import("./shapes.js").CompetitionCard} CompetitionCard
 * @typedef {{ q: string, game: string, state: string, mode: string, fee: string, since: string, until: string }} Filters
 */

const NOTHING = { q: "", game: "", state: "", mode: "", fee: "", since: "", until: "" };

/** What the directory is narrowed to; kept while the page is open, so that one comes back to the same. */
export const filters = signal(/** @type {Filters} */ (NOTHING));

export const forget = () => { filters.value = NOTHING; };

/** The question to the API. @param {Filters} wanted @param {string | null} [after] */
export function queryOf({ q, since, until, ...others }, after = null) {
  const words = { q: q.trim(), ...others, since: instantOf(since, 0), until: instantOf(until, 1), after: after ?? "" };
  return new URLSearchParams(Object.entries(words).filter(([, value]) => value)).toString();
}

/** When that day of the reader's begins, or the one so many days later. @param {string} date @param {number} later */
function instantOf(date, later) {
  if (!date) return "";
  const day = new Date(`${date}T00:00`);
  day.setDate(day.getDate() + later);
  return day.toISOString();
}

/** Competitions at `route`, by pages. @param {string} route such as `scrims/`; empty: none are asked for @param {string} query */
export function useCompetitions(route, query) {
  const found = useSignal(/** @type {CompetitionCard[] | null} */ (null));
  const next = useSignal(/** @type {string | null} */ (null));
  const refused = useSignal("");
  const turn = useSignal(0);
  const load = async (/** @type {boolean} */ more = false) => {
    if (!route) return void (found.value = []);
    const mine = ++turn.value;
    try {
      const after = more ? `&after=${encodeURIComponent(next.value ?? "")}` : "";
      const page = await api("GET", `${route}?${query}${after}`);
      if (mine !== turn.value) return; // asked anew meanwhile
      batch(() => {
        found.value = [...(more ? found.value ?? [] : []), ...page.results];
        [next.value, refused.value] = [page.next, ""];
      });
    } catch (error) {
      refused.value = reasonOf(error);
    }
  };
  useEffect(() => { load(); }, [route, query]);
  return { found, next, refused, load };
}
