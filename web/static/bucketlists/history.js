/** Who changed what on a list, newest first. Who voted what is not in it. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Avatar, Time } from "../components.js";
import { html } from "../html.js";
import { Loading } from "../resource.js";
import { api } from "../session.js";
import { reasonOf } from "../words.js";

/** @type {Record<string, string>} */
const SENTENCES = {
  "list.created": "made the list", "list.changed": "changed the list", "list.deadline_changed": "moved the deadline", "list.frozen": "closed the list", "list.reopened": "opened the next round",
  "list.deleted": "deleted the list", "list.restored": "brought the list back", "list.transferred": "handed the list over", "item.added": "proposed", "item.changed": "edited", "item.deleted": "deleted",
  "item.restored": "brought back", "item.status_changed": "moved", "member.joined": "joined", "member.left": "left", "member.removed": "removed somebody", "member.role_changed": "changed a role",
  "member.readmitted": "let somebody join again", "invite.renewed": "made a new link to join", "invite.closed": "took back the link to join",
};

/** @param {{ list: import("./store.js").OpenList }} props */
export function History({ list }) {
  const entries = useSignal(/** @type {any[] | null} */ (null));
  const next = useSignal(/** @type {number | null} */ (null));
  const refused = useSignal("");
  const load = (/** @type {string} */ query) => api("GET", `bucketlists/${list.id}/audit/${query}`).then((body) => {
    entries.value = [...(query ? entries.value ?? [] : []), ...body.results];
    next.value = body.next;
  }, (error) => { refused.value = reasonOf(error); });
  useEffect(() => { load(""); }, [list]);
  if (refused.value) return html`<p class="wrong" role="alert">${refused.value}</p>`;
  if (!entries.value) return html`<${Loading} />`;
  return html`<ul class="history" aria-label="History">${entries.value.map((one) => html`<li key=${one.id} class="row">
      ${one.by ? html`<${Avatar} card=${one.by} />` : html`<span class="sign"></span>`}<span class="grow"><b>${one.by?.name ?? "The house"}</b> ${sentenceOf(one, list)}</span><${Time} at=${one.at} /></li>`)}</ul>
    ${next.value !== null && html`<button type="button" class="button" onclick=${() => load(`?before=${next.value}`)}>Show older</button>`}`;
}

/** @param {any} entry @param {import("./store.js").OpenList} list */
function sentenceOf({ action, item, before, after }, list) {
  const said = SENTENCES[action] ?? action.replace(/[._]/g, " ");
  const title = after?.title ?? before?.title ?? (item && list.item(item)?.title);
  const status = action.startsWith("item.status") && after?.status ? ` to ${String(after.status).replace("_", " ")}` : "";
  return item ? html`${said} <b>${title ?? "an item"}</b>${status}` : said;
}
