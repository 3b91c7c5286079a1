/** What stands beside what: chat beside the room on a wide screen, above it on a small one. */

import { computed, signal } from "@preact/signals";
import { go, isChat, path } from "./router.js";
import { user } from "./session.js";

const SIDE_OPEN = "guildhall.side";

const wideScreen = matchMedia("(min-width: 1080px)");
export const wide = signal(wideScreen.matches);
wideScreen.addEventListener("change", () => { wide.value = wideScreen.matches; });
const sideKept = signal(localStorage.getItem(SIDE_OPEN) !== "no");

/** Whether chat stands beside the room. */
export const beside = computed(() => wide.value && (sideKept.value || isChat(path.value)) && user.value !== null && path.value !== "/chat");

/** @param {boolean} open */
export function setSide(open) {
  sideKept.value = open;
  localStorage.setItem(SIDE_OPEN, open ? "yes" : "no");
}

/** The conversation of that address comes before the eyes, wherever it stands here. @param {string} address */
export function openChat(address) {
  if (wide.value && user.value) setSide(true);
  else go(address);
}

/** What the place that is shown is called; empty: as its room is. */
export const heading = signal("");
