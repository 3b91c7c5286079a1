/** The words of a message, as pieces: links lead out without saying where from, names lead to people, code stays code. */

import { html } from "../html.js";
import { user } from "../session.js";
import { isSameName, piecesOf } from "./markup.js";

/** @param {{ text: string, children?: any }} props */
export function Words({ text, children }) {
  return html`<div class="words">${piecesOf(text).map(shown)}${children}</div>`;
}

/** @param {import("./markup.js").Piece} piece */
function shown({ kind, text, href }) {
  if (kind === "link") return html`<a href=${href} rel="nofollow noopener noreferrer ugc" target="_blank">${text}</a>`;
  if (kind === "code") return html`<code>${text}</code>`;
  if (kind === "block") return html`<pre tabindex="0"><code>${text}</code></pre>`;
  if (kind === "name") return named(text);
  return text;
}

/** @param {string} text with its `@` */
function named(text) {
  const name = text.slice(1);
  if (isSameName(name, "everyone")) return html`<span class="mention">${text}</span>`;
  return html`<a class=${isSameName(name, user.value?.username) ? "mention own" : "mention"} href="/people/${name}">${text}</a>`;
}

/** Whether these words name this person. @param {string} text */
export const namesMe = (text) => text.includes("@") && piecesOf(text).some((piece) => piece.kind === "name" && isSameName(piece.text.slice(1), user.value?.username));
