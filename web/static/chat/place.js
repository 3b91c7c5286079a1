/** Where in a conversation the person is. */

import { signal } from "@preact/signals";
import { toast } from "../components.js";

const JUMP_PAGES = 20;
const POINTED_MS = 3_000;

/** The message whose actions show: under the pointer, focused or touched. */
export const active = signal(/** @type {number | null} */ (null));
/** The message that somebody was just led to. */
export const pointed = signal(/** @type {number | null} */ (null));

/** Show a message, loading older pages until it is here. @param {import("./conversation.js").Conversation} room @param {number} seq */
export async function jumpTo(room, seq) {
  for (let page = 0; page < JUMP_PAGES && !document.getElementById(`m${seq}`) && room.hasOlder.value; page++) {
    await room.older();
    if (room.olderRefused.value) break;
    await new Promise(requestAnimationFrame);
  }
  const row = document.getElementById(`m${seq}`);
  if (!row) return toast("That message is too far back to show.");
  row.scrollIntoView({ block: "center" });
  row.focus({ preventScroll: true });
  pointed.value = seq;
  setTimeout(() => { if (pointed.value === seq) pointed.value = null; }, POINTED_MS);
}
