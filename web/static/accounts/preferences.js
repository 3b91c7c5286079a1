/** How this person is told of things: here, by mail, or not at all. */

import { useSignal } from "@preact/signals";
import { Empty, toast } from "../components.js";
import { html } from "../html.js";
import { Loading, useResource } from "../resource.js";
import { api } from "../session.js";
import { reasonOf } from "../words.js";
import { token } from "./links.js";

/** @typedef {{ kind: string, about: string, in_app: boolean, mail: boolean, fixed: boolean }} Preference */

const WAYS = { in_app: "Here", mail: "By mail" };

export function Preferences() {
  const { found, load, refusal } = useResource("notifications/preferences/");
  if (!found.value) return refusal ?? html`<${Loading} />`;
  const { results, address_confirmed } = found.value;
  /** @param {Preference} one @param {keyof typeof WAYS} way @param {boolean} on */
  const choose = (one, way, on) => api("PATCH", `notifications/preferences/${one.kind}/`, { [way]: on }).catch((error) => {
    toast(reasonOf(error));
    load();
  });
  return html`${!address_confirmed && html`<p class="notice">Mails come once your address is confirmed.</p>`}
    <p class="hint">Mails come five minutes later, and only if you have not seen it here by then. A single list is muted on its own page.</p>
    <table class="choices"><caption class="unseen">How you are told</caption>
      <thead><tr><th scope="col">When</th>${Object.values(WAYS).map((words) => html`<th scope="col" key=${words}>${words}</th>`)}</tr></thead>
      <tbody>${results.map((/** @type {Preference} */ one) => html`<tr key=${one.kind}><th scope="row">${one.about}${one.fixed && html`<span class="hint">, always</span>`}</th>
        ${Object.entries(WAYS).map(([way, words]) => html`<td key=${way}><span class="switch"><input type="checkbox" role="switch" aria-label="${one.about}: ${words.toLowerCase()}"
          defaultChecked=${one[/** @type {keyof typeof WAYS} */ (way)]} disabled=${one.fixed} onchange=${(/** @type {any} */ event) => choose(one, /** @type {keyof typeof WAYS} */ (way), event.currentTarget.checked)} /></span></td>`)}</tr>`)}</tbody></table>`;
}

/** Where a mail's link to get no more of its kind lands; nobody has to sign in for it. Only a click ends something: programs
 * that look at the links of mails before people do must not. */
export function Unsubscribe() {
  const done = useSignal(/** @type {Preference | null} */ (null));
  const refused = useSignal("");
  const stop = () => api("POST", `notifications/unsubscribe/?token=${encodeURIComponent(token)}`, {}).then((body) => { done.value = body; }, (error) => { refused.value = reasonOf(error); });
  if (done.value) return html`<${Empty} icon="check" title="You get no more of these mails"><p>You will see it here still: ${done.value.about}.</p><a class="button" href="/me/notifications">All your choices</a><//>`;
  if (!token || refused.value) return html`<${Empty} icon="bell" title="This link does not work"><p>${refused.value || "It is not complete."} You can choose your mails when you are signed in.</p><a class="button" href="/me/notifications">Your choices</a><//>`;
  return html`<${Empty} icon="quiet" title="No more mails of this kind?"><p>Other mails still come.</p><button type="button" class="button primary" onclick=${stop}>Stop these mails</button><//>`;
}
