/** One entrant on air. It is moved by transforms alone; what it says changes only when it is different. */

import { Count } from "./counting.js";

/** @typedef {{ position: number, rank: number | null, name: string, tag: string, logo: string, points: number | string, kills: number | string | null, wins: number | string | null, played: number, out: string }} Entry */

const ARROW_MS = 5_000;
const LIGHT_MS = 2_000;

/** @param {string} name @param {Element} parent */
function part(name, parent, tag = "span") {
  return parent.appendChild(Object.assign(document.createElement(tag), { className: name }));
}

/** Only what is different. @param {Text} text @param {string} words */
export function write(text, words) {
  if (text.data !== words) text.data = words;
}

export class Row {
  root = Object.assign(document.createElement("div"), { className: "row gone still", role: "listitem" });
  #rank = part("rank", this.root).appendChild(new Text());
  #logo = /** @type {HTMLImageElement} */ (part("logo", this.root, "img"));
  #tag = part("tag", this.root).appendChild(new Text());
  #name = part("name", this.root).appendChild(new Text());
  #moved = part("moved", this.root);
  #by = this.#moved.appendChild(new Text());
  #kills = part("kills", this.root).appendChild(new Text());
  #points = new Count(part("points", this.root).appendChild(new Text()));
  /** @type {Entry | null} */ #entry = null;
  #place = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #arrow;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #light;

  constructor() {
    this.#logo.alt = "";
    this.#logo.onerror = () => this.#logo.classList.add("none");
  }

  get rank() {
    return this.#entry?.rank ?? null;
  }

  /** What it says. @param {Entry} entry @param {boolean} moves whether the change is news, and not another board */
  say(entry, moves) {
    const before = this.#entry;
    this.#entry = entry;
    const isNews = moves && before !== null;
    write(this.#rank, entry.rank === null ? "–" : String(entry.rank));
    write(this.#tag, entry.tag || entry.name);
    write(this.#name, entry.name);
    this.root.classList.toggle("out", entry.out !== "" && entry.out !== "keep");
    if (before?.logo !== entry.logo) this.#picture(entry.logo);
    this.#points.set(entry.points, isNews);
    write(this.#kills, String(entry.kills ?? ""));
    if (!isNews) return;
    const up = before.rank !== null && entry.rank !== null ? before.rank - entry.rank : 0;
    if (up !== 0) this.#pointUp(up);
    if (entry.rank === 1 && before.rank !== 1) this.#shine();
  }

  /** @param {string} url */
  #picture(url) {
    this.#logo.classList.toggle("none", url === "");
    if (url) this.#logo.src = url;
    else this.#logo.removeAttribute("src");
  }

  /** So many ranks up, down where negative. @param {number} up */
  #pointUp(up) {
    write(this.#by, String(Math.abs(up)));
    this.#moved.className = `moved ${up > 0 ? "up" : "down"}`;
    clearTimeout(this.#arrow);
    this.#arrow = setTimeout(() => { this.#moved.className = "moved"; }, ARROW_MS);
  }

  /** It leads now. */
  #shine() {
    this.root.classList.add("light");
    clearTimeout(this.#light);
    this.#light = setTimeout(() => this.root.classList.remove("light"), LIGHT_MS);
  }

  /** Where it stands; null: not on this page. Who comes does not slide there. @param {import("./places.js").Place | null} place */
  stand(place) {
    const was = this.#place;
    this.#place = place ? `translate3d(${place.x}px, ${place.y}px, 0)` : "";
    if (was === this.#place) return;
    this.root.classList.toggle("still", !was || !place);
    this.root.classList.toggle("gone", !place);
    if (place) this.root.style.transform = this.#place;
  }
}
