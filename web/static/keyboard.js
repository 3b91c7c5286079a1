/** What keys do, outside of fields. */

import { signal } from "@preact/signals";
import { search } from "./accounts/people.js";
import { Dialog } from "./components.js";
import { html } from "./html.js";
import { go } from "./router.js";

const SECOND_KEY_MS = 1_500;

/** The rooms that `g` leads to. */
export const ROOM_KEYS = { n: "/", l: "/lists", p: "/play", m: "/matches", e: "/me", c: "/chat" };
const HELP = [
  ["/", "Find people"], ["g then n, l, p, m, e", "Now, Lists, Play, Matches, Me"], ["g then c", "Chat"], ["?", "This help"],
  ["@", "Name somebody"], ["Enter", "Send the message"], ["Shift Enter", "Start a new line"], ["↑ in an empty message", "Edit your last message"],
  ["↑ ↓ on a message", "Move between messages"], ["Esc", "Cancel, close"],
];

const helping = signal(false);
let leaderAt = -Infinity;

export function startKeyboard() {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
    const room = event.timeStamp - leaderAt < SECOND_KEY_MS ? /** @type {Record<string, string>} */ (ROOM_KEYS)[event.key] : undefined;
    leaderAt = event.key === "g" ? event.timeStamp : -Infinity;
    if (room) go(room);
    else if (event.key === "/") search();
    else if (event.key === "?") helping.value = true;
    else return;
    event.preventDefault();
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, dialog") !== null;
}

export function HelpDialog() {
  if (!helping.value) return null;
  return html`<${Dialog} label="Keys" onclose=${() => { helping.value = false; }}>
    <dl class="keys">${HELP.map(([keys, what]) => html`<dt><kbd>${keys}</kbd></dt><dd>${what}</dd>`)}</dl><//>`;
}
