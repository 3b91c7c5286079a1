/** Where a message is written: Enter sends, Shift+Enter starts a line, Up edits the last own one. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";

const MOST = 2000; // characters
const NEARLY = 1800;

/** @param {{ room: import("./conversation.js").Conversation }} props */
export function Composer({ room }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const text = room.draft.value;
  const length = [...text.trim()].length;
  const reply = room.replyTo.value;

  useLayoutEffect(() => { // as tall as its text
    const box = field.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }, [text]);
  useLayoutEffect(() => { if (reply) field.current?.focus(); }, [reply]);

  const send = () => {
    if (length > 0 && length <= MOST) room.post(text.trim());
    field.current?.focus();
  };
  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) send();
    else if (event.key === "Escape" && reply) room.replyTo.value = null;
    else if (event.key === "ArrowUp" && !text) room.editing.value = room.messages.value.findLast((one) => room.mayEdit(one))?.seq ?? null;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  if (!room.mayPost.value) return html`<p class="composer note">You can read here, but not write.</p>`;
  return html`<form class="composer" onsubmit=${(/** @type {Event} */ event) => { event.preventDefault(); send(); }}>
    ${reply && html`<div class="replying"><${Icon} name="reply" />
      <span class="grow">Replying to <b>${reply.author.name}</b>: ${reply.text.split("\n")[0]}</span>
      <${IconButton} icon="close" label="Stop replying" onclick=${() => { room.replyTo.value = null; }} /></div>`}
    <textarea ref=${field} rows="1" aria-label="Message the global room" placeholder="Message the global room…" value=${text}
      enterkeyhint="send" onkeydown=${onkeydown}
      oninput=${(/** @type {any} */ event) => { room.draft.value = event.currentTarget.value; }} />
    <button class="icon-button send" aria-label="Send" title="Send (Enter)" disabled=${length === 0 || length > MOST}><${Icon} name="send" /></button>
    ${length > NEARLY && html`<span class=${length > MOST ? "left wrong" : "left"} role="status">${MOST - length}</span>`}
  </form>`;
}
