/** The lists of this person, and the directory of public ones. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { askToSignIn } from "../accounts/sign_in.js";
import { Empty } from "../components.js";
import { now } from "../connection.js";
import { Left } from "../countdown.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { momentOf } from "../moments.js";
import { Loading } from "../resource.js";
import { api, user } from "../session.js";
import { counted, reasonOf } from "../words.js";
import { DeletedDialog } from "./deleted.js";
import { NewListDialog } from "./forms.js";
import { Numbers } from "./insights.js";

/** @typedef {import("./rules.js").ListLine} ListLine */

const TABS = { "/lists": "Yours", "/lists/public": "Public", "/lists/trends": "What people want" };
const PAUSE_MS = 250; // in typing, before the server is asked

/** @param {{ at: string }} props */
export function Index({ at }) {
  const makes = useSignal(false);
  const shown = at === "/lists" && !user.value ? "/lists/public" : at;
  const make = () => (user.value ? makes.value = true : askToSignIn("in", () => { makes.value = true; }));
  return html`<section class="page">
    <header class="row"><h1 class="grow">Lists</h1><button type="button" class="button primary" onclick=${make}><${Icon} name="plus" />New list</button></header>
    <nav class="tabs" aria-label="Which lists">${Object.entries(TABS).map(([href, words]) => (href !== "/lists" || user.value) && html`
      <a key=${href} href=${href} aria-current=${href === shown ? "page" : null}>${words}</a>`)}</nav>
    ${shown === "/lists" ? html`<${Own} make=${make} />` : shown === "/lists/public" ? html`<${Directory} />` : html`<${Numbers} route="bucketlists/public/insights/" />`}
    ${makes.value && html`<${NewListDialog} onclose=${() => { makes.value = false; }} />`}</section>`;
}

/** A list of lists that grows by pages. @param {string} route */
export function useLists(route) {
  const lists = useSignal(/** @type {ListLine[] | null} */ (null));
  const next = useSignal(/** @type {any} */ (null));
  const refused = useSignal("");
  const load = async (/** @type {boolean} */ more) => {
    const after = more ? `${route.includes("?") ? "&" : "?"}after=${encodeURIComponent(next.value)}` : "";
    try {
      const body = await api("GET", route + after);
      lists.value = [...(more ? lists.value ?? [] : []), ...body.results];
      next.value = body.next;
      refused.value = "";
    } catch (error) {
      refused.value = reasonOf(error);
    }
  };
  useEffect(() => { load(false); }, [route]);
  return { lists, next, refused, load };
}

/** @param {{ make: () => void }} props */
function Own({ make }) {
  const { lists, next, refused, load } = useLists("bucketlists/");
  if (refused.value) return html`<p class="wrong" role="alert">${refused.value} <button type="button" class="link" onclick=${() => load(false)}>Retry</button></p>`;
  if (!lists.value) return html`<${Loading} />`;
  if (!lists.value.length) {
    return html`<${Empty} icon="lists" title="Decide together" heading="h2"><p>Make a list, send the link to your group, let everyone propose and vote. At the deadline it closes for all at once.</p>
      <button type="button" class="button" onclick=${make}>Make the first list</button><${DeletedLists} after=${() => load(false)} /><//>`;
  }
  return html`<${Cards} lists=${lists.value} />${next.value !== null && html`<button type="button" class="button" onclick=${() => load(true)}>Show older</button>`}
    <${DeletedLists} after=${() => load(false)} />`;
}

/** @param {{ after: () => void }} props */
function DeletedLists({ after }) {
  const open = useSignal(false);
  return html`<p><button type="button" class="link" onclick=${() => { open.value = true; }}>Lists you deleted</button></p>
    ${open.value && html`<${DeletedDialog} label="Lists you deleted" route="bucketlists/deleted/" restored=${(/** @type {number} */ id) => `bucketlists/${id}/restore/`} after=${after} onclose=${() => { open.value = false; }} />`}`;
}

function Directory() {
  const text = useSignal("");
  const asked = useSignal("");
  useEffect(() => {
    const timer = setTimeout(() => { asked.value = text.value.trim(); }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text.value]);
  const { lists, next, refused, load } = useLists(`bucketlists/public/?q=${encodeURIComponent(asked.value)}`);
  return html`<input type="search" aria-label="Search public lists" placeholder="Search public lists" value=${text.value} oninput=${(/** @type {any} */ event) => { text.value = event.currentTarget.value; }} />
    ${refused.value && html`<p class="wrong" role="alert">${refused.value}</p>`}
    ${!lists.value ? !refused.value && html`<${Loading} />` : html`<${Cards} lists=${lists.value} />
      <p class="hint" role="status">${lists.value.length ? "" : asked.value ? "No public list is called that." : "No list is public yet."}</p>
      ${next.value !== null && html`<button type="button" class="button" onclick=${() => load(true)}>Show older</button>`}`}`;
}

/** @param {{ lists: ListLine[] }} props */
export function Cards({ lists }) {
  return html`<ul class="cards lists" aria-label="Lists">${lists.map((list) => html`<li key=${list.id}><${Card} list=${list} /></li>`)}</ul>`;
}

/** @param {{ list: ListLine }} props */
function Card({ list }) {
  const facts = [counted(list.items_count, "item"), counted(list.members_count, "member"), list.owner.name];
  return html`<a class="card list-card" href="/lists/${list.id}">
    ${list.cover && html`<img class="thumb" src=${list.cover.thumbnail_url} alt="" loading="lazy" />`}
    <div class="grow"><h2><span class="cut" title=${list.title}>${list.title}</span>${list.is_public && html`<span class="globe" title="Public"><${Icon} name="globe" /></span>`}</h2><p class="hint cut">${facts.join(" · ")}</p></div>
    <${When} list=${list} /></a>`;
}

/** @param {{ list: ListLine }} props */
function When({ list: { is_frozen, frozen_at, decision_deadline } }) {
  if (is_frozen) return html`<span class="when shut"><${Icon} name="lock" />${momentOf(frozen_at ?? decision_deadline ?? "", now.value)}</span>`;
  if (!decision_deadline) return html`<span class="when">open</span>`;
  return html`<${Left} at=${decision_deadline} />`;
}
