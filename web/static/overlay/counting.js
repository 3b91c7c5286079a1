/** Numbers that count up to what they become, all of them in the same few frames, so that the others are free to move. */

const STEPS = 5;
const TAKES_MS = 600;
const WHOLE = /^-?\d+$/;

/** @type {Set<Count>} */
const running = new Set();

function tick() {
  const now = performance.now();
  for (const count of running) if (!count.step(now)) running.delete(count);
  if (running.size) setTimeout(tick, TAKES_MS / STEPS);
}

export class Count {
  #text;
  #from = 0;
  #to = "";
  #begun = 0;

  /** @param {Text} text where it is written */
  constructor(text) {
    this.#text = text;
  }

  /** @param {number | string} value a fraction is text, and does not count @param {boolean} moves */
  set(value, moves) {
    const to = String(value);
    if (to === this.#to) return;
    this.#to = to;
    const from = this.#text.data;
    if (moves && WHOLE.test(from) && WHOLE.test(to)) {
      [this.#from, this.#begun] = [Number(from), performance.now()];
      if (running.size === 0) setTimeout(tick, TAKES_MS / STEPS);
      running.add(this);
    } else {
      running.delete(this);
      this.#write(to);
    }
  }

  /** @param {number} now @returns {boolean} whether it goes on */
  step(now) {
    const share = Math.min(1, Math.max(0, (now - this.#begun) / TAKES_MS));
    this.#write(share === 1 ? this.#to : String(Math.round(this.#from + (Number(this.#to) - this.#from) * share)));
    return share < 1;
  }

  /** @param {string} text */
  #write(text) {
    if (this.#text.data !== text) this.#text.data = text;
  }
}
