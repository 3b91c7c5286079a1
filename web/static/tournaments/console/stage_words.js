/** A stage between its form, the API and words. Pure. */

import { counted } from "../../words.js";
import { FORMATS } from "../words.js";

/** @typedef {import("../shapes.js").Stage} Stage */

/** @type {Record<string, string>} */
export const SEEDINGS = { draw: "Drawn by lot", rank: "By rank on the board", snake: "By rank, in a snake", hand: "By hand" };
/** @type {Record<string, string>} */
export const STAGE_STATES = { planned: "Not drawn yet", drawn: "Drawn", settled: "All results are in", locked: "The next stage is played" };

/** "the first 2 of each group and the best 2 of the next go on". @param {Stage["advance"]} advance */
export function advanceWords(advance) {
  if (!advance) return "";
  const carry = /** @type {any} */ (advance).carry;
  const points = carry === "all" ? ", with their points" : carry && carry !== "none" ? ", with a head start" : "";
  if (advance.overall) return `The first ${advance.overall} of all go on${points}.`;
  return `The first ${advance.per_group} of each group${advance.best_next ? `, and the best ${advance.best_next} of the next,` : ""} go on${points}.`;
}

/** "Lobby, 2 groups, 6 matches each". @param {Stage} stage */
export function shapeWords({ format, groups_count, plan, seeding }) {
  const matches = format === "lobby" ? `${counted(plan.matches ?? 1, "match", "matches")}${groups_count > 1 ? " a group" : ""}` : "";
  const length = format !== "lobby" && (plan.best_of ?? 1) > 1 ? `best of ${plan.best_of}` : "";
  const legs = format === "round_robin" && (plan.legs ?? 1) > 1 ? `${plan.legs} times` : "";
  return [FORMATS[format], legs, groups_count > 1 ? counted(groups_count, "group") : "", matches, length, SEEDINGS[seeding]?.toLowerCase() ?? ""].filter(Boolean).join(", ");
}

/** What the form says, for the API. @param {Record<string, string>} values @param {boolean} drawn its shape stays once it is @param {any} [before] the plan as it was */
export function stageChanges(values, drawn, before = {}) {
  const { name, format = "lobby", seeding, groups_count, profile, chain, goes = "none", going, best_next, carry } = values;
  const number = (/** @type {string | undefined} */ text) => Math.round(Number(text ?? 0)) || 0;
  const rule = goes === "overall" ? { overall: number(going) } : { per_group: number(going), best_next: number(best_next) };
  const maps = (values["maps"] ?? "").split(",").map((one) => one.trim()).filter(Boolean);
  const own = format === "lobby" ? { matches: number(values["matches"]), games: number(values["games"]) || 1 } : format === "round_robin" ? { legs: number(values["legs"]) || 1, best_of: number(values["best_of"]) || 1, draws: values["draws"] === "on" } : { best_of: number(values["best_of"]) || 1 };
  const shape = drawn ? {} : { format, seeding, groups_count: number(groups_count), plan: { ...kept(before), ...own, maps } };
  return { name, ...shape, ...(profile && { profile }), ...(chain && { chain }), advance: goes === "none" ? null : { ...rule, carry: carry === "all" ? "all" : "none" } };
}

/** What the form does not show of a plan. @param {any} plan */
const kept = ({ matches: _, games: __, legs: ___, best_of: ____, draws: _____, maps: ______, ...more }) => more;
