/** How long it is until something, by the server's clock, told to the second. */

import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { serverTime } from "./connection.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { leftOf } from "./moments.js";
import { wholeTime } from "./words.js";

export const SOON_S = 60;
const ROUND = 2 * Math.PI * 19; // of the ring, in its own units

/** The seconds left until `at`, told at each whole one. @param {string | null} at */
export function useSecondsLeft(at) {
  const left = useSignal(0);
  const due = at ? Date.parse(at) : 0;
  const look = () => { left.value = Math.max(0, (due - serverTime()) / 1000); };
  useLayoutEffect(look, [due]);
  useEffect(() => {
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    const tick = () => {
      look();
      const ms = due - serverTime();
      if (ms > 0) timer = setTimeout(tick, Math.max(20, ms % 1000 || 1000));
    };
    tick();
    return () => clearTimeout(timer);
  }, [due]);
  return left.value;
}

/** @param {{ part: number }} props */
export function Ring({ part }) {
  return html`<svg class="ring" viewBox="0 0 44 44" aria-hidden="true"><circle cx="22" cy="22" r="19" /><circle class="left-over" cx="22" cy="22" r="19"
    stroke-dasharray="${ROUND * part} ${ROUND * 2}" transform="rotate(-90 22 22)" /></svg>`;
}

/** What is left until `at`, in a line of others. @param {{ at: string }} props */
export function Left({ at }) {
  const left = useSecondsLeft(at);
  if (left <= 0) return html`<span class="when shut"><${Icon} name="lock" />closed</span>`;
  return html`<span class=${left <= SOON_S ? "when soon" : "when"} title=${wholeTime(at)}><${Icon} name="clock" />${leftOf(left)}</span>`;
}
