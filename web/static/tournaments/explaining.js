/** Why one entrant is above another, in words. Pure. */

import { counted } from "../words.js";

/**
 * @typedef {import("./shapes.js").Explanation} Explanation
 * @typedef {import("./shapes.js").Compared} Compared
 */

/** @type {Record<string, string>} */
const NAMES = {
  points: "points", wins: "wins", kills: "kills", placement_points: "placement points", best_placement: "best placement", last_placement: "placement in the last match",
  average_placement: "average placement", average_kills: "kills a match", survival_s: "survival time", goal_difference: "goal difference", map_difference: "game difference",
  round_difference: "round difference", goals_for: "goals scored", fair_play: "fair play", opponents_points: "opponents' points", lot: "the lot",
};
/** @type {Record<string, string>} What is said of a disqualified one's results. */
const OUTS = { keep: "is disqualified and keeps its results", annul: "is disqualified and its matches count for nobody", last: "is disqualified and comes last" };

/** "points in their own matches". @param {Compared} compared */
export function criterionOf({ criterion, scope, among }) {
  const name = NAMES[criterion] ?? criterion.replaceAll("_", " ");
  if (scope !== "tied") return name;
  return among.length > 2 ? `${name} among the ${among.length} who were tied` : `${name} between the two`;
}

/** A value as people read it. @param {string} criterion @param {number | string} value */
export function valueOf(criterion, value) {
  if (typeof value === "string") return value;
  if (criterion.endsWith("_difference") && value > 0) return `+${value}`;
  if (criterion === "survival_s") return `${Math.floor(value / 60)}:${String(value % 60).padStart(2, "0")}`;
  return value < 0 ? `−${-value}` : value.toLocaleString();
}

/** Whether both have that value. @param {Compared} compared */
const equal = ({ values }) => values !== null && String(values[0]) === String(values[1]);

/** Why the first row stands where it does beside the second. @param {Explanation} explanation @returns {{ title: string, words: string }} */
export function explain({ rows, reason, asked }) {
  const [one, other] = rows;
  if (!one || !other) return { title: "", words: "" };
  const [upper, lower] = one.position <= other.position ? [one, other] : [other, one];
  const flipped = upper !== one;
  const title = reason === "tied" ? `${upper.entrant.name} and ${lower.entrant.name} share ${upper.rank === null ? "their place" : `rank ${upper.rank}`}` : `Why is ${upper.entrant.name} above ${lower.entrant.name}?`;
  if (reason === "placed") {
    const who = [upper, lower].filter(({ placed }) => placed).map(({ entrant }) => entrant.name);
    return { title, words: `${who.join(" and ") || upper.entrant.name} ${who.length > 1 ? "were" : "was"} put there by hand, with a reason in the log.` };
  }
  if (reason === "out") return { title, words: outWords(lower.out ? lower : upper) };
  return { title, words: reason === "tied" ? tiedWords(asked) : decidedWords(asked, flipped) };
}

/** @param {import("./shapes.js").Standing} row */
const outWords = ({ entrant, out }) => `${entrant.name} ${OUTS[out] ?? "is disqualified"}.`;

/** @param {Compared[]} asked */
function tiedWords(asked) {
  const same = asked.filter(equal);
  return same.length ? `Equal on ${listed(same)}. Nothing that is asked separates them.` : "Nothing that is asked separates them.";
}

/** @param {Compared[]} asked @param {boolean} flipped */
function decidedWords(asked, flipped) {
  const last = asked.at(-1);
  if (!last?.values) return "The order follows from the log.";
  const same = asked.slice(0, -1).filter(equal);
  const [first, second] = flipped ? [last.values[1], last.values[0]] : last.values;
  const decision = last.criterion === "lot" ? "the recorded lot decides" : `${criterionOf(last)} ${NAMES[last.criterion]?.endsWith("s") ? "decide" : "decides"}, ${valueOf(last.criterion, first ?? 0)} to ${valueOf(last.criterion, second ?? 0)}`;
  if (!same.length) return `${decision.charAt(0).toUpperCase()}${decision.slice(1)}.`;
  return `Equal on ${listed(same)}; ${decision}.`;
}

/** "points (41), wins (1) and kills (20)". @param {Compared[]} asked */
function listed(asked) {
  const parts = asked.map((one) => `${criterionOf(one)} (${valueOf(one.criterion, /** @type {any} */ (one.values)[0])})`);
  const last = parts.pop();
  return parts.length ? `${parts.join(", ")} and ${last}` : `${last}`;
}

/** What was asked and not answered, if anything. @param {Compared[]} asked */
export function passedOver(asked) {
  const passed = asked.filter(({ values }) => values === null);
  if (!passed.length) return "";
  return `${counted(passed.length, "criterion", "criteria")} passed over: ${passed.map(criterionOf).join(", ")}.`;
}
