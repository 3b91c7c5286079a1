/** One dispute before a referee: what was said, a word back, and the decision. */

import { useSignal } from "@preact/signals";
import { html } from "../../html.js";
import { api } from "../../session.js";
import { DisputeCard } from "../disputes.js";
import { matchName } from "../words.js";
import { ActButton, ReasonDialog, Refused, useActs } from "./acting.js";

/** @param {{ open: import("../store.js").OpenCompetition, dispute: import("../shapes.js").Dispute }} props */
export function DisputeReview({ open, dispute }) {
  const acts = useActs(open);
  const decides = useSignal(/** @type {"uphold" | "dismiss" | null} */ (null));
  const close = () => { decides.value = null; };
  const route = `${open.route}disputes/${dispute.id}/`;
  const match = open.matches.value.find(({ id }) => id === dispute.match);
  const decide = (/** @type {string} */ what) => (/** @type {Record<string, string>} */ { reason }) => api("POST", `${route}${what}/`, { reason });
  return html`<div class="review"><header class="row"><h2 class="grow">${match ? html`<a href="/tournaments/${open.id}/matches/${match.id}">${matchName(match)}</a>` : "Dispute"}</h2>${match && html`<a class="button" href="/tournaments/${open.id}/console/results/${match.id}">Its result</a>`}</header>
    <${DisputeCard} route=${route} dispute=${dispute} mayTalk />
    ${dispute.state === "open" ? html`<p><${ActButton} acts=${acts} name="review" look="primary" words="Look into it" call=${() => api("POST", `${route}review/`, {})} /></p>`
      : html`<p class="hint">Upholding changes no result by itself: correct or void it under Results first.</p><p class="row wrap"><button type="button" class="button primary" onclick=${() => { decides.value = "uphold"; }}>Uphold…</button><button type="button" class="button" onclick=${() => { decides.value = "dismiss"; }}>Dismiss…</button></p>`}
    <${Refused} acts=${acts} name="review" />
    ${decides.value === "uphold" && html`<${ReasonDialog} label="Uphold the dispute" submit="Uphold" hint="Who plays the match reads the reason." act=${decide("uphold")} onclose=${close} />`}
    ${decides.value === "dismiss" && html`<${ReasonDialog} label="Dismiss the dispute" submit="Dismiss" danger hint="The result stands. Who plays the match reads the reason." act=${decide("dismiss")} onclose=${close} />`}</div>`;
}
