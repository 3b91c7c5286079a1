/** What the API says at an address, while it is asked and when it refuses. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { html } from "./html.js";
import { api } from "./session.js";
import { reasonOf } from "./words.js";

/**
 * What the API says at `route`, and a way to ask again.
 * @param {string} route
 */
export function useResource(route) {
  const found = useSignal(/** @type {any} */ (null));
  const refused = useSignal(/** @type {any} */ (null));
  const load = () => api("GET", route).then((body) => { found.value = body; }, (error) => { refused.value = error; });
  useEffect(() => { load(); }, [route]);
  return { found, load, refusal: refused.value && html`<p class="wrong" role="alert">${reasonOf(refused.value)}</p>` };
}

export function Loading() {
  return html`<div class="loading" role="status"><span class="unseen">Loading…</span><i></i><i></i><i></i></div>`;
}
