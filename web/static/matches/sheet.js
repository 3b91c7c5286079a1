/** The fields of one match while somebody goes through them. */

import { batch, computed, signal } from "@preact/signals";
import { breachesIn, matchOf, nextOf, openOf, startOf, wrongOf } from "./fields.js";

/**
 * @typedef {import("./fields.js").Field} Field
 * @typedef {import("./fields.js").Side} Side
 * @typedef {import("./fields.js").Answers} Answers
 * @typedef {{ own?: Side | null, names?: [string, string] | null, opponent?: string }} About
 */

export class Sheet {
  /** @type {import("@preact/signals").Signal<Answers>} */ answers = signal({});
  /** The field that is looked at. */
  at = signal(/** @type {string | null} */ (null));
  /** Which side is the person's own; null: they have not said. */
  own = signal(/** @type {Side | null} */ (null));
  /** What was typed for the opponent; null: what the picture says. */
  typedOpponent = signal(/** @type {string | null} */ (null));

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
  breaches = computed(() => breachesIn(this.answers.value));
  wrong = computed(() => new Map(this.fields.value.flatMap((field) => {
    const words = wrongOf(field, this.answers.value[field.id]?.text ?? "");
    return words ? [[field.id, words]] : [];
  })));
  /** The rows of two fields each, without the score. */
  rows = computed(() => {
    const keys = [...new Set(this.fields.value.map(({ key }) => key))].filter((key) => key !== "score");
    const rows = keys.map((key) => this.fields.value.filter((field) => field.key === key));
    const isDoubtful = (/** @type {Field[]} */ row) => row.some(({ doubtful }) => doubtful);
    return { doubtful: rows.filter(isDoubtful), sure: rows.filter((row) => !isDoubtful(row)) };
  });

  /** @param {string} id */
  field(id) {
    return /** @type {Field} */ (this.fields.value.find((field) => field.id === id));
  }

  /** @param {string} id @param {string} text */
  type(id, text) {
    this.answers.value = { ...this.answers.value, [id]: { text, sure: text !== "" } };
  }

  /** The person has looked at this field: what is typed stands, else what was guessed, else nothing. @param {string} id @param {boolean} [empty] it is not shown in the picture */
  settle(id, empty = false) {
    const { text } = /** @type {import("./fields.js").Answer} */ (this.answers.value[id]);
    const { guess } = this.field(id);
    const stands = empty ? "" : text || (guess === null ? "" : String(guess));
    this.answers.value = { ...this.answers.value, [id]: { text: stands, sure: true } };
    return nextOf(this.fields.value, this.answers.value, id);
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

  /** What to tell the API; `own` must be known. */
  match() {
    return { ...matchOf(this.fields.value, this.answers.value, this.own.value ?? "home"), opponent_name: this.opponent.value.trim(), ...(this.own.value && { side: this.own.value }) };
  }
}
