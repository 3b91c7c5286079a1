/** What is not here yet: what the API says at an address, and parts of the page that few visits need. */

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

/** A component that is fetched when it is first shown. @param {() => Promise<any>} fetch @param {any} [Meanwhile] stands in its place until then */
export function later(fetch, Meanwhile = Loading) {
  /** @type {any} */
  let Part = null;
  return function Later(/** @type {any} */ props) {
    const here = useSignal(Part !== null);
    const refused = useSignal(false);
    useEffect(() => {
      if (!Part) fetch().then((part) => { Part = part; here.value = true; }, () => { refused.value = true; });
    }, []);
    if (refused.value) return html`<p class="note wrong" role="alert">This part of the page could not be fetched. Load the page again.</p>`;
    return here.value ? html`<${Part} ...${props} />` : html`<${Meanwhile} />`;
  };
}

export function Loading() {
  return html`<div class="loading" role="status"><span class="unseen">Loading…</span><i></i><i></i><i></i></div>`;
}
