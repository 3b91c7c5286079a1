/** The own lists that are open, the one that closes next first: what waits for this person now. */

import { html } from "../html.js";
import { Loading } from "../resource.js";
import { Cards, useLists } from "./index.js";
import "./look.js";

const MOST = 5;

/** @param {{ nothing: any }} props `nothing` is shown where nothing waits */
export function Soon({ nothing }) {
  const { lists, refused } = useLists("bucketlists/");
  if (refused.value) return html`<p class="wrong" role="alert">${refused.value}</p>`;
  if (!lists.value) return html`<${Loading} />`;
  const due = (/** @type {import("./rules.js").ListLine} */ { decision_deadline }) => (decision_deadline ? Date.parse(decision_deadline) : Infinity);
  const open = lists.value.filter(({ is_frozen }) => !is_frozen).sort((one, other) => (due(one) === due(other) ? 0 : due(one) - due(other)));
  return open.length ? html`<h2>Still to decide</h2><${Cards} lists=${open.slice(0, MOST)} />` : nothing;
}
