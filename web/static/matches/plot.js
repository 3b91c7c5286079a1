/** Where the marks of a plot stand, in the plot's own units: pure. */

/** @typedef {{ x: number, width: number, up: number, down: number }} Bar `up` and `down` are heights from the line */

/** Bars above and below one line, as high together as the plot. @param {[up: number | null, down: number | null][]} pairs @param {{ width: number, height: number, most?: number, gap?: number }} frame */
export function barsUpDown(pairs, { width, height, most = 28, gap = 2 }) {
  const highest = (/** @type {0 | 1} */ way) => Math.max(0, ...pairs.map((pair) => pair[way] ?? 0));
  const unit = (height - 2) / Math.max(1, highest(0) + highest(1));
  const step = Math.min(most, width / Math.max(1, pairs.length));
  /** @type {Bar[]} */
  const bars = pairs.map(([up, down], place) => ({ x: place * step, width: Math.max(1, step - gap), up: (up ?? 0) * unit, down: (down ?? 0) * unit }));
  return { middle: highest(0) * unit + 1, bars };
}

/** The path of a line through values of 0 to 100, broken where one is missing. @param {(number | null)[]} values @param {{ width: number, height: number }} frame */
export function lineThrough(values, { width, height }) {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  let pen = false;
  return values.map((value, place) => {
    const drawn = value === null ? "" : `${pen ? "L" : "M"}${round(values.length > 1 ? place * step : width / 2)} ${round(height - (value / 100) * height)}`;
    pen = value !== null;
    return drawn;
  }).join("");
}

/** The mean of the last `span` values at each of them; null as long as none is known. @param {(number | null)[]} values @param {number} span */
export function smoothed(values, span) {
  return values.map((_, place) => {
    const near = values.slice(Math.max(0, place - span + 1), place + 1).filter((one) => one !== null);
    return near.length ? near.reduce((sum, one) => sum + one, 0) / near.length : null;
  });
}

/** @param {number} value */
const round = (value) => Math.round(value * 10) / 10;
