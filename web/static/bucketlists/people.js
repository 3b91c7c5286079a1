/** Who is on a list, what they may do there, and how others join: a link and its square to be photographed. */

import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { encode } from "uqr";
import { Avatar, Dialog, Form, toast } from "../components.js";
import { html } from "../html.js";
import { Menu } from "../menu.js";
import { api, user } from "../session.js";
import { reasonOf, timeAhead } from "../words.js";

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
  const invite = useSignal(/** @type {any} */ (null));
  const shows = useSignal(false);
  const ask = (/** @type {string} */ method) => api(method, `bucketlists/${list.id}/invites/${role}/`, method === "GET" ? undefined : {}).then((body) => { invite.value = body; }, (error) => toast(reasonOf(error)));
  const open = async () => {
    await ask("POST");
    if (invite.value) shows.value = true;
  };
  const end = () => api("DELETE", `bucketlists/${list.id}/invites/${role}/`).then(() => {
    shows.value = false;
    toast("The link leads nowhere now.");
  }, (error) => toast(reasonOf(error)));
  const article = role === "editor" ? "an editor" : "a viewer";
  return html`<div class="card invite"><p><b>As ${article}</b></p><p class="hint">${what}</p>
    <button type="button" class="button" onclick=${open}>Show the link for ${role}s</button>
    ${shows.value && html`<${Dialog} label="Join as ${article}" onclose=${() => { shows.value = false; }}>
      <${Square} text=${invite.value.invite_url} />
      <${CopyField} text=${invite.value.invite_url} />
      <p class="hint">Whoever has this link joins as ${article}. It is good until ${timeAhead(invite.value.expires_at)}.
        <button type="button" class="link" onclick=${() => ask("PUT")}>Make a new one, end this one</button>
        <button type="button" class="link" onclick=${end}>End it</button></p><//>`}</div>`;
}

/** @param {{ text: string }} props */
function CopyField({ text }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toast("Copied.");
    } catch {
      toast("Select the link and copy it.");
    }
  };
  const share = () => navigator.share({ url: text }).catch(() => {}); // they thought better of it
  return html`<div class="row copy"><input readonly aria-label="Link to join" value=${text} onfocus=${(/** @type {any} */ event) => event.currentTarget.select()} />
    <button type="button" class="button primary" onclick=${copy}>Copy</button>
    ${"share" in navigator && html`<button type="button" class="button" onclick=${share}>Share</button>`}</div>`;
}

/** The text as a QR code. @param {{ text: string }} props */
function Square({ text }) {
  const { size, data } = useMemo(() => encode(text, { ecc: "M", border: 4 }), [text]);
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join("");
  return html`<svg class="square" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR code of the link" shape-rendering="crispEdges"><path d=${path} /></svg>`;
}
