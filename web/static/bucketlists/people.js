/** Who is on a list, what they may do there, and how others join: a link and its square to be photographed. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Avatar, Dialog, Form, toast } from "../components.js";
import { html } from "../html.js";
import { InviteDialog, useInvite } from "../joining.js";
import { Menu } from "../menu.js";
import { api, user } from "../session.js";
import { reasonOf } from "../words.js";

/**
 * @typedef {import("./store.js").OpenList} OpenList
 * @typedef {import("./rules.js").Member} Member
 */

const ROLES = { editor: "Editors propose and vote.", viewer: "Viewers read along; they vote where the list lets them." };

/** @param {{ list: OpenList }} props */
export function People({ list }) {
  const { isOwner } = list.rights.value;
  const members = list.members.value;
  const others = (list.meta.value?.members_count ?? 0) - members.length;
  return html`<div class="people">
    ${isOwner && html`<${Invites} list=${list} />`}
    <h2>${isOwner ? "On the list" : "Who is on the list"}</h2>
    <ul class="cards" aria-label="Members">${members.map((member) => html`<${Row} key=${member.id} member=${member} list=${list} />`)}</ul>
    ${others > 0 && html`<p class="hint">and ${others} more</p>`}
    ${isOwner && html`<${Removed} list=${list} />`}
    ${list.membership.value && !isOwner && html`<${Leave} list=${list} />`}</div>`;
}

/** @param {{ member: Member, list: OpenList }} props */
function Row({ member, list }) {
  const asks = useSignal(/** @type {"transfer" | "remove" | null} */ (null));
  const { isOwner } = list.rights.value;
  const { user: card, role } = member;
  const route = `bucketlists/${list.id}/members/${member.id}/`;
  const turn = (/** @type {string} */ to) => api("PATCH", route, { role: to }).catch((error) => toast(reasonOf(error)));
  const choices = [
    role === "viewer" ? { icon: "edit", label: "Make an editor", act: () => turn("editor") } : { icon: "feel", label: "Make a viewer", act: () => turn("viewer") },
    { icon: "crown", label: "Hand the list over…", act: () => { asks.value = "transfer"; } },
    { icon: "leave", label: "Remove…", act: () => { asks.value = "remove"; }, danger: true },
  ];
  return html`<li class="card row"><${Avatar} card=${card} />
    ${card.username ? html`<a class="grow cut" href="/people/${card.username}">${card.name}</a>` : html`<span class="grow cut">${card.name}</span>`}
    <span class="hint">${card.id !== null && card.id === user.value?.id ? `you, ${role}` : role}</span>
    ${isOwner && role !== "owner" && html`<${Menu} label="What to do about ${card.name}" choices=${choices} />`}
    ${asks.value && html`<${Ask} what=${asks.value} member=${member} list=${list} onclose=${() => { asks.value = null; }} />`}</li>`;
}

/** @param {{ what: "transfer" | "remove", member: Member, list: OpenList, onclose: () => void }} props */
function Ask({ what, member, list, onclose }) {
  const name = member.user.name;
  const remove = what === "remove";
  const act = async () => {
    if (remove) await api("DELETE", `bucketlists/${list.id}/members/${member.id}/`);
    else await api("POST", `bucketlists/${list.id}/transfer/`, { membership_id: member.id });
    onclose();
  };
  return html`<${Dialog} label=${remove ? `Remove ${name}?` : `Hand the list over to ${name}?`} onclose=${onclose}>
    <${Form} act=${act} submit=${remove ? "Remove" : "Hand over"} danger>${() => html`<p class="hint">${remove
      ? "Their votes are taken out of the open round, and no link brings them back until you let it."
      : "They decide from then on who is on it and when it closes. You stay as an editor."}</p>`}<//><//>`;
}

/** @param {{ list: OpenList }} props */
function Leave({ list }) {
  const asks = useSignal(false);
  const close = () => { asks.value = false; };
  const act = async () => {
    await api("DELETE", `bucketlists/${list.id}/members/${list.membership.value?.id}/`);
    close();
    toast("You left the list.");
  };
  return html`<button type="button" class="button danger" onclick=${() => { asks.value = true; }}>Leave the list…</button>
    ${asks.value && html`<${Dialog} label="Leave the list?" onclose=${close}><${Form} act=${act} submit="Leave" danger>
      ${() => html`<p class="hint">Your votes are taken out of the open round. What you proposed stays.</p>`}<//><//>`}`;
}

/** Whom the owner removed: no link lets them in again until that is lifted (V74). @param {{ list: OpenList }} props */
function Removed({ list }) {
  const removed = useSignal(/** @type {any[]} */ ([]));
  const load = () => api("GET", `bucketlists/${list.id}/members/`).then((body) => { removed.value = body.removed ?? []; }, () => {});
  useEffect(() => { load(); }, [list, list.members.value.length]);
  if (!removed.value.length) return null;
  const lift = (/** @type {any} */ one) => api("DELETE", `bucketlists/${list.id}/removed/${one.user.id}/`).then(load, (error) => toast(reasonOf(error)));
  return html`<h2>Removed</h2><ul class="cards">${removed.value.map((one) => html`<li key=${one.user.id} class="card row"><${Avatar} card=${one.user} />
    <span class="grow cut">${one.user.name}</span><button type="button" class="button" aria-label="Let ${one.user.name} join again" onclick=${() => lift(one)}>Let them join again</button></li>`)}</ul>`;
}

/** @param {{ list: OpenList }} props */
function Invites({ list }) {
  return html`<h2>Invite</h2><div class="pair">${Object.entries(ROLES).map(([role, what]) => html`<${Invite} key=${role} list=${list} role=${role} what=${what} />`)}</div>`;
}

/** @param {{ list: OpenList, role: string, what: string }} props */
function Invite({ list, role, what }) {
  const link = useInvite(`bucketlists/${list.id}/invites/${role}/`);
  const article = role === "editor" ? "an editor" : "a viewer";
  return html`<div class="card invite"><p><b>As ${article}</b></p><p class="hint">${what}</p>
    <button type="button" class="button" onclick=${link.open}>Show the link for ${role}s</button>
    <${InviteDialog} label="Join as ${article}" what="Whoever has this link joins as ${article}." link=${link} /></div>`;
}
