/** One list: its words, the countdown, what is proposed, who is on it, what was decided. */

import { useSignal } from "@preact/signals";
import { askToSignIn } from "../accounts/sign_in.js";
import { Words } from "../chat/words.js";
import { ConnectionLine } from "../chat/chat.js";
import { Dialog, Empty, Form, toast } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { beside } from "../layout.js";
import { Menu } from "../menu.js";
import { later, Loading } from "../resource.js";
import { go } from "../router.js";
import { api, user } from "../session.js";
import { counted, reasonOf } from "../words.js";
import { CoverDialog, Picture } from "../pictures.js";
import { Deadline } from "./countdown.js";
import { DeletedDialog } from "./deleted.js";
import { EditListDialog, FreezeDialog } from "./forms.js";
import { ItemSheet } from "./item_sheet.js";
import { Items } from "./items.js";
import { whenOf } from "./rules.js";

/** @typedef {import("./store.js").OpenList} OpenList */

const People = later(() => import("./people.js").then((part) => part.People));
const Results = later(() => import("./result.js").then((part) => part.Results));
const Insights = later(() => import("./insights.js").then((part) => part.Insights));
const History = later(() => import("./history.js").then((part) => part.History));
/** @type {Record<string, [string, any]>} The parts of a list, by their address. */
const PARTS = { "": ["Items", Items], result: ["Result", Results], insights: ["Insights", Insights], people: ["People", People], history: ["History", History] };

/** @param {{ list: OpenList, part: string, item: number | null }} props */
export function ListPage({ list, part, item }) {
  if (list.phase.value === "closed") return html`<${Away} />`;
  if (list.phase.value === "loading") return html`<section class="page list-page"><${Loading} /></section>`;
  const shown = part in PARTS ? part : "";
  const [, Part] = /** @type {[string, any]} */ (PARTS[shown]);
  return html`${!beside.value && html`<${ConnectionLine} />`}<section class="page list-page"><${Head} list=${list} /><${Deadline} list=${list} />
    <nav class="tabs" aria-label="Parts of the list">${Object.entries(PARTS).map(([name, [title]]) => (name !== "history" || list.role.value) && html`
      <a key=${name} href=${`/lists/${list.id}${name && `/${name}`}`} aria-current=${name === shown ? "page" : null}>${title}</a>`)}</nav>
    <${Part} list=${list} /></section>
    ${item !== null && html`<${ItemSheet} list=${list} id=${item} />`}`;
}

/** A list that is not there, or not for this person. */
function Away() {
  return html`<${Empty} icon="lists" title="There is no such list, or none that you may see">
    <p>It may be private, or deleted. Whoever is on it can send you a link to join.</p>
    ${user.value ? html`<a class="button" href="/lists">To your lists</a>` : html`<button type="button" class="button primary" onclick=${() => askToSignIn("in")}>Sign in</button>`}<//>`;
}

/** @param {{ list: OpenList }} props */
function Head({ list }) {
  const meta = /** @type {import("./rules.js").List} */ (list.meta.value);
  const here = list.here.value ?? 0;
  return html`<${Picture} cover=${meta.cover} />
    <header class="row list-head"><div class="grow"><h1>${meta.title}</h1>
      <p class="hint facts">${meta.is_public && html`<span class="fact"><${Icon} name="globe" />public <span aria-hidden="true">·</span></span>`}
        ${list.muted.value && html`<span class="fact"><${Icon} name="quiet" />muted <span aria-hidden="true">·</span></span>`}<a href="/lists/${list.id}/people">${counted(meta.members_count, "member")}</a>
        ${here > 0 && html` · <span class="live"><i></i>${here} here now</span>`}${whenOf(meta) && ` · ${whenOf(meta)}`}</p></div>
      <${Acts} list=${list} meta=${meta} /></header>
    ${meta.description && html`<${Words} text=${meta.description} />`}`;
}

/** @param {{ list: OpenList, meta: import("./rules.js").List }} props */
function Acts({ list, meta }) {
  const asks = useSignal(/** @type {"edit" | "freeze" | "delete" | "deleted" | "cover" | null} */ (null));
  const done = () => { asks.value = null; };
  const ask = (/** @type {any} */ what) => () => { asks.value = what; };
  const member = list.membership.value !== null;
  const choices = [
    { icon: "link", label: "Copy the address", act: () => copyAddress(list.id) },
    ...(member ? [list.muted.value ? { icon: "bell", label: "Unmute", act: () => mute(list, false) } : { icon: "quiet", label: "Mute", act: () => mute(list, true) }] : []),
    ...(list.rights.value.isOwner ? [
      { icon: "edit", label: "Edit…", act: ask("edit") }, { icon: "image", label: "Picture…", act: ask("cover") },
      { icon: "lock", label: meta.is_frozen ? "Open again…" : "Close now…", act: ask("freeze") },
      { icon: "reply", label: "Deleted items…", act: ask("deleted") }, { icon: "delete", label: "Delete…", act: ask("delete"), danger: true }] : []),
  ];
  const remove = async () => {
    await api("DELETE", `bucketlists/${list.id}/`);
    go("/lists");
    toast(`“${meta.title}” is deleted.`, () => api("POST", `bucketlists/${list.id}/restore/`, {}).then(() => go(`/lists/${list.id}`)));
  };
  return html`<${Menu} label="What to do with this list" choices=${choices} />
    ${asks.value === "edit" && html`<${EditListDialog} list=${meta} onclose=${done} />`}
    ${asks.value === "freeze" && html`<${FreezeDialog} list=${meta} onclose=${done} />`}
    ${asks.value === "deleted" && html`<${DeletedDialog} label="Deleted items" route="bucketlists/${list.id}/deleted/" restored=${(/** @type {number} */ id) => `items/${id}/restore/`} onclose=${done} />`}
    ${asks.value === "cover" && html`<${CoverDialog} route="bucketlists/${list.id}/cover/" cover=${meta.cover} onclose=${done} />`}
    ${asks.value === "delete" && html`<${Dialog} label="Delete this list?" onclose=${done}><${Form} act=${remove} submit="Delete" danger>
      ${() => html`<p class="hint">It disappears for everyone on it.</p>`}<//><//>`}`;
}

/** @param {number} id */
async function copyAddress(id) {
  try {
    await navigator.clipboard.writeText(`${location.origin}/lists/${id}`);
    toast("Copied.");
  } catch {
    toast("Copy it from the address bar.");
  }
}

/** @param {OpenList} list @param {boolean} muted */
async function mute(list, muted) {
  try {
    await api("PUT", `bucketlists/${list.id}/mute/`, { muted });
    list.muted.value = muted;
    toast(muted ? "You are told nothing of this list but when somebody names you." : "You are told of this list again.");
  } catch (error) {
    toast(reasonOf(error));
  }
}
