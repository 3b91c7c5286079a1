/** The bell and what it opens: everything that concerns this person, a panel on a desk, a sheet on a phone. */

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { lineOf } from "../chat/markup.js";
import { Avatar, Empty, IconButton, Time, toast } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Loading } from "../resource.js";
import { user } from "../session.js";
import { reasonOf } from "../words.js";
import { addressOf } from "./list.js";
import { arrived, list, loadList, next, read, refused, unread } from "./store.js";

/** @typedef {import("./list.js").Notification} Notification */

/** @type {Record<string, string>} The sign of a kind that nobody in particular caused. */
const ICONS = { mention: "mention", moderation: "shield", list_frozen: "lock", freeze_reminder: "clock", item_completed: "check", item_locked_in: "lock" };

/** @param {Promise<void>} act */
const orSay = (act) => act.catch((error) => toast(reasonOf(error)));

/** @param {{ follow: (address: string) => void }} props `follow` leads to where a notification happened */
export function Bell({ follow }) {
  const panel = useRef(/** @type {HTMLDivElement | null} */ (null));
  const open = useSignal(false);
  const count = unread.value;
  const ontoggle = (/** @type {any} */ { newState }) => {
    open.value = newState === "open";
    if (open.value && user.value) loadList();
  };
  const close = () => panel.current?.hidePopover();
  return html`<${IconButton} icon="bell" label=${count ? `Notifications, ${count} unread` : "Notifications"} popovertarget="bell">
      ${count > 0 && html`<span class="count" aria-hidden="true">${count}</span>`}<//>
    <div id="bell" ref=${panel} popover="auto" class="centre" role="dialog" aria-label="Notifications" ontoggle=${ontoggle}>
      ${open.value && html`<${Centre} close=${close} follow=${follow} />`}</div>
    <p class="unseen" role="status">${arrived.value?.text}</p>`;
}

/** @param {{ close: () => void, follow: (address: string) => void }} props */
function Centre({ close, follow }) {
  return html`<header class="row"><h2 class="grow">Notifications</h2>
      ${list.value?.length ? html`<button type="button" class="link" disabled=${unread.value === 0} onclick=${() => orSay(read(null))}>Mark all read</button>` : null}
      <${IconButton} icon="close" label="Close notifications" onclick=${close} /></header>
    ${!user.value ? html`<${Nothing} />` : list.value ? html`<${Rows} rows=${list.value} close=${close} follow=${follow} />` : !refused.value && html`<${Loading} />`}
    ${refused.value && html`<p class="note wrong" role="alert">${refused.value} <button type="button" class="link" onclick=${() => loadList()}>Retry</button></p>`}`;
}

function Nothing() {
  return html`<${Empty} icon="bell" title="Nothing new" heading="h3"><p>When somebody names you, or something that concerns you happens, it shows here.</p><//>`;
}

/** @param {{ rows: Notification[], close: () => void, follow: (address: string) => void }} props */
function Rows({ rows, close, follow }) {
  if (!rows.length && next.value === null) return html`<${Nothing} />`;
  return html`<ul class="notifications" aria-label="Notifications">${rows.map((one) => html`<${Row} key=${one.id} one=${one} close=${close} follow=${follow} />`)}</ul>
    ${next.value !== null && html`<p class="note"><button type="button" class="button" onclick=${() => loadList({ more: true })}>Show older</button></p>`}`;
}

/** @param {{ one: Notification, close: () => void, follow: (address: string) => void }} props */
function Row({ one, close, follow }) {
  const address = addressOf(one);
  const said = html`<b>${one.text}</b>${one.data.line && html`<span class="line cut">${lineOf(one.data.line)}</span>`}<${Time} at=${one.created_at} />`;
  const onclick = (/** @type {MouseEvent} */ event) => {
    if (!one.read) orSay(read([one.id]));
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    close();
    follow(address ?? "");
  };
  return html`<li class=${one.read ? "notification" : "notification unread"}>
    ${one.by ? html`<${Avatar} card=${one.by} />` : html`<span class="sign"><${Icon} name=${ICONS[one.kind] ?? "bell"} /></span>`}
    ${address ? html`<a class="what" href=${address} onclick=${onclick}>${said}</a>` : html`<div class="what">${said}</div>`}
    <div class="acts">
      ${!one.read && html`<${IconButton} icon="check" label="Mark as read" onclick=${() => orSay(read([one.id]))} />`}
      <${IconButton} icon="close" label="Dismiss" onclick=${() => orSay(read([one.id], true))} /></div>
  </li>`;
}
