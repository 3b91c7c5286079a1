/** A referee's queue: claims and disputes that wait, the oldest first, one before the eyes. */

import { useSignal } from "@preact/signals";
import { Empty, Time } from "../../components.js";
import { html } from "../../html.js";
import { Loading } from "../../resource.js";
import { matchName } from "../words.js";
import { ClaimReview } from "./claim_review.js";
import { DisputeReview } from "./dispute_review.js";

/** @type {Record<string, string>} */
const STATES = { reading: "being read", proposed: "proposed", agreed: "agreed", contested: "contested", lapsed: "nobody answered", open: "dispute", under_review: "dispute, under review" };
const FIRST = ["contested", "open", "lapsed", "agreed", "under_review", "proposed", "reading"]; // what waits for nobody else comes first

/** @param {import("./page.js").Part} props */
export function Queue({ open, work }) {
  const chosen = useSignal("");
  if (!work.known) return html`<${Loading} />`;
  const all = [...work.claims.map((claim) => ({ key: `claim.${claim.id}`, at: claim.created_at, who: claim.side?.name ?? "Staff", state: claim.state, match: claim.match, doubts: claim.warnings.length + claim.cells.length, claim, dispute: null })),
    ...work.disputes.map((dispute) => ({ key: `dispute.${dispute.id}`, at: dispute.opened_at, who: dispute.side.name, state: dispute.state, match: dispute.match, doubts: 0, claim: null, dispute }))]
    .sort((one, other) => FIRST.indexOf(one.state) - FIRST.indexOf(other.state) || one.at.localeCompare(other.at));
  if (!all.length) return html`<${Empty} icon="shield" title="Nothing waits" heading="h2"><p>Claims and disputes come here by themselves.</p><//>`;
  const shown = all.find(({ key }) => key === chosen.value) ?? /** @type {typeof all[0]} */ (all[0]);
  const nameOf = (/** @type {number} */ id) => matchName(open.matches.value.find((match) => match.id === id) ?? { name: "", number: id });
  return html`<ul class="queue" aria-label="Queue">${all.map(({ key, who, state, match, at, doubts }) => html`<li key=${key}><button type="button" aria-current=${key === shown.key ? "true" : null} onclick=${() => { chosen.value = key; }}>
      <b class="cut">${nameOf(match)} · ${who}</b><span class="row"><span class=${state === "contested" || state === "open" || state === "lapsed" ? "state urgent" : "state"}>${STATES[state] ?? state}</span>${doubts > 0 && html`<span class="doubt">${doubts} to look at</span>`}<span class="hint grow"><${Time} at=${at} /></span></span></button></li>`)}</ul>
    ${shown.claim ? html`<${ClaimReview} key=${shown.key} open=${open} claim=${shown.claim} all=${work.claims} />` : html`<${DisputeReview} key=${shown.key} open=${open} dispute=${shown.dispute} />`}`;
}
