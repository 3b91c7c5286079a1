/** What a moderator is about to do; the dialogs stand over every room. */

import { signal } from "@preact/signals";

/**
 * @typedef {import("../session.js").UserCard} UserCard
 * @typedef {{ what: "timeout" | "ban" | "record", card: UserCard } | { what: "versions", room: string, seq: number }
 *   | { what: "pace", standing: import("../chat/standing.js").Standing }} Asked
 */

export const asked = signal(/** @type {Asked | null} */ (null));

/** @param {Asked} act */
export const askModerator = (act) => { asked.value = act; };

/** What can be done to a person. @param {UserCard} card @returns {import("../menu.js").Choice[]} */
export const choicesOn = (card) => [
  { icon: "shield", label: "Record", act: () => askModerator({ what: "record", card }) },
  { icon: "clock", label: "Time out…", act: () => askModerator({ what: "timeout", card }), danger: true },
  { icon: "block", label: "Ban…", act: () => askModerator({ what: "ban", card }), danger: true },
];
