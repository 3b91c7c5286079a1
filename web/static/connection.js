/** The one socket of the page: it is up while somebody is signed in or a stranger looks at what is public, and says how it is doing. */

import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { Live } from "./live.js";
import { leaving, refreshUser, token, user } from "./session.js";

const TICK_MS = 20_000;

/** @type {import("@preact/signals").Signal<import("./live.js").Status>} */
export const status = signal("stopped");
/** When the next attempt is due (`Date.now()`), while offline. */
export const retryAt = signal(/** @type {number | null} */ (null));
/** Why the server closed for good, as its close code. */
export const closeCode = signal(/** @type {number | null} */ (null));
/** The server's time in ms, moving every 20 s: what relative times are told from. */
export const now = signal(Date.now());
/** The server's time in ms, this very moment. */
export const serverTime = () => Date.now() + live.skewMs;
/** Whether what is shown is live for strangers as well. */
export const publicly = signal(false);
/** What concerns this person alone, on all their devices: an event per entry, named by its kind; `fresh` after entries
 * that do not follow on those before. */
export const inbox = new EventTarget();

export const live = new Live({
  url: `${location.protocol.replace("http", "ws")}//${location.host}/ws/`,
  token: async (stale) => (leaving ? null : user.value ? token(stale) : publicly.value ? "" : null),
  onstatus: () => batch(() => {
    status.value = live.status;
    retryAt.value = live.retryAt;
    closeCode.value = live.closeCode;
    now.value = Date.now() + live.skewMs;
  }),
});

/** Follow the sign-in from now on: connect, hear the own inbox, and look what the server says of the account. */
export function startConnection() {
  setInterval(() => { now.value = Date.now() + live.skewMs; }, TICK_MS);
  const id = computed(() => user.value?.id);
  effect(() => {
    if (id.value) return untracked(connect);
    if (!publicly.value) return;
    live.start();
    return () => live.stop();
  });
}

function connect() {
  const unsubscribe = live.subscribe(`user.${user.value?.id}`, {
    entries: (entries, { fresh }) => batch(() => {
      for (const { data } of entries) inbox.dispatchEvent(new CustomEvent(data.kind, { detail: data.data }));
      if (fresh) inbox.dispatchEvent(new Event("fresh"));
    }),
  });
  live.start();
  refreshUser().catch(() => {}); // what is shown meanwhile is what this browser kept; the socket tells when we are out
  return () => {
    unsubscribe();
    live.stop();
  };
}
