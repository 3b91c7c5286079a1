/** Addresses: every room has one, back and forward work, and a link within the app changes the room without a load. */

import { signal } from "@preact/signals";

/** Where we are. */
export const path = signal(location.pathname);
/** The message that the address names, as `#m12` does; whoever shows it sets this back to null. */
export const pointedAt = signal(named());
/** The room that chat is opened over on small screens. */
export const under = signal("/");
let steps = 0; // taken inside the app, so that going back stays in it

/** @param {string} to */
export function go(to) {
  if (to !== location.pathname + location.hash) {
    history.pushState(null, "", to);
    steps++;
  }
  arrive();
}

/** Back to where the person came from inside the app, else to `fallback`. @param {string} fallback */
export function back(fallback) {
  if (steps > 0) history.back();
  else go(fallback);
}

function arrive() {
  if (!isChat(path.value)) under.value = path.value;
  path.value = location.pathname;
  pointedAt.value = named();
}

/** Whether a conversation has this address. @param {string} at */
export function isChat(at) {
  return /^(\/lists\/\d+|\/(tournaments|scrims)\/\d+(\/matches\/\d+)?)?\/chat$/.test(at);
}

function named() {
  const seq = isChat(location.pathname) ? /^#m(\d{1,15})$/.exec(location.hash)?.[1] : undefined;
  return seq ? Number(seq) : null;
}

/** Follow links of the app and the browser's own buttons. @param {(path: string) => boolean} isOurs */
export function startRouting(isOurs) {
  addEventListener("popstate", () => {
    steps--;
    arrive();
  });
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.origin !== location.origin || link.target || !isOurs(link.pathname)) return;
    if (link.hash && !/^#m\d/.test(link.hash)) return; // a place in this page: the browser's own
    event.preventDefault();
    go(link.pathname + link.hash);
  });
}
