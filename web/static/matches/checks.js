/** What holds between the numbers of one side or of both, and what to say at the fields where it does not: pure. */

/**
 * @typedef {"home" | "away"} Side
 * @typedef {(key: string, side: Side) => number | null} Look
 * @typedef {{ rule: string, fields: string[], words: string }} Breach `fields` are ids as "passes.home"
 */

/** @type {[part: string, whole: string][]} No part is more than its whole. */
const PARTS = [
  ["completed_passes", "passes"], ["shots_on_target", "shots"], ["tackles_won", "tackles"], ["standing_tackles_won", "standing_tackles"],
  ["sliding_tackles_won", "sliding_tackles"], ["shots_blocked", "shots"],
];
/** @type {[whole: string, parts: string[]][]} Parts which make the whole. */
const SUMS = [
  ["shots", ["shots_on_target", "shots_off_target", "shots_blocked"]], ["shots", ["inside_box", "outside_box"]], ["tackles", ["standing_tackles", "sliding_tackles"]],
];
/** @type {Side[]} */
export const SIDES = ["home", "away"];

/** Every rule of redundancy that these numbers break; what is missing breaks none. @param {Look} look @param {(key: string) => string} name @returns {Breach[]} */
export function breachesOf(look, name) {
  return [...possession(look), ...SIDES.flatMap((side) => [...parts(look, name, side), ...sums(look, name, side), ...accuracy(look, side)])];
}

/** @param {Look} look @returns {Breach[]} */
function possession(look) {
  const [home, away] = SIDES.map((side) => look("possession", side));
  if (home == null || away == null || home + away === 100) return [];
  return [{ rule: "possession", fields: ["possession.home", "possession.away"], words: `Both together make ${home + away} %, and not 100.` }];
}

/** @param {Look} look @param {(key: string) => string} name @param {Side} side @returns {Breach[]} */
function parts(look, name, side) {
  return PARTS.flatMap(([part, whole]) => {
    const [some, all] = [look(part, side), look(whole, side)];
    if (some === null || all === null || some <= all) return [];
    return [{ rule: `${part}_of_${whole}`, fields: [`${part}.${side}`, `${whole}.${side}`], words: `${name(part)} (${some}) cannot be more than ${name(whole).toLowerCase()} (${all}).` }];
  });
}

/** @param {Look} look @param {(key: string) => string} name @param {Side} side @returns {Breach[]} */
function sums(look, name, side) {
  return SUMS.flatMap(([whole, keys]) => {
    const all = look(whole, side);
    const found = keys.map((key) => look(key, side));
    if (all === null || found.some((one) => one === null)) return [];
    const sum = found.reduce((/** @type {number} */ so_far, one) => so_far + Number(one), 0);
    if (sum === all) return [];
    const words = `${keys.map((key) => name(key)).join(", ")} make ${sum}, and ${name(whole).toLowerCase()} says ${all}.`;
    return [{ rule: `sum_of_${whole}`, fields: [...keys, whole].map((key) => `${key}.${side}`), words }];
  });
}

/** @param {Look} look @param {Side} side @returns {Breach[]} */
function accuracy(look, side) {
  const [on, shots, share] = ["shots_on_target", "shots", "shot_accuracy"].map((key) => look(key, side));
  if (on == null || !shots || share == null) return [];
  const exact = (100 * on) / shots;
  if (Math.abs(exact - share) < 1.01) return [];
  return [{ rule: "shot_accuracy", fields: ["shot_accuracy", "shots_on_target", "shots"].map((key) => `${key}.${side}`), words: `${on} of ${shots} shots are ${Math.floor(exact)} %, and not ${share}.` }];
}
