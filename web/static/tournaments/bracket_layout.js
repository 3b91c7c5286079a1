/** Where the matches of a bracket stand, and the lines between them. Pure. */

/**
 * @typedef {import("./shapes.js").MatchCard} MatchCard
 * @typedef {{ match: MatchCard, round: number, x: number, y: number }} Box
 * @typedef {{ from: number, to: number, d: string, known: boolean }} Line from the match of that number to the one that its winner plays; `known` once there is a winner
 * @typedef {{ number: number, name: string, x: number, boxes: Box[] }} Round
 */

export const BOX = { width: 180, height: 64, gapX: 32, gapY: 20, head: 36 };

/** "Final", "Semi-finals", "Quarter-finals", "Round of 16". @param {number} round @param {number} last */
export function roundName(round, last) {
  return ["Final", "Semi-finals", "Quarter-finals"][last - round] ?? `Round of ${2 ** (last - round + 1)}`;
}

/**
 * The bracket from the left, each match in the middle of those that lead to it. Whoever comes to a match without playing one
 * before leaves no gap.
 * @param {MatchCard[]} matches of one stage
 * @returns {{ rounds: Round[], lines: Line[], width: number, height: number }}
 */
export function layOut(matches) {
  const byNumber = new Map(matches.map((match) => [match.number, match]));
  const played = matches.filter((match) => !isBye(match, matches));
  const shown = new Set(played.map(({ number }) => number));
  const last = Math.max(1, ...played.map(({ round }) => round));
  const first = Math.min(last, ...played.map(({ round }) => round));
  /** @type {Map<number, number>} */
  const rows = new Map();
  let free = 0;
  const place = (/** @type {MatchCard} */ match) => {
    const before = match.sides.flatMap(({ feeder }) => (feeder !== null && shown.has(feeder) ? [feeder] : []));
    for (const number of before) place(/** @type {MatchCard} */ (byNumber.get(number)));
    const places = before.map((number) => rows.get(number) ?? 0);
    rows.set(match.number, places.length ? places.reduce((sum, one) => sum + one, 0) / places.length : free++);
  };
  const fed = new Set(played.flatMap(({ sides }) => sides.map(({ feeder }) => feeder)));
  for (const match of [...played].sort((one, other) => other.round - one.round || one.number - other.number)) if (!fed.has(match.number)) place(match);
  const boxOf = (/** @type {MatchCard} */ match) => ({
    match, round: match.round, x: (match.round - first) * (BOX.width + BOX.gapX), y: BOX.head + (rows.get(match.number) ?? 0) * (BOX.height + BOX.gapY) });
  const boxes = new Map(played.map((match) => [match.number, boxOf(match)]));
  const rounds = Array.from({ length: last - first + 1 }, (_, at) => roundOf(first + at, last, first, [...boxes.values()]));
  return { rounds, lines: linesOf(boxes), width: rounds.length * (BOX.width + BOX.gapX) - BOX.gapX, height: BOX.head + Math.max(1, free) * (BOX.height + BOX.gapY) - BOX.gapY };
}

/** @param {number} number @param {number} last @param {number} first @param {Box[]} boxes @returns {Round} */
const roundOf = (number, last, first, boxes) => ({
  number, name: roundName(number, last), x: (number - first) * (BOX.width + BOX.gapX),
  boxes: boxes.filter(({ round }) => round === number).sort((one, other) => one.y - other.y) });

/** Whether nobody plays there: one side for which no other will come, who stands in the next round already. @param {MatchCard} match @param {MatchCard[]} matches */
const isBye = ({ sides }, matches) => matches.length > 1 && sides.filter(({ entrant }) => entrant).length === 1 && sides.every(({ feeder }) => feeder === null);

/** @param {Map<number, Box>} boxes @returns {Line[]} */
function linesOf(boxes) {
  return [...boxes.values()].flatMap((to) => to.match.sides.flatMap(({ slot, feeder }) => {
    const from = feeder === null ? undefined : boxes.get(feeder);
    if (!from) return [];
    const [x1, y1, x2] = [from.x + BOX.width, from.y + BOX.height / 2, to.x];
    const y2 = to.y + BOX.height * (slot === 0 ? 0.25 : 0.75);
    const middle = x1 + (x2 - x1) / 2;
    return [{ from: from.match.number, to: to.match.number, d: `M${x1} ${y1}H${middle}V${y2}H${x2}`, known: from.match.winner !== null }];
  }));
}

/**
 * The match that an arrow key leads to from `number`: left to who leads there, right to where its winner goes, up and down in its round.
 * @param {Round[]} rounds @param {number} number @param {string} key
 * @returns {number | null}
 */
export function neighbour(rounds, number, key) {
  const round = rounds.find(({ boxes }) => boxes.some(({ match }) => match.number === number));
  const at = round?.boxes.findIndex(({ match }) => match.number === number) ?? -1;
  if (!round || at < 0) return null;
  const box = /** @type {Box} */ (round.boxes[at]);
  if (key === "ArrowUp" || key === "ArrowDown") return round.boxes[at + (key === "ArrowUp" ? -1 : 1)]?.match.number ?? null;
  if (key === "ArrowLeft") return box.match.sides.map(({ feeder }) => feeder).find((feeder) => feeder !== null && rounds.some(({ boxes }) => boxes.some(({ match }) => match.number === feeder))) ?? null;
  if (key === "ArrowRight") return rounds.flatMap(({ boxes }) => boxes).find(({ match }) => match.sides.some(({ feeder }) => feeder === number))?.match.number ?? null;
  return null;
}
