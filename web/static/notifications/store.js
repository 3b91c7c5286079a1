/** What this person was told and has not taken away: the exact count of what is unread, and the list once it is looked at. */

import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { inbox } from "../connection.js";
import { api, user } from "../session.js";
import { reasonOf } from "../words.js";
import { merged, without } from "./list.js";

/**
 * @typedef {import("./list.js").Notification} Notification
 * @typedef {{ unread: number, ids?: number[], all?: boolean, before?: string, dismissed: boolean }} Read
 */

export const unread = signal(0);
/** Newest first; null until the list was loaded. */
export const list = signal(/** @type {Notification[] | null} */ (null));
/** Where the next page begins; null: there is none. */
export const next = signal(/** @type {string | null} */ (null));
/** Why the list could not be loaded. */
export const refused = signal("");
/** The newest that came while this page was open, for those who listen to it. */
export const arrived = signal(/** @type {Notification | null} */ (null));

let heard = 0; // entries of the inbox: each knows the count better than a question that was asked before it came

/** Follow the sign-in and the inbox from now on. */
export function startNotifications() {
  const id = computed(() => user.value?.id);
  effect(() => {
    id.value;
    untracked(clear);
  });
  inbox.addEventListener("fresh", () => {
    arrived.value = null; // what was said before this page listened is no news
    askCount();
    if (list.value) loadList();
  });
  inbox.addEventListener("notified", (/** @type {any} */ { detail }) => told(detail));
  inbox.addEventListener("notifications.read", (/** @type {any} */ { detail }) => applyRead(detail));
}

function clear() {
  batch(() => {
    [list.value, next.value, arrived.value] = [null, null, null];
    unread.value = 0;
  });
  if (user.value) askCount();
}

async function askCount() {
  const before = heard;
  const answer = await api("GET", "notifications/unread-count/").catch(() => null); // the next entry says it too
  if (answer && heard === before) unread.value = answer.unread;
}

/** Load the list from its newest, or go on after what is here. @param {{ more?: boolean }} [how] */
export async function loadList({ more = false } = {}) {
  const known = more ? list.value ?? [] : [];
  try {
    const page = await api("GET", `notifications/${more ? `?after=${encodeURIComponent(next.value ?? "")}` : ""}`);
    batch(() => {
      list.value = merged(page.results, known);
      next.value = page.next;
      refused.value = "";
    });
  } catch (error) {
    refused.value = reasonOf(error);
  }
}

/** These are read, or with no ids all that are there; `dismiss` also takes them away. @param {number[] | null} ids @param {boolean} [dismiss] */
export async function read(ids, dismiss = false) {
  const before = heard;
  const now = list.value;
  list.value = now && without(now, ids ? (one) => ids.includes(one.id) : () => true, dismiss);
  try {
    const answer = await api("POST", "notifications/read/", { ...(ids ? { ids } : { all: true }), ...(dismiss && { dismiss }) });
    if (heard === before) unread.value = answer.unread;
  } catch (error) {
    if (now) loadList();
    throw error;
  }
}

/** @param {{ unread: number, notification: Notification | null }} news */
function told({ unread: count, notification }) {
  heard++;
  batch(() => {
    unread.value = count;
    if (!notification) return; // it is hidden meanwhile
    arrived.value = notification;
    list.value = list.value && merged([notification], list.value);
  });
}

/** @param {Read} news */
function applyRead({ unread: count, ids, before, dismissed }) {
  heard++;
  const until = before ? Date.parse(before) : Infinity;
  batch(() => {
    unread.value = count;
    list.value = list.value && without(list.value, (one) => (ids ? ids.includes(one.id) : Date.parse(one.created_at) < until), dismissed);
  });
}
