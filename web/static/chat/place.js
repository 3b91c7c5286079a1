/** Where in a conversation the person is. */

import { signal } from "@preact/signals";
import { toast } from "../components.js";

const JUMP_PAGES = 20;
const POINTED_MS = 3_000;

/** The id of the message whose actions show: under the pointer, focused or touched. */
export const active = signal(/** @type {string | null} */ (null));
/** The id of the message that somebody was just led to. */
export const pointed = signal(/** @type {string | null} */ (null));

/** Show a message, loading older pages until it is here. @param {import("./conversation.js").Conversation} room @param {number} seq */
export async function jumpTo(room, seq) {
  const id = room.idOf(seq);
  for (let page = 0; page < JUMP_PAGES && !document.getElementById(id) && room.hasOlder.value; page++) {
    await room.older();
    if (room.olderRefused.value) break;
    await new Promise(requestAnimationFrame);
  }
  const row = document.getElementById(id);
  if (!row) return toast("That message is too far back to show.");
  row.scrollIntoView({ block: "center" });
  row.focus({ preventScroll: true });
  pointed.value = id;
  setTimeout(() => { if (pointed.value === id) pointed.value = null; }, POINTED_MS);
}
