/** One match as this person sees it: what everybody sees, and what only those who play it and staff do. */

import { batch, signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Conversation } from "../chat/conversation.js";
import { live } from "../connection.js";
import { api } from "../session.js";
import { those } from "./shapes.js";

/**
 * @typedef {import("./shapes.js").Match} Match
 * @typedef {import("./shapes.js").MatchMine} MatchMine
 * @typedef {import("./shapes.js").Room} Room
 * @typedef {import("./shapes.js").Claim} Claim
 * @typedef {import("./shapes.js").Dispute} Dispute
 * @typedef {import("./store.js").OpenCompetition} OpenCompetition
 * @typedef {ReturnType<typeof useMatch>} OpenMatch
 */

/** The conversation of the match that is shown; null: none is, or it is not this person's. */
export const matchChat = signal(/** @type {Conversation | null} */ (null));

/** @param {OpenCompetition} open @param {number} id */
export function useMatch(open, id) {
  const match = useSignal(/** @type {Match | null} */ (null));
  const mine = useSignal(/** @type {MatchMine | null} */ (null));
  const roster = useSignal(/** @type {Record<string, any>} */ ({}));
  const gone = useSignal(false);
  const askOwn = () => api("GET", `${open.route}matches/${id}/`).then((view) => { mine.value = view.mine; }, (error) => { if (error.status === 404) gone.value = true; });
  useEffect(() => live.subscribe(`match.${id}`, {
    state: (state, own) => batch(() => {
      match.value = state["meta"] ?? null;
      if (own) mine.value = own;
      else if (open.me) askOwn();
    }),
    ended: () => { gone.value = true; },
  }), [id]);
  const inside = mine.value?.may_read_room ?? false;
  useEffect(() => {
    if (!inside) return;
    const leave = live.subscribe(`match.${id}.roster`, { state: (state) => { roster.value = state; }, ended: () => { roster.value = {}; } });
    const chat = open.me ? new Conversation(`match-${id}`, open.me, { called: "Message this match", here: "This match", address: `/tournaments/${open.id}/matches/${id}/chat` }) : null;
    matchChat.value = chat;
    return () => {
      leave();
      matchChat.value = null;
      chat?.close();
    };
  }, [id, inside]);
  const since = roster.value["room"]?.since ?? null;
  const room = useSignal(/** @type {Room | null} */ (null));
  useEffect(() => {
    let left = false;
    room.value = null;
    if (since) api("GET", `${open.route}matches/${id}/room/`).then((body) => { if (!left) room.value = body; }, () => {});
    return () => { left = true; };
  }, [id, since]);
  const waiting = { claims: those(roster.value, "claim"), disputes: those(roster.value, "dispute") };
  const decided = useDecided(open, id, inside, [...waiting.claims, ...waiting.disputes].map((one) => one.id).join());
  /** @param {any[]} now @param {any[]} before the newest first, as the latest word has it */
  const merged = (now, before) => [...now, ...before.filter((one) => !now.some(({ id }) => id === one.id))].sort((one, other) => other.id - one.id);
  return {
    id, match, mine, gone, inside,
    route: `${open.route}matches/${id}/`,
    room: room.value,
    claims: /** @type {Claim[]} */ (merged(waiting.claims, decided.claims)),
    disputes: /** @type {Dispute[]} */ (merged(waiting.disputes, decided.disputes)),
  };
}

/** What was decided of its claims and disputes: asked for anew whenever others wait. @param {OpenCompetition} open @param {number} id @param {boolean} inside @param {string} waiting */
function useDecided(open, id, inside, waiting) {
  const found = useSignal(/** @type {{ claims: Claim[], disputes: Dispute[] }} */ ({ claims: [], disputes: [] }));
  useEffect(() => {
    if (!inside) return;
    const ask = (/** @type {string} */ route) => api("GET", `${open.route}${route}`).then(({ results }) => results, () => []);
    Promise.all([ask(`matches/${id}/claims/`), ask(`disputes/?match=${id}`)]).then(([claims, disputes]) => { found.value = { claims, disputes }; });
  }, [id, inside, waiting]);
  return found.value;
}
