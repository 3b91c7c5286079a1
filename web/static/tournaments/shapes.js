/** What REST and the topics show of competitions: the shapes, and how a topic's state is taken apart. Pure. */

/**
 * @typedef {import("../session.js").UserCard} UserCard
 * @typedef {{ url: string, thumbnail_url: string, width: number, height: number }} Picture
 * @typedef {{ id: number, name: string, tag: string, logo: Picture | null, team: number | null, state: string, seat: number | null }} EntrantCard
 * @typedef {{ user: UserCard, in_game_id: string | null, in_game_name: string, is_substitute: boolean }} RosterMember
 * @typedef {EntrantCard & { captain: UserCard, roster: RosterMember[], arrival: number, waiting: number | null, offer_expires_at: string | null,
 *   registered_at: string, checked_in_at: string | null }} Entrant
 * @typedef {{ id: number, kind: "tournament" | "scrim", title: string, slug: string, game: string, mode: string, banner: Picture | null, state: string, visibility: string,
 *   plan: string, host: UserCard, capacity: number, entrants_count: number, waiting_count: number, entry_fee_paise: number, reg_opens: string, reg_closes: string,
 *   checkin_opens: string | null, checkin_closes: string | null, starts_at: string }} CompetitionCard
 * @typedef {CompetitionCard & { rules_text: string, time_zone: string, waitlist_capacity: number, lineup: number, roster_most: number, prizes: { places: string, prize: string }[],
 *   confirm_window_s: number, protest_window_s: number, auto_confirm: boolean, frozen_at: string | null, completed_at: string | null, cancelled_at: string | null,
 *   reason: string, winner: EntrantCard | null }} Competition
 * @typedef {{ role: string | null, acts: string[], moves: string[], entrant: Entrant | null, is_captain: boolean }} Mine
 * @typedef {{ id: number, number: number, name: string, entrants: number[] }} Group
 * @typedef {{ id: number, number: number, name: string, format: "lobby" | "round_robin" | "single_elimination", seeding: string, state: string, groups_count: number, groups: Group[], profile: any, chain: any,
 *   advance: { per_group?: number, best_next?: number, overall?: number } | null, plan: any, draw_seed: string }} Stage
 * @typedef {{ slot: number, entrant: EntrantCard | null, feeder: number | null }} Side
 * @typedef {{ id: number, stage: number, group: number, number: number, round: number, name: string, map: string, best_of: number, games: number, state: string,
 *   scheduled_at: string | null, release_at: string | null, sides: Side[], score: number[] | null, winner: number | null }} MatchCard
 * @typedef {MatchCard & { competition: number, draws: boolean, started_at: string | null, settled_at: string | null, results: Record<string, any>, seqs: Record<string, number> }} Match
 * @typedef {{ side: number | null, is_captain: boolean, may_read_room: boolean, may_propose: boolean, may_settle: boolean, may_arrange: boolean, moves: string[] }} MatchMine
 * @typedef {{ room_id: string, room_password: string, release_at: string | null, released: boolean }} Room
 * @typedef {{ position: number, rank: number | null, was: number | null, entrant: EntrantCard, tied: boolean, placed: boolean, out: string,
 *   figures: Record<string, number | string | null> }} Standing
 * @typedef {{ stage: number, group: number | null, seq: number, columns: string[], count: number, frozen_at: string | null, matches_settled: number, matches_count: number }} StandingsMeta
 * @typedef {{ criterion: string, scope: string, among: number[], values: (number | string)[] | null, entries: number[][] }} Compared
 * @typedef {{ rows: Standing[], reason: string, asked: Compared[] }} Explanation
 * @typedef {{ path: string, why: string, position: number | null, box: [number, number, number, number] | null }} Cell
 * @typedef {{ id: number, position: number, picture: Picture, suspect: { claim: number, match: number, side: EntrantCard | null, picture: Picture } | null }} ClaimPicture
 * @typedef {{ id: number, match: number, game_no: number | null, author: UserCard, side: EntrantCard | null, source: string, state: string, version: number, payload: any,
 *   cells: Cell[], unknown: string[], warnings: string[], pictures: ClaimPicture[], created_at: string, window_ends_at: string | null, decided_at: string | null,
 *   decided_by: UserCard | null, reason: string }} Claim
 * @typedef {{ id: number, match: number, side: EntrantCard, opened_by: UserCard, state: string, messages: { id: number, author: UserCard, words: string, at: string }[],
 *   opened_at: string, decided_at: string | null, decided_by: UserCard | null, reason: string }} Dispute
 * @typedef {{ id: number, author: UserCard, group: number | null, words: string, at: string }} Announcement
 * @typedef {{ user: UserCard, role: string }} StaffMember
 */

/** The values under `prefix.`, in no order. @param {Record<string, any>} state @param {string} prefix @returns {any[]} */
export const those = (state, prefix) => Object.entries(state).flatMap(([key, value]) => (key.startsWith(`${prefix}.`) ? [value] : []));

/** @param {Record<string, any>} state @returns {Stage[]} */
export const stagesOf = (state) => those(state, "stage").sort((one, other) => one.number - other.number);

/** In the order of play: by stage, then number. @param {Record<string, any>} state @returns {MatchCard[]} */
export function matchesOf(state) {
  const order = new Map(stagesOf(state).map(({ id, number }) => [id, number]));
  return those(state, "match").sort((one, other) => (order.get(one.stage) ?? 0) - (order.get(other.stage) ?? 0) || one.number - other.number);
}

const HOLDING = new Set(["confirmed", "checked_in", "active", "eliminated", "finished", "disqualified"]);

/** Whether an entrant has, or had, a seat to play on. @param {EntrantCard} entrant */
export const hasSeat = ({ state }) => HOLDING.has(state);

/** Where REST has a competition. @param {{ id: number, kind: string }} competition */
export const routeOf = ({ id, kind }) => `${kind}s/${id}/`;
