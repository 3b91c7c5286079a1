/** Matches of this person as the page knows them: one that is open, many in a list; news come by the inbox. */

import { batch, signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { inbox } from "../connection.js";
import { api } from "../session.js";
import { reasonOf } from "../words.js";

/**
 * @typedef {{ url: string | null, thumbnail_url: string | null, width: number | null, height: number | null, status: string | null, reason: string | null }} Screenshot
 * @typedef {{ name: string, score: number | null, person: import("../session.js").UserCard | null }} Player
 * @typedef {{ user: number | null, opponent: number | null }} Pair
 * @typedef {{ id: string, version: number, state: "reading" | "proposed" | "refused" | "failed" | "confirmed" | "shared", game: string, side: "home" | "away" | null,
 *   user: Player | null, opponent: Player | null, opponent_name: string, score_user: number | null, score_opponent: number | null, result: "win" | "draw" | "loss" | "", placement: number | null,
 *   screenshot: string | null, played_at: string, created_at: string }} Line as lists show it
 * @typedef {Line & { extracted_data: any, stats: Record<string, any>, lobby: import("./lobby.js").Lobby | null, pictures: Screenshot[], pictures_read: number, share?: { id: number, state: string, side: import("./share.js").Whose } | null }} Match
 * @typedef {{ opponent: string, result: string, state: string, since: string, until: string }} Filters
 */

/** The match of that id, kept as it changes; `gone` once there is none for this person. @param {string} id */
export function useMatch(id) {
  const match = useSignal(/** @type {Match | null} */ (null));
  const gone = useSignal(false);
  const refused = useSignal("");
  const put = (/** @type {Match} */ fresh) => { if (!match.value || fresh.version >= match.value.version) match.value = fresh; };
  const load = () => api("GET", `matches/${id}/`).then((fresh) => batch(() => {
    put(fresh);
    refused.value = "";
  }), (error) => {
    if (error.status === 404) gone.value = true;
    else refused.value = reasonOf(error);
  });
  useEffect(() => {
    load();
    return hear((news) => {
      if (news.id !== id) return;
      if (news.deleted) gone.value = true;
      else if (news.match) put(news.match);
      else load();
    }, load);
  }, [id]);
  return { match, gone, refused, put, load };
}

/** Hear of matches from now on: told live, `match` is there. @param {(news: { id: string, deleted: boolean, match: Match | null }) => void} onnews @param {() => void} onfresh after a time without connection */
export function hear(onnews, onfresh) {
  const onchanged = (/** @type {any} */ { detail }) => onnews({ id: detail.id, deleted: false, match: detail.match });
  const ondeleted = (/** @type {any} */ { detail }) => onnews({ id: detail.id, deleted: true, match: null });
  /** @type {[string, any][]} */
  const ears = [["match.changed", onchanged], ["match.deleted", ondeleted], ["fresh", onfresh]];
  for (const [kind, ear] of ears) inbox.addEventListener(kind, ear);
  return () => { for (const [kind, ear] of ears) inbox.removeEventListener(kind, ear); };
}

/** What the list is narrowed to; kept while the page is open, so that one comes back to the same. */
export const filters = signal(/** @type {Filters} */ ({ opponent: "", result: "", state: "", since: "", until: "" }));

/** The question to the API. @param {Filters} wanted @param {string | null} after */
function queryOf({ opponent, result, state, since, until }, after) {
  const words = { opponent: opponent.trim(), result, state, since: instantOf(since, 0), until: instantOf(until, 1), after: after ?? "" };
  return new URLSearchParams(Object.entries(words).filter(([, value]) => value)).toString();
}

/** When that day of the reader's begins, or the one so many days later. @param {string} date @param {number} later */
function instantOf(date, later) {
  if (!date) return "";
  const day = new Date(`${date}T00:00`);
  day.setDate(day.getDate() + later);
  return day.toISOString();
}

/** The rows of a match, known and unknown. @param {{ stats: Record<string, any> }} match @returns {Record<string, Pair>} */
export const rowsOf = ({ stats: { other, ...known } }) => ({ ...known, ...other });

/** The list of matches, newest first, by pages. @param {Filters} wanted */
export function useMatches(wanted) {
  const matches = useSignal(/** @type {Line[] | null} */ (null));
  const next = useSignal(/** @type {string | null} */ (null));
  const refused = useSignal("");
  const asked = useSignal(0);
  const load = async (/** @type {boolean} */ more = false) => {
    const turn = ++asked.value;
    try {
      const page = await api("GET", `matches/?${queryOf(wanted, more ? next.value : null)}`);
      if (turn !== asked.value) return; // asked anew meanwhile
      batch(() => {
        matches.value = [...(more ? matches.value ?? [] : []), ...page.results];
        next.value = page.next;
        refused.value = "";
      });
    } catch (error) {
      refused.value = reasonOf(error);
    }
  };
  useEffect(() => { load(); }, [JSON.stringify(wanted)]);
  const put = (/** @type {{ id: string, deleted: boolean, match: Match | null }} */ { id, deleted, match }) => {
    const known = matches.value?.some((one) => one.id === id) ?? false;
    if (deleted) matches.value = matches.value?.filter((one) => one.id !== id) ?? null;
    else if (known && match) matches.value = matches.value?.map((one) => (one.id === id ? match : one)) ?? null;
    else load();
  };
  useEffect(() => hear(put, () => load()), [JSON.stringify(wanted)]);
  return { matches, next, refused, load };
}
