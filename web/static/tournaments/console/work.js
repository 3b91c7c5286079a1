/** What waits for those who run a competition, live: claims, disputes, who is absent. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { live } from "../../connection.js";
import { those } from "../shapes.js";

/**
 * @typedef {import("../shapes.js").Claim} Claim
 * @typedef {import("../shapes.js").Dispute} Dispute
 * @typedef {import("../shapes.js").EntrantCard} EntrantCard
 * @typedef {{ claims: Claim[], disputes: Dispute[], absent: EntrantCard[], known: boolean }} Work
 */

/** The oldest first. @param {import("../store.js").OpenCompetition} open @param {boolean} may whether they may hear it @returns {Work} */
export function useWork(open, may) {
  const state = useSignal(/** @type {Record<string, any> | null} */ (null));
  useEffect(() => {
    if (!may) return;
    return live.subscribe(`tournament.${open.id}.staff`, { state: (now) => { state.value = now; }, ended: () => { state.value = {}; } });
  }, [open.id, may]);
  const now = state.value ?? {};
  const byId = (/** @type {any} */ one, /** @type {any} */ other) => one.id - other.id;
  return {
    claims: those(now, "claim").sort(byId), disputes: those(now, "dispute").sort(byId), known: state.value !== null,
    absent: those(now, "absent").sort((one, other) => (one.seat ?? 0) - (other.seat ?? 0)),
  };
}
