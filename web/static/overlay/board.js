/** A board as it is seen on air: 1920 by 1080 pixels, made of plates that lie over the game. */

import { HEIGHT, placesOf, WIDTH } from "./places.js";
import { Row, write } from "./row.js";

export { HEIGHT, WIDTH };

/**
 * @typedef {{ theme: string, stage: number | null, group: number | null, rows: number, page_s: number, highlight: number | null,
 *   hidden: boolean, title: string, words: string, accent: string, text: string, plate: string }} Settings
 * @typedef {{ competition: string, stage: string, group: string, settings: Settings, matches_settled: number, matches_count: number }} Meta
 * @typedef {import("./row.js").Entry} Entry
 */

const THEMES = ["table", "ticker", "top_three"];
const PLATE_OPACITY = 0.86;

/** @param {string} name @param {Element | ShadowRoot} parent */
function part(name, parent) {
  return parent.appendChild(Object.assign(document.createElement("div"), { className: name }));
}

export class Board {
  #root;
  #head;
  #title;
  #about;
  #words;
  #line;
  #list;
  /** @type {Map<string, Row>} */ #rows = new Map();
  /** @type {[string, Entry][]} */ #order = [];
  #shown = ""; // which board it is: another one is not news of this one
  #shape = "";
  #page = 0;
  #turns = 0; // seconds
  /** @type {ReturnType<typeof setInterval> | undefined} */ #timer;
  /** @type {import("./places.js").Places} */ #places = placesOf("table", 1, 0);

  /** @param {Element | ShadowRoot} parent */
  constructor(parent) {
    this.#root = part("board away", parent);
    this.#head = part("head", this.#root);
    this.#title = part("title", this.#head).appendChild(new Text());
    const about = part("about", this.#head);
    this.#about = part("facts", about).appendChild(new Text());
    part("kills", about).append("K");
    part("points", about).append("PTS");
    this.#list = part("rows", this.#root);
    this.#list.role = "list";
    this.#words = part("words", this.#root);
    this.#line = this.#words.appendChild(new Text());
  }

  /** @param {number} share of its full size */
  scale(share) {
    this.#root.style.transform = `scale(${share})`;
  }

  /** Nothing is shown. */
  clear() {
    clearInterval(this.#timer);
    this.#root.remove();
  }

  /** What is to be seen from now on. @param {Record<string, any>} state of the topic */
  show(state) {
    const meta = /** @type {Meta | undefined} */ (state["meta"]);
    if (!meta) return;
    const { settings } = meta;
    const board = [settings.stage, settings.group, meta.stage, meta.group].join("\n");
    const isSame = board === this.#shown;
    this.#shown = board;
    this.#order = /** @type {[string, Entry][]} */ (Object.entries(state).filter(([key]) => key.startsWith("row.")))
      .sort(([, one], [, other]) => one.position - other.position);
    this.#dress(meta);
    this.#seat(settings, isSame);
    this.#turnEvery(settings.page_s);
    this.#place();
  }

  /** @param {Meta} meta */
  #dress({ competition, stage, group, settings, matches_settled, matches_count }) {
    this.#places = placesOf(settings.theme, settings.rows, this.#order.length);
    const { head, words, row, shape } = this.#places;
    for (const theme of THEMES) this.#root.classList.toggle(theme, theme === settings.theme);
    this.#root.classList.toggle("away", settings.hidden);
    this.#root.classList.toggle("empty", this.#order.length === 0);
    this.#root.classList.toggle("kills", this.#order.some(([, { kills }]) => kills !== null));
    this.#root.classList.toggle("logos", this.#order.some(([, { logo }]) => logo !== ""));
    if (shape !== this.#shape) this.#root.classList.remove(`as-${this.#shape}`);
    this.#root.classList.add(`as-${shape}`);
    this.#shape = shape;
    this.#colour(settings);
    const style = this.#root.style;
    style.setProperty("--row-width", `${row.width}px`);
    style.setProperty("--row-height", `${row.height}px`);
    write(this.#title, settings.title || competition);
    const played = matches_count ? `${matches_settled}${shape === "cell" ? "/" : " of "}${matches_count} played` : "";
    write(this.#about, [stage, group, played].filter(Boolean).join(" · "));
    write(this.#line, settings.words);
    this.#words.classList.toggle("none", settings.words === "");
    for (const [element, { x, y, width }] of /** @type {[HTMLElement, import("./places.js").Strip][]} */ ([[this.#head, head], [this.#words, words]])) {
      element.style.transform = `translate3d(${x}px, ${y}px, 0)`;
      element.style.width = `${width}px`;
    }
  }

  /** @param {Settings} settings */
  #colour({ accent, text, plate }) {
    const style = this.#root.style;
    const paint = (/** @type {string} */ name, /** @type {string} */ colour) => (colour ? style.setProperty(name, colour) : style.removeProperty(name));
    paint("--accent", accent);
    paint("--text", text);
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(plate.slice(at, at + 2), 16));
    paint("--plate", plate && `rgba(${red}, ${green}, ${blue}, ${PLATE_OPACITY})`);
  }

  /** A row for each entrant, and none for others. @param {Settings} settings @param {boolean} isSame */
  #seat({ highlight }, isSame) {
    const keys = new Set(this.#order.map(([key]) => key));
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.root.remove();
      this.#rows.delete(key);
    }
    for (const [key, entry] of this.#order) {
      let row = this.#rows.get(key);
      if (!row) {
        row = new Row();
        this.#rows.set(key, row);
        this.#list.append(row.root);
      }
      row.say(entry, isSame);
      row.root.classList.toggle("highlight", key === `row.${highlight}`);
      row.root.classList.toggle("first", entry.rank === 1);
    }
  }

  /** @param {number} seconds 0: never */
  #turnEvery(seconds) {
    if (seconds === this.#turns) return;
    this.#turns = seconds;
    clearInterval(this.#timer);
    this.#page = 0;
    if (seconds > 0) this.#timer = setInterval(() => this.#turn(), seconds * 1000);
  }

  #turn() {
    const pages = Math.ceil(this.#order.length / this.#places.page);
    if (pages < 2) return;
    this.#page = (this.#page + 1) % pages;
    this.#place();
  }

  #place() {
    const { page, at } = this.#places;
    if (this.#page * page >= this.#order.length) this.#page = 0;
    const first = this.#page * page;
    this.#order.forEach(([key], index) => {
      const slot = index - first;
      this.#rows.get(key)?.stand(slot >= 0 && slot < page ? at(slot) : null);
    });
  }
}
