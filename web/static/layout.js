/** What stands beside what: chat beside the room on a wide screen, above it on a small one. */

import { computed, signal } from "@preact/signals";
import { go, path } from "./router.js";
import { user } from "./session.js";

const SIDE_OPEN = "guildhall.side";

const wideScreen = matchMedia("(min-width: 1080px)");
export const wide = signal(wideScreen.matches);
wideScreen.addEventListener("change", () => { wide.value = wideScreen.matches; });
const sideKept = signal(localStorage.getItem(SIDE_OPEN) !== "no");

/** Whether chat stands beside the room. */
export const beside = computed(() => wide.value && sideKept.value && user.value !== null && path.value !== "/chat");

/** @param {boolean} open */
export function setSide(open) {
  sideKept.value = open;
  localStorage.setItem(SIDE_OPEN, open ? "yes" : "no");
}

/** Chat comes before the eyes, wherever it stands here. */
export function openChat() {
  if (wide.value && user.value) setSide(true);
  else go("/chat");
}
