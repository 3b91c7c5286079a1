/** Where everything on air stands, in pixels of 1920 by 1080, with a safe edge around it. Pure. */

export const WIDTH = 1920;
export const HEIGHT = 1080;
const EDGE_X = 96;
const EDGE_Y = 54;
const WITHIN = WIDTH - 2 * EDGE_X;
const GAP = 4;
const HEAD = 104; // two lines
const LINE = 56; // the custom line of text
const ROOMY = { most: 14, height: 52 }; // rows in one column
const DENSE = { most: 18, height: 40 };
const COLUMN = 720;
const COLUMN_GAP = 12;
const NARROW = 480; // a column as narrow as this shows tags for names, and points alone
const CELLS = 5; // of the ticker at a time
const LABEL = 360;
const CELL = 92;
const CARD = { width: 520, height: 196, gap: 24, lift: 40 };

/**
 * @typedef {{ x: number, y: number }} Place
 * @typedef {Place & { width: number }} Strip
 * @typedef {{ shape: "wide" | "dense" | "narrow" | "cell" | "card", page: number, row: { width: number, height: number },
 *   head: Strip, words: Strip, at: (slot: number) => Place }} Places `page` rows fit on it; `at` is where the row in that slot stands
 */

/** @param {string} theme @param {number} rows wanted on a page @param {number} count there are @returns {Places} */
export function placesOf(theme, rows, count) {
  const page = Math.max(1, Math.min(rows, count));
  if (theme === "ticker") return ticker(Math.min(page, CELLS));
  if (theme === "top_three") return topThree(Math.min(page, 3));
  return table(page);
}

/** Columns of rows at the left, each filled before the next. @param {number} page @returns {Places} */
function table(page) {
  const { most, height } = page <= ROOMY.most ? ROOMY : DENSE;
  const columns = Math.ceil(page / most);
  const inColumn = Math.ceil(page / columns);
  const width = Math.min(COLUMN, Math.floor((WITHIN - (columns - 1) * COLUMN_GAP) / columns));
  const top = EDGE_Y + HEAD + GAP;
  const whole = columns * (width + COLUMN_GAP) - COLUMN_GAP;
  return {
    shape: columns === 1 && height === ROOMY.height ? "wide" : width <= NARROW ? "narrow" : "dense",
    page,
    row: { width, height },
    head: { x: EDGE_X, y: EDGE_Y, width: whole },
    words: { x: EDGE_X, y: top + inColumn * (height + GAP), width: whole },
    at: (slot) => ({ x: EDGE_X + Math.floor(slot / inColumn) * (width + COLUMN_GAP), y: top + (slot % inColumn) * (height + GAP) }),
  };
}

/** One strip at the bottom. @param {number} page @returns {Places} */
function ticker(page) {
  const y = HEIGHT - EDGE_Y - CELL;
  const width = Math.floor((WITHIN - LABEL) / page) - GAP;
  return {
    shape: "cell",
    page,
    row: { width, height: CELL },
    head: { x: EDGE_X, y, width: LABEL },
    words: { x: EDGE_X, y: y - LINE - GAP, width: WITHIN },
    at: (slot) => ({ x: EDGE_X + LABEL + GAP + slot * (width + GAP), y }),
  };
}

/** The first in the middle and higher, the second at its left, the third at its right. @param {number} page @returns {Places} */
function topThree(page) {
  const { width, height, gap, lift } = CARD;
  const whole = 3 * width + 2 * gap;
  const x = (WIDTH - whole) / 2;
  const y = HEIGHT - EDGE_Y - height;
  return {
    shape: "card",
    page,
    row: { width, height },
    head: { x, y: y - lift - GAP - HEAD, width: whole },
    words: { x, y: y - lift - GAP - HEAD - LINE - GAP, width: whole },
    at: (slot) => ({ x: x + ([1, 0, 2][slot] ?? 0) * (width + gap), y: y - (slot === 0 ? lift : 0) }),
  };
}
