/** The catalogue of games, asked for once. */

import { signal } from "@preact/signals";
import { api } from "../session.js";

/** @typedef {{ id: string, name: string, kind: string, roster_most: number, modes: { id: string, lineup: number, roster_most: number }[], id_hint: string, banner: string }} Game */

export const games = signal(/** @type {Game[]} */ ([]));

/** Ask for it, unless it is here. */
export async function loadGames() {
  if (!games.value.length) games.value = (await api("GET", "games/").catch(() => ({ results: [] }))).results;
}

/** @param {string} id */
export const gameOf = (id) => games.value.find((game) => game.id === id);

/** @param {string} id */
export const nameOf = (id) => gameOf(id)?.name ?? id;
