/** How a match ended, between the fields of a form and what the log takes. Pure. */

/**
 * @typedef {import("./shapes.js").MatchCard} MatchCard
 * @typedef {import("./shapes.js").Cell} Cell
 * @typedef {{ entrant: number, name: string, placement: string, kills: string, absent: boolean, more: Record<string, any>, asks: Record<string, Cell> }} LobbyRow
 *   a side as it is typed; `asks` are its fields of which nobody is sure, `more` what the form does not show
 * @typedef {{ scores: [string, string][], decider: [string, string], more: Record<string, any>, asks: Record<string, Cell> }} DuelDraft
 * @typedef {{ payload: any, wrong: Record<string, string> }} Taken `wrong` says by field what cannot be; nothing: the payload may be sent
 */

const NUMBER = /^\d{1,5}$/;

/** A row for each side: first those of a payload, as it has them, then the others. @param {MatchCard} match @param {any} payload @param {Cell[]} cells @returns {LobbyRow[]} */
export function lobbyRows(match, payload, cells) {
  const names = new Map(match.sides.flatMap(({ entrant }) => (entrant ? [[entrant.id, entrant.name]] : [])));
  /** @type {LobbyRow[]} */
  const known = (payload?.rows ?? []).map((/** @type {any} */ { entrant, placement, kills, ...more }, /** @type {number} */ at) => (
    { entrant, name: names.get(entrant) ?? "", placement: text(placement), kills: text(kills), absent: false, more, asks: asksOf(cells, `rows.${at}.`) }));
  const there = new Set(known.map(({ entrant }) => entrant));
  const others = [...names].filter(([id]) => !there.has(id));
  return [...known, ...others.map(([entrant, name]) => ({ entrant, name, placement: "", kills: "", absent: known.length > 0, more: {}, asks: {} }))];
}

/** @param {LobbyRow[]} rows @returns {Taken} */
export function lobbyPayload(rows) {
  /** @type {Record<string, string>} */
  const wrong = {};
  const there = rows.filter(({ absent }) => !absent);
  const places = new Set();
  for (const { entrant, placement, kills } of there) {
    if (!NUMBER.test(placement) || Number(placement) < 1) wrong[`${entrant}.placement`] = "A place, from 1, or mark it absent.";
    else if (Number(placement) > there.length) wrong[`${entrant}.placement`] = `There are ${there.length} places.`;
    else if (places.has(Number(placement))) wrong[`${entrant}.placement`] = `Place ${placement} is taken.`;
    places.add(Number(placement));
    if (!NUMBER.test(kills)) wrong[`${entrant}.kills`] = "How many? 0 is a number too.";
  }
  if (!there.length) wrong["all"] = "Nobody took part: then there is nothing to claim.";
  const placed = there.map(({ entrant, placement, kills, more }) => ({ entrant, placement: Number(placement), kills: Number(kills), ...more }));
  return { payload: { rows: placed.sort((one, other) => one.placement - other.placement), absent: rows.filter(({ absent }) => absent).map(({ entrant }) => entrant) }, wrong };
}

/** What a duel's form starts with: as many games as there may be. @param {MatchCard} match @param {any} payload @param {Cell[]} cells @returns {DuelDraft} */
export function duelDraft(match, payload, cells) {
  const { sides: _, games = [], decider = null, ...more } = payload ?? {};
  const turned = Array.isArray(payload?.sides) && payload.sides[0] !== match.sides[0]?.entrant?.id && payload.sides[0] === match.sides[1]?.entrant?.id;
  const pair = (/** @type {any} */ score) => /** @type {[string, string]} */ (turned ? [text(score?.[1]), text(score?.[0])] : [text(score?.[0]), text(score?.[1])]);
  const scores = Array.from({ length: Math.max(match.best_of, games.length) }, (__, at) => pair(games[at]?.score));
  return { scores, decider: pair(decider), more, asks: asksOf(cells, "") };
}

/** Whether this draft needs a shoot-out to have a winner. @param {DuelDraft} draft @param {{ best_of: number, draws: boolean }} match */
export function isLevel({ scores }, { best_of, draws }) {
  const [score] = scores;
  return !draws && best_of === 1 && score !== undefined && NUMBER.test(score[0]) && score[0] === score[1];
}

/** @param {DuelDraft} draft @param {import("./shapes.js").Match} match @returns {Taken} */
export function duelPayload(draft, match) {
  /** @type {Record<string, string>} */
  const wrong = {};
  const { scores, decider, more } = draft;
  const last = scores.findLastIndex(([one, other]) => one !== "" || other !== "");
  const played = scores.slice(0, Math.max(1, last + 1));
  played.forEach((score, at) => score.forEach((one, side) => { if (!NUMBER.test(one)) wrong[`games.${at}.${side}`] = "A whole number."; }));
  const level = isLevel(draft, match);
  if (level && (!NUMBER.test(decider[0]) || !NUMBER.test(decider[1]) || decider[0] === decider[1])) wrong["decider"] = "It has a winner: how did the shoot-out end?";
  const need = Math.floor(match.best_of / 2) + 1;
  const won = [0, 1].map((side) => played.filter((score) => Number(score[side]) > Number(score[1 - side])).length);
  if (match.best_of > 1 && !Object.keys(wrong).length && match.best_of % 2 === 1 && Math.max(...won) < need && !match.draws) wrong["all"] = `A best of ${match.best_of} ends when one side has won ${need} games.`;
  const sides = match.sides.map(({ entrant }) => entrant?.id ?? null);
  const games = played.map((score) => ({ score: [Number(score[0]), Number(score[1])] }));
  return { payload: { sides, games, ...(level && { decider: decider.map(Number) }), ...more }, wrong };
}

/** The cells below a path, by what stands behind it. @param {Cell[]} cells @param {string} prefix @returns {Record<string, Cell>} */
const asksOf = (cells, prefix) => Object.fromEntries(cells.flatMap((cell) => (cell.path.startsWith(prefix) ? [[cell.path.slice(prefix.length), cell]] : [])));

/** @param {unknown} value */
const text = (value) => (typeof value === "number" ? String(value) : "");

/** Whether one line says all of it: a duel of a single game. @param {any} payload */
export const isPlain = (payload) => payload?.games?.length === 1 && !payload.decider && !payload.games[0].rounds;

/** What a result says in one line: "2:1", "Ember won by walk-over", "16 teams". @param {any} payload @param {MatchCard} match */
export function lineOf(payload, match) {
  const nameOf = (/** @type {number} */ id) => match.sides.find(({ entrant }) => entrant?.id === id)?.entrant?.name ?? "";
  if (payload?.rows) return payload.rows.length ? `${nameOf(payload.rows.find((/** @type {any} */ row) => row.placement === 1)?.entrant) || "Somebody"} won, ${payload.rows.filter((/** @type {any} */ row) => row.placement).length} placed` : "nobody placed";
  if (payload?.games) {
    const draft = duelDraft(match, payload, []);
    const scores = draft.scores.filter(([one]) => one !== "").map(([one, other]) => `${one || "–"}:${other || "–"}`).join(", ");
    return scores + (payload.decider ? ` (${draft.decider.join(":")} in the shoot-out)` : "");
  }
  if (payload?.winner) return `${nameOf(payload.winner)} won by walk-over`;
  return payload?.entrants ? "both forfeited" : "void";
}
