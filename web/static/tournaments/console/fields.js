/** Between the fields of a competition's form and what the API takes. Pure. */

import { fieldOf, instantOf } from "./times.js";

/** @typedef {import("../shapes.js").Competition} Competition */

const TIMES = /** @type {const} */ (["reg_opens", "reg_closes", "checkin_opens", "checkin_closes", "starts_at"]);
/** @type {Record<string, string>} */
const CALLED = { reg_opens: "the opening of registration", reg_closes: "its close", checkin_opens: "the opening of check-in", checkin_closes: "the close of check-in", starts_at: "the start" };

/** Everything that the form says. @param {Record<string, string>} values */
export function bodyOf(values) {
  const times = Object.fromEntries(TIMES.map((name) => [name, instantOf(values[name])]));
  return {
    title: values["title"], game: values["game"], mode: values["mode"], capacity: whole(values["capacity"]), waitlist_capacity: whole(values["waitlist_capacity"]),
    visibility: values["visibility"], rules_text: values["rules_text"] ?? "", time_zone: values["time_zone"], prizes: prizesOf(values["prizes"] ?? ""),
    confirm_window_s: 60 * whole(values["confirm_window_s"]), protest_window_s: 60 * whole(values["protest_window_s"]), auto_confirm: values["auto_confirm"] === "on", ...times,
  };
}

/** What of it is otherwise than it was: times are compared as fields show them, to the minute. @param {Record<string, string>} values @param {Competition} meta */
export function changesOf(values, meta) {
  const was = /** @type {Record<string, any>} */ (meta);
  return Object.fromEntries(Object.entries(bodyOf(values)).filter(([name, now]) => {
    if (TIMES.some((one) => one === name)) return fieldOf(was[name]) !== fieldOf(/** @type {string | null} */ (now));
    return JSON.stringify(was[name]) !== JSON.stringify(now);
  }));
}

/** "1: ₹5,000" a line. @param {string} text */
export const prizesOf = (text) => text.split("\n").filter((line) => line.trim()).map((line) => {
  const [places = "", ...prize] = line.split(":");
  return { places: places.trim().replace("–", "-"), prize: prize.join(":").trim() };
});

/** @param {string | undefined} text */
const whole = (text) => Math.round(Number(text ?? 0)) || 0;

/** A refusal with its fields told in words. @param {import("../../session.js").ApiError} error @returns {never} */
export function inWords(error) {
  const fields = Object.fromEntries(Object.entries(error.fields).map(([name, said]) => [name, [said].flat().map(told)]));
  throw Object.assign(error, { fields });
}

/** @param {unknown} said */
function told(said) {
  const words = typeof said === "string" ? said : "One of them cannot be so: a place or a range, a colon, the prize.";
  const found = /^(\w+) comes after (\w+)\.$/.exec(words);
  const [, later = "", earlier = ""] = found ?? [];
  if (!found || !(later in CALLED) || !(earlier in CALLED)) return words.replace("This field may not be null.", "Say when.");
  return `This is not after ${CALLED[earlier]}.`;
}
