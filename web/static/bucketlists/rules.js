/** What a list's page knows by itself: who may do what, how an own act looks before the server answers. Pure. */

import { second } from "../moments.js";
import { spanOf } from "../words.js";

/**
 * @typedef {import("../session.js").UserCard} UserCard
 * @typedef {"upvote" | "downvote"} VoteType
 * @typedef {{ url: string, thumbnail_url: string, width: number, height: number } | null} Cover
 * @typedef {{ start_date: string | null, end_date: string | null, start_time: string | null, end_time: string | null, is_date_range: boolean, has_time: boolean }} Schedule
 * @typedef {{ upvotes: number, downvotes: number }} Tally
 * @typedef {Schedule & { id: number, title: string, description: string, owner: UserCard, is_public: boolean, allow_viewer_voting: boolean, time_zone: string,
 *   decision_deadline: string | null, decision_deadline_local: string | null, deadline_is_date: boolean, is_frozen: boolean, frozen_reason: string | null,
 *   frozen_at: string | null, round: number, members_count: number, created_at: string, cover?: Cover }} List
 * @typedef {List & { role: string | null, items_count: number }} ListLine
 * @typedef {Schedule & { id: number, list: number, title: string, description: string, status: string, category: string, creator: UserCard, score: number,
 *   upvotes_count: number, downvotes_count: number, members: Tally, guests: Tally, reactions_summary: Record<string, number>, comments_count: number,
 *   rank: number | null, tied: boolean, edited_after_votes: boolean, edited_after_freeze: boolean, added_after_freeze: boolean, created_at: string,
 *   completed_at: string | null, cover?: Cover, user_vote?: VoteType | null, user_reaction?: string | null, sending?: boolean }} Item
 * @typedef {{ id: number, user: UserCard, role: string, joined_at: string }} Member
 */

export const REACTIONS = { fire: "Fire", love: "Love", sketchy: "Sketchy", dead: "Dead", hardpass: "Hard pass", nope: "Nope" };
export const CATEGORIES = { food: "Food", travel: "Travel", outdoors: "Outdoors", culture: "Culture", games: "Games", sport: "Sport", learning: "Learning", other: "Other" };

/** While the list is open (V23, V24). @param {List | null} list @param {string | null} role @param {number | null} me */
export function mayVote(list, role, me) {
  if (!list || me === null) return false;
  if (role === "owner" || role === "editor") return true;
  return list.allow_viewer_voting && (role === "viewer" || list.is_public);
}

/** V62. @param {List | null} list @param {string | null} role @param {number | null} me */
export const mayReact = (list, role, me) => role !== null || mayVote(list, role, me);

/** V11, V46. @param {string | null} role @param {boolean} frozen */
export const mayAdd = (role, frozen) => role === "owner" || (role === "editor" && !frozen);

/** The items in their ranking order, cancelled ones at the end (V15, V19). @param {Item[]} items */
export const inOrder = (items) => [...items].sort((one, other) => (one.rank ?? Infinity) - (other.rank ?? Infinity) || one.id - other.id);

/** An item with the own vote: as it stands, or as it will once the one under way is counted. @param {Item} item @param {VoteType | null} vote @param {any} pending @returns {Item} */
export function withVote(item, vote, pending) {
  if (!pending) return { ...item, user_vote: vote };
  const { want, had, base, receipt } = pending;
  const counted = receipt ?? base;
  const change = (/** @type {VoteType} */ type) => (receipt ? 0 : Number(want === type) - Number(had === type));
  const upvotes_count = Math.max(0, counted.upvotes_count + change("upvote"));
  const downvotes_count = Math.max(0, counted.downvotes_count + change("downvote"));
  return { ...item, upvotes_count, downvotes_count, score: upvotes_count - downvotes_count, user_vote: want, sending: !receipt };
}

/** @param {Item} item @param {string | null | undefined} kind @returns {Item} */
export const withReaction = (item, kind) => ({ ...item, user_reaction: kind ?? null });

/** Why a vote came too late, in words; null where that is not why. @param {any} error @param {number} at when it was cast, ms of the server's clock */
export function lateWords(error, at) {
  const closed = error.code === "list_frozen" ? error.facts?.frozen_at : null;
  if (!closed) return null;
  const late = (at - Date.parse(closed)) / 1000;
  return `The list closed at ${second.format(new Date(closed))}; your vote came ${late < 1 ? "just" : spanOf(late)} after that and is not counted.`;
}

/** "+5", "0", "−1". @param {number} score */
export const signed = (score) => (score > 0 ? `+${score}` : score < 0 ? `−${-score}` : "0");

const day = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });

/** "Wed 15 Jul, 05:30–07:00": when something takes place, in the list's own time; empty: not said. @param {Schedule} schedule */
export function whenOf({ start_date, end_date, start_time, end_time, is_date_range }) {
  if (!start_date) return "";
  const on = (/** @type {string} */ date) => day.format(new Date(`${date}T00:00:00Z`));
  const [from, to] = [start_time?.slice(0, 5), end_time?.slice(0, 5)];
  if (is_date_range && end_date) return `${on(start_date)}${from ? `, ${from}` : ""} – ${on(end_date)}${to ? `, ${to}` : ""}`;
  return `${on(start_date)}${from ? `, ${from}${to ? `–${to}` : ""}` : to ? `, until ${to}` : ""}`;
}
