/** Whom this person does not want to hear. */

import { computed, effect, signal, untracked } from "@preact/signals";
import { api, user } from "../session.js";

/** @typedef {import("../session.js").UserCard} UserCard */

/** Null until it is known. */
export const blocked = signal(/** @type {UserCard[] | null} */ (null));
const ids = computed(() => new Set(blocked.value?.map(({ id }) => id)));

/** @param {UserCard} card */
export const isBlocked = (card) => card.id !== null && ids.value.has(card.id);

/** Follow the sign-in from now on. */
export function startBlocks() {
  const id = computed(() => user.value?.id);
  effect(() => {
    blocked.value = null;
    if (id.value) untracked(() => load().catch(() => {})); // asked for again where the list is shown
  });
}

/** Ask the server whom. */
export async function load() {
  const people = [];
  for (let after = ""; ;) {
    const { results, next } = await api("GET", `users/me/blocks/?limit=100${after}`);
    people.push(...results);
    if (next === null) break;
    after = `&after=${encodeURIComponent(next)}`;
  }
  blocked.value = people;
}

/** @param {UserCard} card */
export async function block(card) {
  await api("POST", "users/me/blocks/", { user: card.id });
  blocked.value = [...(blocked.value ?? []).filter(({ id }) => id !== card.id), card];
}

/** @param {UserCard} card */
export async function unblock(card) {
  await api("DELETE", `users/me/blocks/${card.id}/`);
  blocked.value = (blocked.value ?? []).filter(({ id }) => id !== card.id);
}
