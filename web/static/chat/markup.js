/** What a text is made of: words, links, names of people and code. All of it is shown as text, none of it as markup. */

/** @typedef {{ kind: "words" | "link" | "name" | "code" | "block", text: string, href?: string }} Piece */

const NAME_LEAST = 3; // characters
const NAME_MOST = 30;
/** A fenced block, open or closed, or a span: it ends with as many backticks as it began with. The server cuts the same. */
const CODE = /^ {0,3}(?<fence>`{3,}(?=[^`\n]*$)|~{3,})(?<hint>[^\n]*)$(?<block>[^]*?)(?:^ {0,3}\k<fence>[`~]*[ \t]*$|(?![^]))|(?<!`)(?<ticks>`+)(?!`)(?<span>[^]+?)(?<!`)\k<ticks>(?!`)/gm;
const LINK_OR_NAME = /https?:\/\/[^\s<>"]+|(?<![\p{L}\p{N}_.+/@-])@[\p{L}\p{N}_][\p{L}\p{N}_.-]*(?![\p{L}\p{N}_@])/giu;
const ASKED = /(?<![\p{L}\p{N}_.+/@-])@([\p{L}\p{N}_.-]{0,30})$/u;

/** The pieces of `text`, in order. @param {string} text @returns {Piece[]} */
export function piecesOf(text) {
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(CODE)) {
    const code = codeOf(match);
    pieces.push(...spoken(text.slice(from, match.index)), code);
    from = match.index + match[0].length;
    if (code.kind === "block" && text[from] === "\n") from++; // a block ends its line itself
  }
  pieces.push(...spoken(text.slice(from)));
  return pieces;
}

/** The same as one line, for places that have no more room. @param {string} text */
export const lineOf = (text) => piecesOf(text).map((piece) => piece.text).join("").trim().split("\n")[0] ?? "";

/** The word beside an opening fence names a language; more than one word is part of the code. @param {RegExpMatchArray} match @returns {Piece} */
function codeOf({ groups: { fence, hint = "", block = "", span = "" } = {} }) {
  if (!fence) return { kind: span.includes("\n") ? "block" : "code", text: span.replace(/^\n|\n$/g, "") };
  return { kind: "block", text: (/^\s*\S*\s*$/.test(hint) ? block : hint + block).replace(/^\n|\n$/g, "") };
}

/** Text outside of code. @param {string} text @returns {Piece[]} */
function spoken(text) {
  /** @type {Piece[]} */
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(LINK_OR_NAME)) {
    const piece = match[0].startsWith("@") ? nameOf(match[0]) : linkOf(match[0]);
    if (!piece) continue;
    if (match.index > from) pieces.push({ kind: "words", text: text.slice(from, match.index) });
    pieces.push(piece);
    from = match.index + piece.text.length;
  }
  if (from < text.length) pieces.push({ kind: "words", text: text.slice(from) });
  return pieces;
}

/** `@name` without the full stop behind it. @param {string} found @returns {Piece | null} */
function nameOf(found) {
  const text = found.replace(/[.-]+$/, "");
  const length = [...text].length - 1;
  return length >= NAME_LEAST && length <= NAME_MOST ? { kind: "name", text } : null;
}

/** A link ends before closing punctuation, but keeps brackets that it opened. @param {string} found @returns {Piece | null} */
function linkOf(found) {
  let href = found.replace(/[.,;:!?'"…]+$/, "");
  while (href.endsWith(")") && href.split("(").length < href.split(")").length) href = href.slice(0, -1);
  return URL.canParse(href) ? { kind: "link", text: href, href } : null;
}

/** Whether two names are the same person's. @param {string} one @param {string | null | undefined} other */
export const isSameName = (one, other) => keyOf(one) === keyOf(other ?? "");
/** @param {string} name */
const keyOf = (name) => name.normalize("NFKC").toLowerCase().normalize("NFKC");

/**
 * The name that is being written right before the caret, and where its `@` stands; null when none is.
 * @param {string} text
 * @param {number} caret
 */
export function askedName(text, caret) {
  const match = ASKED.exec(text.slice(0, caret));
  if (!match) return null;
  const inCode = [...text.matchAll(CODE)].some((code) => code.index < match.index && match.index < code.index + code[0].length);
  return inCode ? null : { at: match.index, name: match[1] ?? "" };
}

/** @typedef {import("../session.js").UserCard} UserCard */

/**
 * Who may be meant by the beginning of a name: those whose username begins so before those whose shown name does.
 * @param {UserCard[]} people
 * @param {string} begun
 * @param {number} most
 */
export function meant(people, begun, most) {
  const key = keyOf(begun);
  const once = [...new Map(people.filter(({ username }) => username).map((card) => [card.id, card])).values()];
  const byUsername = once.filter(({ username }) => keyOf(username ?? "").startsWith(key));
  const byName = once.filter((card) => !byUsername.includes(card) && keyOf(card.name).split(" ").some((word) => word.startsWith(key)));
  return [...byUsername, ...byName].slice(0, most);
}
