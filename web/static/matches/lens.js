/** What of a picture comes before the eyes: where boxes lie, and how near to look. Pure. */

/**
 * @typedef {[x: number, y: number, width: number, height: number]} Box in pixels of the upright picture
 * @typedef {{ width: number, height: number }} Size
 */

const [LEAST_PX, BEST_PX] = [12, 26]; // as high as what is looked at should stand on the screen
const NEAREST = 4; // times its own pixels: nearer shows nothing more
const FILLED = 0.88; // of the frame, by what should be in sight
const MARGIN = 0.08; // of the frame, that the looked-at stays away from its edge

/** A box as hundredths of its picture, with `room` of its height around it. @param {Box} box @param {Size} picture @param {number} [room] */
export function partOf([x, y, width, height], picture, room = 0.25) {
  const more = height * room;
  const [left, top] = [Math.max(0, x - more), Math.max(0, y - more)];
  const [right, bottom] = [Math.min(picture.width, x + width + more), Math.min(picture.height, y + height + more)];
  const of = (/** @type {number} */ part, /** @type {number} */ whole) => `${Math.round((10_000 * part) / whole) / 100}%`;
  return { left: of(left, picture.width), top: of(top, picture.height), width: of(right - left, picture.width), height: of(bottom - top, picture.height) };
}

/** The smallest box around all of these. @param {Box[]} boxes @returns {Box} */
export function around(boxes) {
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  return [left, top, Math.max(...boxes.map(([x, , width]) => x + width)) - left, Math.max(...boxes.map(([, y, , height]) => y + height)) - top];
}

/**
 * How to lay the picture under a frame, so that `cell` is large enough to read and the first of the `wanted` boxes around it
 * that allows that is in sight: the scale by the picture's own pixels, and the place of its corner in the frame. Without a
 * cell, all of the picture.
 * @param {Size} frame @param {Size} picture @param {Box | null} cell @param {Box[]} wanted the widest first
 */
export function lensOf(frame, picture, cell, wanted) {
  const whole = Math.min(frame.width / picture.width, frame.height / picture.height);
  if (!cell) return placed(frame, picture, whole, [0, 0, picture.width, picture.height]);
  const fit = (/** @type {Box} */ box) => (FILLED * frame.width) / box[2];
  const sight = wanted.find((box) => fit(box) * cell[3] >= LEAST_PX) ?? wanted.at(-1) ?? cell;
  const most = Math.min(NEAREST, fit(cell), (FILLED * frame.height) / cell[3], BEST_PX / cell[3]);
  const scale = Math.max(whole, Math.min(most, Math.max(fit(sight), LEAST_PX / cell[3])));
  return placed(frame, picture, scale, cell, sight);
}

/** The row in the middle, as far as the cell then stays within the frame and no more than needed lies beside the picture. @param {Size} frame @param {Size} picture @param {number} scale @param {Box} cell @param {Box} [row] */
function placed(frame, picture, scale, cell, row = cell) {
  /** @param {"width" | "height"} way @param {0 | 1} at */
  const along = (way, at) => {
    const [long, size] = [frame[way], picture[way] * scale];
    if (size <= long) return (long - size) / 2;
    const [from, to] = [cell[at] * scale, (cell[at] + /** @type {number} */ (cell[at + 2])) * scale];
    const inset = Math.min(MARGIN * long, (long - (to - from)) / 2);
    const middle = (row[at] + /** @type {number} */ (row[at + 2]) / 2) * scale;
    return within(long - size, within(inset - from, long / 2 - middle, long - inset - to), 0);
  };
  return { scale, x: along("width", 0), y: along("height", 1) };
}

/** @param {number} least @param {number} wanted @param {number} most */
const within = (least, wanted, most) => Math.min(most, Math.max(least, wanted));
