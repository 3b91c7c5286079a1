/** Where a message is written: Enter sends, Shift+Enter starts a line, Up edits the last own one, @ names somebody. */

import { useComputed } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { isBlocked } from "../accounts/blocks.js";
import { IconButton, useServerTime } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { countdownOf, lastingOf, listOf, timeAhead } from "../words.js";
import { lineOf } from "./markup.js";
import { SuggestionList, Suggestions } from "./suggest.js";

/** @typedef {import("./conversation.js").Conversation} Conversation */

const MOST = 2000; // characters
const NEARLY = 1800;

/** @param {{ room: Conversation }} props */
export function Composer({ room }) {
  return html`<div class="foot"><${StatusLine} room=${room} />${room.standing.mayPost.value ? html`<${Writing} room=${room} />` : html`<${Closed} standing=${room.standing} />`}</div>`;
}

/** @param {{ room: Conversation }} props */
function Writing({ room }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const suggestions = useMemo(() => new Suggestions(room), [room]);
  useEffect(() => () => suggestions.close(), [suggestions]);
  const text = room.draft.value;
  const length = [...text.trim()].length;
  const reply = room.replyTo.value;
  const waits = useServerTime(room.standing.waitsUntil.value) > 0;
  const fits = length > 0 && length <= MOST;

  useLayoutEffect(() => { // as tall as its text
    const box = field.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }, [text]);
  useLayoutEffect(() => { if (reply) field.current?.focus(); }, [reply]);

  const send = () => {
    if (fits && !waits) room.post(text.trim());
    field.current?.focus();
  };
  const look = () => suggestions.look(field.current?.value ?? "", field.current?.selectionStart ?? 0);
  const write = (/** @type {any} */ event) => {
    room.draft.value = event.currentTarget.value;
    look();
    if (room.draft.value.trim()) room.typing.tell();
    else room.typing.rest(false);
  };
  const take = (/** @type {import("../session.js").UserCard} */ card) => {
    const box = /** @type {HTMLTextAreaElement} */ (field.current);
    const taken = suggestions.take(text, card);
    if (!taken) return;
    room.draft.value = box.value = taken.text;
    box.focus();
    box.setSelectionRange(taken.caret, taken.caret);
  };
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (!onNaming(event, suggestions, take) && !onWriting(event, room, send)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const chosen = suggestions.people.value.length ? `suggestion-${suggestions.chosen.value}` : null;
  return html`<form class="composer" onsubmit=${(/** @type {Event} */ event) => { event.preventDefault(); send(); }}>
    ${reply && html`<div class="replying"><${Icon} name="reply" />
      <span class="grow">Replying to <b>${reply.author.name}</b>: ${lineOf(reply.text)}</span>
      <${IconButton} icon="close" label="Stop replying" onclick=${() => { room.replyTo.value = null; }} /></div>`}
    <${SuggestionList} suggestions=${suggestions} take=${take} />
    <textarea ref=${field} rows="1" aria-label=${room.called} placeholder="${room.called}…" value=${text}
      enterkeyhint="send" aria-autocomplete="list" aria-controls=${chosen && "suggestions"} aria-activedescendant=${chosen}
      onkeydown=${onkeydown} onkeyup=${look} onclick=${look} oninput=${write}
      onblur=${() => { room.typing.rest(false); suggestions.dismiss(); }} />
    <button class="icon-button send" aria-label="Send" title="Send (Enter)" disabled=${!fits || waits}><${Icon} name="send" /></button>
    ${length > NEARLY && html`<span class=${length > MOST ? "left wrong" : "left"} role="status">${MOST - length}</span>`}
  </form>`;
}

/** Keys while names are offered. @param {KeyboardEvent} event @param {Suggestions} suggestions @param {(card: any) => void} take */
function onNaming(event, suggestions, take) {
  if (!suggestions.people.value.length) return false;
  if (event.key === "ArrowDown") suggestions.move(1);
  else if (event.key === "ArrowUp") suggestions.move(-1);
  else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") take(suggestions.people.value[suggestions.chosen.value]);
  else if (event.key === "Escape") suggestions.dismiss();
  else return false;
  return true;
}

/** All other keys. @param {KeyboardEvent} event @param {Conversation} room @param {() => void} send */
function onWriting(event, room, send) {
  if (event.key === "Enter" && !event.shiftKey) send();
  else if (event.key === "Escape" && room.replyTo.value) room.replyTo.value = null;
  else if (event.key === "ArrowUp" && !room.draft.value) room.editing.value = room.messages.value.findLast((one) => room.mayEdit(one))?.seq ?? null;
  else return false;
  return true;
}

/** Who is typing, and how slow the room is. @param {{ room: Conversation }} props */
function StatusLine({ room }) {
  const typing = useComputed(() => room.typing.people.value.filter((card) => !isBlocked(card))).value;
  const { slowModeS, moderator, mayPost, waitsUntil } = room.standing;
  const left = useServerTime(waitsUntil.value);
  const pace = left > 0 ? `Slow mode: you can write again in ${countdownOf(left / 1000)}` : `Slow mode: ${lastingOf(slowModeS.value)}${moderator.value ? ", not for you" : ""}`;
  return html`<div class="status-line"><span class="grow cut" role="status">${typing.length > 0 && html`<i class="dots" aria-hidden="true"></i>${sentenceOf(typing)}`}</span>
    ${slowModeS.value > 0 && mayPost.value && html`<span class=${left > 0 ? "pace waiting" : "pace"}><${Icon} name="slow" />${pace}</span>`}</div>`;
}

/** @param {{ name: string }[]} people */
const sentenceOf = (people) => `${listOf(people.map(({ name }) => name))} ${people.length === 1 ? "is" : "are"} typing`;

/** Why nothing can be written here. @param {{ standing: import("./standing.js").Standing }} props */
function Closed({ standing }) {
  const sanction = standing.sanction.value;
  const left = useServerTime(sanction?.until ? Date.parse(sanction.until) : 0);
  if (!sanction) return html`<p class="composer closed" role="status"><${Icon} name="shield" />You can read here, but not write.</p>`;
  return html`<p class="composer closed" role="status"><${Icon} name="shield" /><span>
    <b>You may only read${sanction.until ? ` until ${timeAhead(sanction.until)}` : ""}.</b>${left > 0 && html`<span role="timer"> ${countdownOf(left / 1000)} left.</span>`}
    ${sanction.reason && html`<span> Reason: ${sanction.reason}</span>`}</span></p>`;
}
