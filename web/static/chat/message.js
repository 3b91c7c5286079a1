/** One message: its words, what can be done with it, and what became of what was done. */

import { useComputed, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isBlocked } from "../accounts/blocks.js";
import { Avatar, Dialog, Field, Form, IconButton, Time } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { clockOf, linked, spanOf } from "../words.js";
import { active, jumpTo } from "./place.js";

/**
 * @typedef {import("./conversation.js").Conversation} Conversation
 * @typedef {import("./conversation.js").Message} Message
 * @typedef {import("./conversation.js").Unsent} Unsent
 */

/** @param {{ text: string, children?: any }} props */
function Words({ text, children }) {
  return html`<p class="words">${linked(text).map(({ text, href }) =>
    href ? html`<a href=${href} rel="nofollow noopener noreferrer" target="_blank">${text}</a>` : text)}${children}</p>`;
}

/** @param {{ message: Message, grouped: boolean, room: Conversation }} props */
export function MessageRow({ message, grouped, room }) {
  const { seq, author, created_at, edited_at, deleted, text } = message;
  const isActive = useComputed(() => active.value === seq).value;
  const isEdited = useComputed(() => room.editing.value === seq).value;
  const change = useComputed(() => room.changes.value.get(seq)).value;
  const name = html`<a class="name" href="/people/${author.username}" title=${author.name}>${author.name}</a>`;
  return html`<li class="message ${grouped ? "grouped" : ""} ${isActive ? "active" : ""}" id="m${seq}" tabindex="-1"
      onpointerenter=${(/** @type {PointerEvent} */ event) => { if (event.pointerType === "mouse") active.value = seq; }}
      onfocusin=${() => { active.value = seq; }}>
    ${grouped
      ? html`<span class="gutter" aria-hidden="true">${clockOf(created_at)}</span>`
      : html`<${Avatar} card=${author} />`}
    <div class="body">
      ${!grouped && html`<p class="by">${author.username ? name : html`<span class="name">${author.name}</span>`} <${Time} at=${created_at} /></p>`}
      ${message.reply_to && !isBlocked(author) && html`<${Quote} reply=${message.reply_to} room=${room} />`}
      ${deleted ? html`<p class="gone">Message deleted</p>`
        : isBlocked(author) ? html`<p class="gone">You do not hear ${author.name}</p>`
        : isEdited ? html`<${EditBox} message=${message} room=${room} />`
        : html`<${Words} text=${text}>${edited_at && html` <span class="edited">${change?.reason === null ? "saving…" : "edited"}</span>`}<//>`}
      ${change?.reason && html`<${Refused} change=${change} message=${message} room=${room} />`}
    </div>
    ${isActive && !deleted && !isEdited && !isBlocked(author) && html`<${Actions} message=${message} room=${room} />`}
  </li>`;
}

/** @param {{ reply: NonNullable<Message["reply_to"]>, room: Conversation }} props */
function Quote({ reply, room }) {
  const known = useComputed(() => room.message(reply.seq)).value;
  const line = known ? known.text.split("\n")[0] : reply.line;
  return html`<button type="button" class="quote" onclick=${() => jumpTo(room, reply.seq)}
      aria-label="Go to the message of ${reply.author.name}">
    <b>${reply.author.name}</b> ${isBlocked(reply.author) ? "" : line || "message deleted"}
  </button>`;
}

/** @param {{ message: Message, room: Conversation }} props */
function Actions({ message, room }) {
  const asks = useSignal(false);
  const own = message.author.id === room.me;
  return html`<div class="actions" role="group" aria-label="Message actions">
    ${room.mayPost.value && html`<${IconButton} icon="reply" label="Reply to ${message.author.name}" onclick=${() => { room.replyTo.value = message; }} />`}
    ${room.mayEdit(message) && html`<${IconButton} icon="edit" label="Edit message" onclick=${() => { room.editing.value = message.seq; }} />`}
    ${(own || room.moderator.value) && html`<${IconButton} icon="delete" label="Delete message" onclick=${() => { asks.value = true; }} />`}
    ${asks.value && html`<${DeleteDialog} message=${message} room=${room} own=${own} onclose=${() => { asks.value = false; }} />`}
  </div>`;
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
