/** A roster as a captain puts it together. Pure. */

/**
 * @typedef {import("./shapes.js").UserCard} UserCard
 * @typedef {{ user: UserCard, chosen: boolean, is_substitute: boolean, in_game_id: string, in_game_name: string }} Player
 */

/**
 * Everybody who may be chosen: those who are registered already as they are, else the first of the team as the line-up.
 * @param {UserCard[]} people @param {import("./shapes.js").RosterMember[]} known @param {{ lineup: number, roster_most: number }} most
 * @param {(user: UserCard) => string} idOf what somebody was called before
 * @returns {Player[]}
 */
export function pick(people, known, { lineup, roster_most }, idOf) {
  const registered = new Map(known.map((one) => [one.user.id, one]));
  const gone = known.filter(({ user }) => !people.some(({ id }) => id === user.id)).map(({ user }) => user);
  return [...people, ...gone].map((user, at) => {
    const one = registered.get(user.id);
    return { user, chosen: known.length ? one !== undefined : at < roster_most, is_substitute: one?.is_substitute ?? (!known.length && at >= lineup), in_game_id: one?.in_game_id ?? idOf(user), in_game_name: one?.in_game_name ?? "" };
  });
}

/** As REST takes it; whoever's id is left out is called as on their profile. @param {Player[]} players */
export const rosterOf = (players) => players.filter(({ chosen }) => chosen).map(({ user, is_substitute, in_game_id, in_game_name }) => (
  { user_id: user.id, is_substitute, ...(in_game_id.trim() && { in_game_id: in_game_id.trim() }), ...(in_game_name.trim() && { in_game_name: in_game_name.trim() }) }));

/**
 * What the page sees by itself, by the id of the player; `all` is of the whole.
 * @param {Player[]} players @param {{ lineup: number, roster_most: number }} most @param {{ id_pattern?: string, id_hint: string } | undefined} game
 * @returns {Record<string, string>}
 */
export function wrongOf(players, { lineup, roster_most }, game) {
  const chosen = players.filter((one) => one.chosen);
  const playing = chosen.filter(({ is_substitute }) => !is_substitute);
  const pattern = game?.id_pattern ? new RegExp(`^(?:${game.id_pattern})$`) : /^/;
  /** @type {Record<string, string>} */
  const wrong = {};
  for (const { user, in_game_id } of chosen) if (in_game_id.trim() && !pattern.test(in_game_id.trim())) wrong[String(user.id)] = game?.id_hint ?? "How are they called in the game?";
  if (playing.length !== lineup) wrong["all"] = `${lineup} play${lineup === 1 ? "s" : ""} at a time: choose ${playing.length < lineup ? `${lineup - playing.length} more` : `${playing.length - lineup} fewer, or make them substitutes`}.`;
  else if (chosen.length > roster_most) wrong["all"] = `At most ${roster_most} may be registered.`;
  return wrong;
}
