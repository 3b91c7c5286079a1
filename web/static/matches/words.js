/** What is on a result screen, and what became of a picture, in the words people use: pure. */

/** @type {Record<string, string>} Where the words of a key alone would not be understood. */
const LABELS = {
  beaten_by_opponent: "Beaten by opponent", breakaway: "Breakaways", crosses: "Crosses", down_wing: "Down the wing", far_side: "Far side", first_time: "First time",
  inside_box: "Inside the box", near_side: "Near side", outside_box: "Outside the box", pass_ground: "Ground passes", pass_lob: "Lobs", pass_lobbed_through: "Lobbed through balls",
  pass_through: "Through balls", passes_other: "Other lost passes", shot_chip: "Chip shots", shot_finesse: "Finesse shots", shot_header: "Headers", shot_normal: "Normal shots",
  shot_power: "Power shots", shot_volley: "Volleys", ball_recovery_time: "Ball recovery (seconds)",
};

/** "Shots on target". @param {string} key */
export const labelOf = (key) => LABELS[key] ?? capital(key.replaceAll("_", " "));

/** @type {Record<string, string>} */
const GAMES = { efootball: "eFootball", efootball_mobile: "eFootball Mobile", ea_fc: "EA FC", bgmi: "BGMI" };
/** @type {Record<string, string>} */
const SHORT = { ea: "EA", fc: "FC", fifa: "FIFA", pes: "PES", pubg: "PUBG", bgmi: "BGMI", efootball: "eFootball" };

/** "EA FC 24", "eFootball Mobile"; empty where the game is not known. @param {string | null | undefined} game */
export const gameOf = (game) => (game ? GAMES[game] ?? game.split("_").map((part) => SHORT[part] ?? capital(part)).join(" ") : "");

/** Whether the numbers of this row are hundredths of something. @param {string} key */
export const isShare = (key) => key === "possession" || /_(accuracy|success)$/.test(key);

/** "42 %", "3.3", "–" where nothing is known: a missing number is not a nought (S2). @param {string} key @param {number | null | undefined} value */
export const shownOf = (key, value) => (value === null || value === undefined ? "–" : `${value.toLocaleString()}${isShare(key) ? " %" : ""}`);

/** @type {Record<string, [string, string]>} What is the matter with a picture, and what to do about it (S13). */
const REASONS = {
  unsupported_format: ["This file is not a picture that can be read", "Send a screenshot as PNG, JPEG, WebP or HEIC: one picture, nothing that moves."],
  too_large: ["The picture is too large", "Send it with at most 12 megapixels and 8 MB; a screenshot as your phone makes it is fine."],
  too_small: ["The picture is too small to read", "Send the screenshot itself, not a preview of it: at least 320 pixels on the short side."],
  truncated: ["A part of the file is missing", "It broke off on its way. Choose the picture again and wait until it is sent."],
  no_table: ["No table of statistics was found in it", "Open the match's statistics in the game, with both columns of numbers in sight, and take the picture there."],
  wrong_screen: ["This is another screen of the game", "Open the match's statistics, not the line-up, the menu or the rewards, and take the picture there."],
  took_too_long: ["Reading this picture took too long", "Cut it to the table of statistics, or type the match in."],
  reader_failed: ["This picture was not read", "Something went wrong at our end. Send the picture again, or type the match in."],
  picture_lost: ["The picture got lost", "Something went wrong at our end. Send the picture again, or type the match in."],
};
const UNREAD = /** @type {[string, string]} */ (["This picture could not be read", "Try another picture of the same screen, or type the match in."]);

/** Why a picture was not read, and what to do. @param {string | null | undefined} reason */
export const reasonWords = (reason) => (reason ? REASONS[reason] : null) ?? UNREAD;

/** @type {Record<string, { letter: string, words: string }>} */
export const RESULTS = { win: { letter: "W", words: "Won" }, draw: { letter: "D", words: "Drawn" }, loss: { letter: "L", words: "Lost" } };

/** Which of them a score is; null as long as one half is missing. @param {number | null | undefined} own @param {number | null | undefined} other */
export function resultOf(own, other) {
  if (own === null || own === undefined || other === null || other === undefined) return null;
  return own > other ? "win" : own < other ? "loss" : "draw";
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
