/** The table of a stage or a group: live, or as it was at a moment. */

import { batch, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { live } from "../connection.js";
import { api } from "../session.js";
import { reasonOf } from "../words.js";
import { those } from "./shapes.js";

/**
 * @typedef {import("./shapes.js").Standing} Standing
 * @typedef {import("./shapes.js").StandingsMeta} StandingsMeta
 */

/** The rows of a topic's state in their order. @param {Record<string, any>} state @returns {Standing[]} */
export const rowsOf = (state) => those(state, "row").sort((/** @type {Standing} */ one, /** @type {Standing} */ other) => one.position - other.position);

/**
 * @param {string} route of the competition @param {number} stage @param {number | null} group @param {string} asOf an instant; empty: now, and live
 * @param {string} [behind] what is asked behind a freeze, by those who may look there: anew whenever this changes; empty: nothing
 */
export function useStandings(route, stage, group, asOf, behind = "") {
  const meta = useSignal(/** @type {StandingsMeta | null} */ (null));
  const rows = useSignal(/** @type {Standing[] | null} */ (null));
  const refused = useSignal("");
  const put = (/** @type {StandingsMeta} */ about, /** @type {Standing[]} */ found) => batch(() => { [meta.value, rows.value, refused.value] = [about, found, ""]; });
  useEffect(() => {
    if (!behind) batch(() => { [meta.value, rows.value] = [null, null]; });
    if (!asOf && !behind) {
      return live.subscribe(group === null ? `standings.${stage}` : `standings.${stage}.${group}`, {
        state: (state) => { if (state["meta"]) put(state["meta"], rowsOf(state)); },
        ended: () => { refused.value = "This board is not open to you."; },
      });
    }
    const query = new URLSearchParams({ ...(asOf && { as_of: asOf }), stage: String(stage), ...(group !== null && { group: String(group) }) });
    api("GET", `${route}standings/?${query}`).then((page) => put(page.meta, page.results), (error) => { refused.value = reasonOf(error); });
    return () => {};
  }, [route, stage, group, asOf, behind]);
  return { meta, rows, refused };
}
