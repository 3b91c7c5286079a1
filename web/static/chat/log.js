/** The messages of a room, growing at both ends without losing the place of the reader. */

import { computed, signal, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { now, status } from "../connection.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { pointedAt } from "../router.js";
import { dayOf, lastingOf } from "../words.js";
import { MessageRow, UnsentRow } from "./message.js";
import { active, jumpTo } from "./place.js";

/** @typedef {import("./conversation.js").Conversation} Conversation */

const GROUP_MS = 5 * 60_000;
const NEAR_TOP_PX = 600;
const NEAR_BOTTOM_PX = 48;

const visible = signal(!document.hidden);
document.addEventListener("visibilitychange", () => { visible.value = !document.hidden; });

/** @param {{ room: Conversation }} props */
export function Log({ room }) {
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const held = useRef({ first: 0, height: 0, opened: false });
  const atBottom = useSignal(true);
  const messages = room.messages.value;
  const seen = useSignal(0); // the newest when the reader was last at the bottom, or came in
  const newBelow = atBottom.value ? 0 : messages.filter(({ seq, author, hidden }) => seq > seen.value && author.id !== room.me && !hidden).length;
  const first = messages[0]?.seq ?? 0;

  const toBottom = () => { if (list.current) list.current.scrollTop = list.current.scrollHeight; };
  const onscroll = () => {
    const box = /** @type {HTMLDivElement} */ (list.current);
    atBottom.value = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_BOTTOM_PX;
    if (box.scrollTop < NEAR_TOP_PX && !room.olderRefused.value) room.older();
  };

  useLayoutEffect(() => { // older messages came in above: stay with what was being read
    const box = /** @type {HTMLDivElement} */ (list.current);
    const wasAtBottom = held.current.height - box.scrollTop - box.clientHeight < NEAR_BOTTOM_PX; // no event tells of it before the next frame
    if (held.current.first > first && first && !wasAtBottom) box.scrollTop += box.scrollHeight - held.current.height;
    held.current.first = first;
    held.current.height = box.scrollHeight;
    if (held.current.opened || !messages.length) return;
    held.current.opened = true;
    seen.value = messages.at(-1)?.seq ?? 0;
    const isNew = box.querySelector(".new-line");
    if (isNew) isNew.scrollIntoView({ block: "center" });
    else toBottom();
    onscroll();
  });
  useEffect(() => { // stay at the bottom while anything grows or shrinks
    const box = /** @type {HTMLDivElement} */ (list.current);
    const observer = new ResizeObserver(() => {
      if (atBottom.peek()) toBottom();
      held.current.height = box.scrollHeight;
    });
    observer.observe(box);
    if (box.firstElementChild) observer.observe(box.firstElementChild);
    return () => observer.disconnect();
  }, []);
  useSignalEffect(() => {
    room.reading = visible.value && atBottom.value && room.phase.value === "open";
    if (room.reading) room.read();
  });
  useEffect(() => () => { room.reading = false; }, [room]);
  useSignalEffect(() => { if (atBottom.value) seen.value = room.messages.value.at(-1)?.seq ?? 0; });
  useSignalEffect(() => { // somebody was led to a message
    const seq = pointedAt.value;
    if (seq === null || room.phase.value !== "open") return;
    pointedAt.value = null;
    requestAnimationFrame(() => jumpTo(room, seq));
  });
  useSignalEffect(() => { if (room.outbox.value.length) requestAnimationFrame(toBottom); });

  return html`<div class="log-frame">
    <div class="log" ref=${list} onscroll=${onscroll} tabindex="0" role="region" aria-label="Conversation" onkeydown=${onArrow}
        onpointerleave=${() => { if (!list.current?.contains(document.activeElement)) active.value = null; }}>
      <ol class="messages" aria-label="Messages" aria-busy=${room.loading.value}>
        ${room.phase.value === "loading" ? html`<${Skeleton} />` : html`<${Top} room=${room} />`}
        ${rows(room, messages)}
        ${room.outbox.value.map((unsent) => html`<${UnsentRow} key=${unsent.client_id} unsent=${unsent} room=${room} online=${status.value === "online"} />`)}
      </ol>
    </div>
    ${!atBottom.value && html`<button type="button" class="pill" onclick=${toBottom}>
      <${Icon} name="down" />${newBelow ? `${newBelow} new below` : "To the newest"}</button>`}
    <p class="unseen" aria-live="polite">${room.arrived.value && `${room.arrived.value.author.name}: ${room.arrived.value.text}`}</p>
  </div>`;
}

/** Arrow keys move between messages. @param {KeyboardEvent} event */
function onArrow(event) {
  if (!["ArrowUp", "ArrowDown"].includes(event.key) || !(event.target instanceof HTMLElement)) return;
  if (event.target.closest("textarea, input")) return;
  const rows = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("li.message[id]")];
  const at = rows.findIndex((row) => row.contains(/** @type {Node} */ (event.target)));
  const next = at < 0 ? rows.at(-1) : rows[at + (event.key === "ArrowUp" ? -1 : 1)];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

/** @param {{ room: Conversation }} props */
function Top({ room }) {
  if (room.olderRefused.value) {
    return html`<li class="note" role="alert">${room.olderRefused.value} <button type="button" class="link" onclick=${() => room.older()}>Retry</button></li>`;
  }
  if (room.hasOlder.value) return html`<li class="note">Loading older messages…</li>`;
  return html`<li class="note">${room.messages.value.length ? "This is where the conversation began." : "Nobody has said anything yet. Be the first."}</li>`;
}

const today = computed(() => new Date(now.value).setHours(0, 0, 0, 0));

/** Messages with day lines, the line "new", and runs of one person drawn together. @param {Conversation} room @param {import("./conversation.js").Message[]} messages */
function rows(room, messages) {
  const shown = [];
  let before = null;
  let day = "";
  let newAfter = room.newAfter.value ?? Infinity;
  if (room.hasOlder.value && (messages[0]?.seq ?? 0) > newAfter) newAfter = Infinity; // the line stands further up
  const notices = [...room.notices.value];
  for (const message of messages) {
    for (; (notices[0]?.seq ?? Infinity) < message.seq; before = null) shown.push(noticeRow(notices.shift()));
    const thisDay = dayOf(message.created_at, today.value);
    if (thisDay !== day) shown.push(html`<li class="day" key="day-${message.seq}"><span>${thisDay}</span></li>`);
    const isFirstNew = message.seq > newAfter && message.author.id !== room.me;
    if (isFirstNew) {
      shown.push(html`<li class="new-line" key="new"><span role="separator" aria-label="New">New</span></li>`);
      newAfter = Infinity;
    }
    const grouped = !isFirstNew && thisDay === day && !message.reply_to && before?.author.id === message.author.id
      && Date.parse(message.created_at) - Date.parse(before.created_at) < GROUP_MS;
    shown.push(html`<${MessageRow} key=${message.seq} message=${message} grouped=${grouped} room=${room} />`);
    before = message;
    day = thisDay;
  }
  return [...shown, ...notices.map(noticeRow)];
}

/** What changed in the room, as a line between its messages. @param {import("./conversation.js").Notice | undefined} notice */
function noticeRow(notice) {
  if (!notice) return null;
  const { seq, by, slow_mode_s } = notice;
  return html`<li class="notice-line" key="notice-${seq}"><${Icon} name="slow" /><span>${slow_mode_s
    ? html`<b>${by.name}</b> set slow mode: ${lastingOf(slow_mode_s)} between two messages of one person`
    : html`<b>${by.name}</b> ended slow mode`}</span></li>`;
}

function Skeleton() {
  return [72, 40, 88, 56, 64].map((width) => html`<li class="message skeleton" aria-hidden="true" key="s${width}">
    <span class="avatar"></span><div class="body"><p class="by"></p><p class="words w${width}"></p></div></li>`);
}

