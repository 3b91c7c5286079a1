/** The fields of one match while somebody goes through them. */

import { batch, computed, signal } from "@preact/signals";
import { SIDES } from "./checks.js";
import { breachesIn, matchOf, nextOf, openOf, startOf, wrongOf } from "./fields.js";
import { lobbyFieldsOf, lobbyOf, PLAYER, wrongInLobby } from "./lobby.js";

/**
 * @typedef {import("./fields.js").Field} Field
 * @typedef {import("./fields.js").Side} Side
 * @typedef {import("./fields.js").Answers} Answers
 * @typedef {import("./checks.js").Breach} Breach
 * @typedef {{ own?: Side | null, names?: [string, string] | null, opponent?: string }} About
 */

export const SIDE = "side"; // the question which one they are, among the fields

export class Sheet {
  /** @type {import("@preact/signals").Signal<Answers>} */ answers = signal({});
  /** The field that is looked at. */
  at = signal(/** @type {string | null} */ (null));
  /** Which side is the person's own; null: they have not said. */
  own = signal(/** @type {Side | null} */ (null));
  /** What was typed for the opponent; null: what the picture says. */
  typedOpponent = signal(/** @type {string | null} */ (null));
  /** What stood in fields before each question was answered, the last one at the end. */
  before = signal(/** @type {{ id: string, answer: import("./fields.js").Answer }[]} */ ([]));

  /** Doubtful rows stand first, in the order of the screen. @param {Field[]} fields @param {About} about */
  constructor(fields, { own = null, names = null, opponent = "" }) {
    this.fields = signal(fields);
    this.names = names;
    this.own.value = own;
    if (opponent) this.typedOpponent.value = opponent;
    this.answers.value = Object.fromEntries(fields.map((field) => [field.id, startOf(field)]));
  }

  open = computed(() => openOf(this.fields.value, this.answers.value));
  opponent = computed(() => {
    if (this.typedOpponent.value !== null || !this.names || !this.own.value) return this.typedOpponent.value ?? "";
    return this.names[this.own.value === "home" ? 1 : 0];
  });
  breaches = computed(() => this.broken());
  wrong = computed(() => new Map(this.fields.value.flatMap((field) => {
    const words = this.fault(field, this.answers.value[field.id]?.text ?? "");
    return words ? [[field.id, words]] : [];
  })));
  /** The rows of two fields each, without the score. */
  rows = computed(() => {
    const keys = [...new Set(this.fields.value.map(({ key }) => key))].filter((key) => key !== "score" && key !== "place");
    const rows = keys.map((key) => this.fields.value.filter((field) => field.key === key));
    const isDoubtful = (/** @type {Field[]} */ row) => row.some(({ doubtful }) => doubtful);
    return { doubtful: rows.filter(isDoubtful), sure: rows.filter((row) => !isDoubtful(row)) };
  });

  /** @returns {Breach[]} */
  broken() {
    return breachesIn(this.answers.value);
  }

  /** @param {Field} field @param {string} text @returns {string | null} */
  fault(field, text) {
    return wrongOf(field, text);
  }

  /** @param {string} id */
  field(id) {
    return /** @type {Field} */ (this.fields.value.find((field) => field.id === id));
  }

  /** Whose number this is, as it is called here. @param {Field} field */
  whose({ side }) {
    return this.own.value ? (this.own.value === side ? "you" : "opponent") : this.names?.[SIDES.indexOf(side)] || side;
  }

  /** @param {string} id @param {string} text */
  type(id, text) {
    this.answers.value = { ...this.answers.value, [id]: { text, sure: text !== "" } };
  }

  /** The person has looked at this field: what is typed stands, else what was guessed, else nothing. @param {string} id @param {boolean} [empty] it is not shown in the picture */
  settle(id, empty = false) {
    const answer = /** @type {import("./fields.js").Answer} */ (this.answers.value[id]);
    const { guess, doubtful } = this.field(id);
    const stands = empty ? "" : answer.text || (guess === null ? "" : String(guess));
    if (doubtful) this.before.value = [...this.before.value, { id, answer: { text: "", sure: false } }];
    this.answers.value = { ...this.answers.value, [id]: { text: stands, sure: true } };
    return nextOf(this.fields.value, this.answers.value, id);
  }

  /** The last question is open again; answers its field, null where none was answered. */
  undo() {
    const last = this.before.value.at(-1);
    if (!last) return null;
    batch(() => {
      this.before.value = this.before.value.slice(0, -1);
      this.answers.value = { ...this.answers.value, [last.id]: last.answer };
    });
    return last.id;
  }

  /** A row that the picture does not have. @param {string} key @param {string} label */
  add(key, label) {
    const made = (/** @type {Side} */ side) => ({ id: `${key}.${side}`, key, side, label, read: null, guess: null, doubtful: false, box: null, near: null, picture: 0 });
    const fresh = [made("home"), made("away")].filter(({ id }) => !(id in this.answers.value));
    batch(() => {
      this.answers.value = { ...this.answers.value, ...Object.fromEntries(fresh.map((field) => [field.id, startOf(field)])) };
      this.fields.value = [...this.fields.value, ...fresh];
    });
  }

  /** Where nothing is doubtful: the field that stands next on the page; null after the last. @param {Field} field @returns {string | null} */
  following({ id }) {
    const { doubtful, sure } = this.rows.value;
    if (doubtful.length) return null;
    const ids = ["score.home", "score.away", ...sure.flat().map((one) => one.id)];
    return ids[ids.indexOf(id) + 1] ?? null;
  }

  /** The same side of the row above or below, as they stand on the page. @param {Field} field @param {number} step */
  neighbour({ key, side }, step) {
    const { doubtful, sure } = this.rows.value;
    const keys = ["score", ...[...doubtful, ...sure].map(([one]) => one?.key)];
    return `${keys[Math.min(keys.length - 1, Math.max(0, keys.indexOf(key) + step))]}.${side}`;
  }

  /** What has to be said before the match can stand, and where; nothing where nothing has. @returns {[words: string, at: string | null]} */
  lacking() {
    if (!this.own.value) return ["Say which side you are.", SIDE];
    const empty = ["score.home", "score.away"].filter((id) => !this.answers.value[id]?.text);
    const says = Object.values(this.answers.value).some(({ text }) => text);
    return empty.length === 1 || (empty.length === 2 && !says) ? ["Type the goals of both sides.", empty[0] ?? null] : ["", null];
  }

  /** What to tell the API; `own` must be known. @returns {Record<string, any>} */
  match() {
    return { ...matchOf(this.fields.value, this.answers.value, this.own.value ?? "home"), opponent_name: this.opponent.value.trim(), ...(this.own.value && { side: this.own.value }) };
  }
}

/** A lobby has no sides: a place, and a row for each player, of which one may be the person's own. */
export class LobbySheet extends Sheet {
  /** undefined: they have not said; null: none of them. */
  ownRow = signal(/** @type {number | null | undefined} */ (undefined));

  /** @param {any} reading @param {{ ownRow?: number | null | undefined, asks?: boolean }} about `asks`: what is doubtful is asked */
  constructor(reading, { ownRow, asks = true }) {
    const fields = lobbyFieldsOf(reading);
    super(asks ? fields : fields.map((field) => ({ ...field, doubtful: false })), {});
    this.choose(ownRow);
  }

  /** @param {number | null | undefined} row */
  choose(row) {
    this.ownRow.value = row;
    this.own.value = row === undefined ? null : "home";
  }

  /** How the player of that row is called. @param {string} key "row0" */
  nameIn(key) {
    const field = this.field(`${key}.${PLAYER}`);
    return this.answers.value[field.id]?.text || String(field.guess ?? field.whose ?? "");
  }

  /** @override @returns {Breach[]} */
  broken() {
    const [place, total] = ["place.placement", "place.total"].map((id) => Number(this.answers.value[id]?.text));
    if (!place || !total || place <= total) return [];
    return [{ rule: "placement_of_total", fields: ["place.placement", "place.total"], words: `Place ${place} is behind the last of ${total}.` }];
  }

  /** @override @param {Field} field @param {string} text */
  fault(field, text) {
    return wrongInLobby(field, text);
  }

  /** @override @param {Field} field */
  whose({ whose = "" }) {
    return whose;
  }

  /** @override @param {Field} field @returns {string | null} */
  following({ id }) {
    if (this.rows.value.doubtful.length) return null;
    const ids = this.fields.value.map((one) => one.id);
    return ids[ids.indexOf(id) + 1] ?? null;
  }

  /** The same column of the player above or below. @override @param {Field} field @param {number} step */
  neighbour({ id, key }, step) {
    const { doubtful, sure } = this.rows.value;
    const keys = [...doubtful, ...sure].map(([one]) => one?.key);
    const there = `${keys[keys.indexOf(key) + step]}${id.slice(key.length)}`;
    return there in this.answers.value ? there : id;
  }

  /** @override @returns {[words: string, at: string | null]} */
  lacking() {
    if (!this.own.value) return ["Say which of them you are.", SIDE];
    return Object.values(this.answers.value).some(({ text }) => text) ? ["", null] : ["Type your place.", "place.placement"];
  }

  /** @override @returns {Record<string, any>} */
  match() {
    return { lobby: lobbyOf(this.fields.value, this.answers.value, this.ownRow.value ?? null) };
  }
}
