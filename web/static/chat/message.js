/** One message: its words, what can be done with it, and what became of what was done. */

import { useComputed, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { block, isBlocked, unblock } from "../accounts/blocks.js";
import { Avatar, Dialog, Field, Form, IconButton, Time, toast } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { isChoosing, Menu } from "../menu.js";
import { askModerator, choicesOn } from "../moderation/asked.js";
import { clockOf, reasonOf, spanOf } from "../words.js";
import { lineOf } from "./markup.js";
import { active, jumpTo, pointed } from "./place.js";
import { namesMe, Words } from "./words.js";

/**
 * @typedef {import("./conversation.js").Conversation} Conversation
 * @typedef {import("./conversation.js").Message} Message
 * @typedef {import("./conversation.js").Unsent} Unsent
 */

/** @param {{ message: Message, grouped: boolean, room: Conversation }} props */
export function MessageRow({ message, grouped, room }) {
  const { seq, author, created_at, edited_at, deleted, text } = message;
  const id = room.idOf(seq);
  const isActive = useComputed(() => active.value === id).value;
  const isPointed = useComputed(() => pointed.value === id).value;
  const isEdited = useComputed(() => room.editing.value === seq).value;
  const change = useComputed(() => room.changes.value.get(seq)).value;
  if (message.hidden || isBlocked(author)) return html`<${Stub} message=${message} isActive=${isActive} room=${room} />`;
  const marks = { grouped, active: isActive, pointed: isPointed, answer: !room.nests && message.reply_to !== null, naming: !deleted && author.id !== room.me && namesMe(text) };
  const name = html`<a class="name" href="/people/${author.username}" title=${author.name}>${author.name}</a>`;
  return html`<li class=${["message", ...Object.entries(marks).flatMap(([mark, on]) => (on ? mark : []))].join(" ")} ...${beingActive(id)}>
    ${grouped
      ? html`<span class="gutter" aria-hidden="true">${clockOf(created_at)}</span>`
      : html`<${Avatar} card=${author} />`}
    <div class="body">
      ${!grouped && html`<p class="by">${author.username ? name : html`<span class="name">${author.name}</span>`} <${Time} at=${created_at} /></p>`}
      ${message.reply_to && room.nests && html`<${Quote} reply=${message.reply_to} room=${room} />`}
      ${deleted ? html`<p class="gone">Message deleted</p>`
        : isEdited ? html`<${EditBox} message=${message} room=${room} />`
        : html`<${Words} text=${text}>${edited_at && html` <span class="edited">${change?.reason === null ? "saving…" : "edited"}</span>`}<//>`}
      ${change?.reason && html`<${Refused} change=${change} message=${message} room=${room} />`}
    </div>
    ${isActive && !isEdited && html`<${Actions} message=${message} room=${room} />`}
  </li>`;
}

/** A row that becomes active under the mouse and when it has the focus. @param {string} id */
const beingActive = (id) => ({
  id,
  tabindex: -1,
  onpointerenter: (/** @type {PointerEvent} */ event) => { if (event.pointerType === "mouse" && !isChoosing()) active.value = id; },
  onfocusin: () => { active.value = id; },
});

/** What stands for a message of somebody whom this person blocks. @param {{ message: Message, isActive: boolean, room: Conversation }} props */
function Stub({ message: { seq, author }, isActive, room }) {
  const choices = [unblocking(author), ...(room.standing.moderator.value ? choicesOn(author) : [])];
  return html`<li class="message stub ${isActive ? "active" : ""}" ...${beingActive(room.idOf(seq))}>
    <span class="gutter" aria-hidden="true"><${Icon} name="block" /></span>
    <p class="gone">A message of somebody you blocked</p>
    ${isActive && html`<div class="actions" role="group" aria-label="Message actions"><${Menu} label="More" choices=${choices} /></div>`}
  </li>`;
}

/** @param {import("../session.js").UserCard} card @returns {import("../menu.js").Choice} */
const unblocking = (card) => ({ icon: "block", label: `Unblock ${card.name}`, act: () => { unblock(card).catch((error) => toast(reasonOf(error))); } });
/** @param {import("../session.js").UserCard} card @returns {import("../menu.js").Choice} */
const blocking = (card) => ({ icon: "block", label: `Block ${card.name}`, act: () => {
  block(card).then(() => toast(`You no longer hear ${card.name}. They are not told.`), (error) => toast(reasonOf(error)));
} });

/** @param {{ reply: NonNullable<Message["reply_to"]>, room: Conversation }} props */
function Quote({ reply, room }) {
  const known = useComputed(() => room.message(reply.seq)).value;
  const line = lineOf(known ? known.text : reply.line);
  return html`<button type="button" class="quote" onclick=${() => jumpTo(room, reply.seq)}
      aria-label="Go to the message of ${reply.author.name}">
    ${known?.hidden || isBlocked(reply.author) ? "Somebody you blocked" : html`<b>${reply.author.name}</b> ${line || "message deleted"}`}
  </button>`;
}

/** @param {{ message: Message, room: Conversation }} props */
function Actions({ message, room }) {
  const asks = useSignal(false);
  const own = message.author.id === room.me;
  const choices = choicesOf(message, room);
  if (message.deleted && !choices.length) return null;
  return html`<div class="actions" role="group" aria-label="Message actions">
    ${room.standing.mayPost.value && !message.deleted && (room.nests || !message.reply_to) && html`<${IconButton} icon="reply" label="Reply to ${message.author.name}" onclick=${() => { room.replyTo.value = message; }} />`}
    ${room.mayEdit(message) && html`<${IconButton} icon="edit" label="Edit message" onclick=${() => { room.editing.value = message.seq; }} />`}
    ${(own || room.standing.moderator.value) && !message.deleted && html`<${IconButton} icon="delete" label="Delete message" onclick=${() => { asks.value = true; }} />`}
    ${choices.length > 0 && html`<${Menu} label="More" choices=${choices} />`}
    ${asks.value && html`<${DeleteDialog} message=${message} room=${room} own=${own} onclose=${() => { asks.value = false; }} />`}
  </div>`;
}

/** What else can be done about a message. @param {Message} message @param {Conversation} room */
function choicesOf({ seq, author, edited_at, deleted }, room) {
  const keepsOrder = room.standing.moderator.value;
  const choices = [];
  if (keepsOrder && (edited_at || deleted)) choices.push({ icon: "clock", label: "Former versions", act: () => askModerator({ what: "versions", room: room.room, seq }) });
  if (author.id === null || author.id === room.me) return choices;
  choices.push(blocking(author));
  return keepsOrder ? [...choices, ...choicesOn(author)] : choices;
}

/** @param {{ message: Message, room: Conversation, own: boolean, onclose: () => void }} props */
function DeleteDialog({ message, room, own, onclose }) {
  /** @param {Record<string, string>} values */
  const act = async ({ reason = "" }) => {
    if (!own && !reason.trim()) throw { fields: { reason: ["Say why, in a few words."] } };
    onclose();
    room.remove(message.seq, reason.trim());
  };
  return html`<${Dialog} label="Delete this message?" onclose=${onclose}>
    <blockquote>${message.text}</blockquote>
    <${Form} act=${act} submit="Delete" danger>
      ${(/** @type {Record<string, string[]>} */ wrong) => html`<p class="hint">Its words disappear for everyone. Its place stays.</p>
        ${!own && html`<${Field} label="Reason, for the record" name="reason" maxlength="500" autofocus error=${wrong.reason} />`}`}
    <//>
  <//>`;
}

/** @param {{ message: Message, room: Conversation }} props */
function EditBox({ message, room }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(message.text.length, message.text.length);
  }, []);
  const save = () => {
    const text = field.current?.value.trim();
    if (text) room.edit(message.seq, text);
  };
  const cancel = () => { room.editing.value = null; };
  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => {
    if (event.key === "Escape") cancel();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class="edit-box">
    <textarea ref=${field} aria-label="Edit message" maxlength="2000" rows=${message.text.split("\n").length} onkeydown=${onkeydown}>${message.text}</textarea>
    <div class="row"><button type="button" class="button primary" onclick=${save}>Save</button>
      <button type="button" class="button" onclick=${cancel}>Cancel</button></div>
  </div>`;
}

/** @param {{ change: import("./conversation.js").Change, message: Message, room: Conversation }} props */
function Refused({ change, message, room }) {
  return html`<p class="refused" role="alert"><${Icon} name="warn" />
    <span class="grow">${change.text === null ? "Not deleted" : "Not changed"}: ${change.reason}</span>
    <button type="button" class="link" onclick=${change.again}>Retry</button>
    <button type="button" class="link" onclick=${() => room.forgive(message.seq)}>Dismiss</button></p>`;
}

/** A message of mine that the server has not acknowledged. @param {{ unsent: Unsent, room: Conversation, online: boolean }} props */
export function UnsentRow({ unsent, room, online }) {
  const wait = (unsent.until - Date.now()) / 1000;
  return html`<li class="message unsent ${unsent.reason ? "failed" : ""}">
    <span class="gutter"><${Icon} name=${unsent.reason ? "warn" : "clock"} /></span>
    <div class="body">
      <${Words} text=${unsent.text} />
      ${unsent.reason
        ? html`<p class="refused" role="alert"><span class="grow">Not sent: ${unsent.reason}</span>
            <button type="button" class="link" onclick=${() => room.retry(unsent)} title=${wait > 0 ? `Possible in ${spanOf(wait)}` : null}>Retry</button>
            <button type="button" class="link" onclick=${() => room.discard(unsent)}>Discard</button></p>`
        : html`<span class="edited">${online ? "Sending…" : "Waiting for the connection"}</span>`}
    </div>
  </li>`;
}
