/** One team as this person sees it, live: what everybody sees, what is theirs, and for its captain who asks to join. */

import { batch, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { inbox, live } from "../connection.js";
import { api } from "../session.js";

/**
 * @typedef {import("../session.js").UserCard} UserCard
 * @typedef {{ url: string, thumbnail_url: string, width: number, height: number } | null} Logo
 * @typedef {{ id: number, game: string, name: string, tag: string, logo: Logo, about: string, captain: UserCard, members_count: number, roster_most: number, created_at: string }} Team
 * @typedef {Team & { role: string | null, request: number | null }} Line
 * @typedef {{ id: number, user: UserCard, role: "captain" | "player", joined_at: string }} Member
 * @typedef {{ id: number, team: number, user: UserCard, words: string, state: string, created_at: string, expires_at: string }} Request
 * @typedef {{ role: string | null, membership: number | null, request: Request | null, may_ask: boolean }} Mine
 */

/** The team of that id as its topic tells it; `gone` once it is there for nobody. @param {number} id */
export function useTeam(id) {
  const state = useSignal(/** @type {Record<string, any>} */ ({}));
  const mine = useSignal(/** @type {Mine | null} */ (null));
  const gone = useSignal(false);
  const askOwn = () => api("GET", `teams/${id}/`).then((view) => { mine.value = view.mine; }, (error) => { if (error.status === 404) gone.value = true; });
  useEffect(() => live.subscribe(`team.${id}`, {
    state: (now, own) => batch(() => {
      state.value = now;
      if (own) mine.value = own;
      else askOwn(); // who is in it decides what one may do
    }),
    ended: () => { gone.value = true; },
  }), [id]);
  useEffect(() => {
    const told = (/** @type {any} */ { detail }) => { if (detail.notification.data.team_id === id) askOwn(); };
    inbox.addEventListener("notified", told);
    return () => inbox.removeEventListener("notified", told);
  }, [id]);
  return { state, mine, gone, askOwn };
}

/** Who asks to join, the longest first; null until that is known. @param {number} id */
export function useRequests(id) {
  const requests = useSignal(/** @type {Request[] | null} */ (null));
  useEffect(() => live.subscribe(`team.${id}.requests`, {
    state: (now) => { requests.value = /** @type {Request[]} */ (Object.values(now)).sort((one, other) => one.created_at.localeCompare(other.created_at) || one.id - other.id); },
    ended: () => { requests.value = null; },
  }), [id]);
  return requests;
}

/** Who is in it, the captain first. @param {Record<string, any>} state @returns {Member[]} */
export const membersOf = (state) => Object.keys(state).filter((key) => key.startsWith("member.")).map((key) => state[key]).sort((one, other) =>
  Number(other.role === "captain") - Number(one.role === "captain") || one.joined_at.localeCompare(other.joined_at) || one.id - other.id);
