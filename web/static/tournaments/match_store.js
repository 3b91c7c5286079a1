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
  const inside = mine.value !== null && (mine.value.side !== null || mine.value.may_read_room || mine.value.may_settle);
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
  const newest = (/** @type {any} */ one, /** @type {any} */ other) => other.id - one.id;
  return {
    id, match, mine, gone, inside,
    route: `${open.route}matches/${id}/`,
    room: /** @type {Room | null} */ (roster.value["room"] ?? null),
    claims: /** @type {Claim[]} */ (those(roster.value, "claim").sort(newest)),
    disputes: /** @type {Dispute[]} */ (those(roster.value, "dispute").sort(newest)),
  };
}
