/** Conversations: the global room, and that of the place that is shown. In the middle at /chat, at the side of every other room, a sheet on phones. */

import { computed, effect, signal, untracked, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { askToSignIn } from "../accounts/sign_in.js";
import { Empty } from "../components.js";
import { closeCode, live, retryAt, status } from "../connection.js";
import { html } from "../html.js";
import { Menu } from "../menu.js";
import { askModerator } from "../moderation/asked.js";
import { Loading } from "../resource.js";
import { go, isChat, path } from "../router.js";
import { user } from "../session.js";
import { spanOf } from "../words.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { Log } from "./log.js";
import { Here } from "./presence.js";

const TOO_MANY_SOCKETS = 4304;

/** The global room as the signed-in person sees it; null for a stranger. */
export const room = signal(/** @type {Conversation | null} */ (null));

/** The conversation of what is shown, such as a list; null: it has none. */
export const local = signal(/** @type {Conversation | null} */ (null));
/** Which of the two stands at the side. */
const aside = signal(/** @type {"local" | "global"} */ ("local"));

/** The one that is before the eyes, by the address where it has one. */
export const spoken = computed(() => {
  if (path.value === "/chat") return room.value;
  if (isChat(path.value)) return local.value;
  return local.value && aside.value === "local" ? local.value : room.value;
});

/** Turn the side to the conversation of that address. @param {string} address */
export function face(address) {
  aside.value = address === "/chat" ? "global" : "local";
}

/** Follow the sign-in from now on. */
export function startChat() {
  effect(() => { if (local.value) aside.value = "local"; });
  effect(() => {
    const id = user.value?.id;
    untracked(() => {
      if (room.value?.me === id) return;
      room.value?.close();
      room.value = id ? new Conversation("global", id) : null;
    });
  });
}

/** @param {{ controls: any, heading?: string }} props `controls`: what is at hand where it is shown; `heading`: its rank there */
export function Chat({ controls, heading = "h2" }) {
  const shown = spoken.value;
  return html`<section class="chat" aria-label="Chat">
    <header class="bar">${local.value ? html`<${Choice} heading=${heading} />` : html`<${heading} class="grow cut">Global room<//><${LiveMark} />`}
      ${shown && html`<${AtHand} key=${shown.room} room=${shown} />`}${controls}</header>
    ${shown ? html`<${Room} key=${shown.room} room=${shown} />` : user.value ? html`<${Loading} />` : html`<${Stranger} />`}
  </section>`;
}

/** Between the conversation of the place and everyone's. @param {{ heading: string }} props */
function Choice({ heading }) {
  const choose = (/** @type {"local" | "global"} */ which) => {
    aside.value = which;
    const one = which === "local" ? local.value : room.value;
    if (isChat(path.value) && one) go(one.address);
  };
  /** @param {"local" | "global"} which @param {string} words @param {Conversation | null} one */
  const button = (which, words, one) => html`<button type="button" aria-pressed=${spoken.value === one} onclick=${() => choose(which)}>
    ${words}${spoken.value !== one && (one?.unread.value ?? 0) > 0 && html`<i class="fresh" title="New messages"></i>`}</button>`;
  return html`<${heading} class="unseen">Chat<//><div class="choice grow" role="group" aria-label="Which conversation">
    ${button("local", local.value?.here ?? "", local.value)}${button("global", "Everyone", room.value)}</div>`;
}

/** What the head of a room offers. @param {{ room: Conversation }} props */
function AtHand({ room }) {
  const { standing, presence } = room;
  return html`<${Here} presence=${presence} />
    ${standing.moderator.value && html`<${Menu} label="Keep order" icon="shield" choices=${[
      { icon: "slow", label: "Slow mode…", act: () => askModerator({ what: "pace", standing }) }]} />`}`;
}

function LiveMark() {
  return status.value === "online" && html`<span class="live"><i></i>Live</span>`;
}

/** @param {{ room: Conversation }} props */
function Room({ room }) {
  if (room.phase.value === "closed") {
    return html`<${Empty} icon="chat" title="This room is closed to you" heading="h2"><p>If that is a surprise, ask a moderator.</p><//>`;
  }
  return html`<${ConnectionLine} /><${Log} room=${room} /><${Composer} room=${room} />`;
}

function Stranger() {
  return html`<${Empty} icon="chat" title="Everyone here, in one conversation" heading="h2">
    <p>Sign in to read along and to say something.</p>
    <button type="button" class="button primary" onclick=${() => askToSignIn("in")}>Sign in</button>
    <button type="button" class="button" onclick=${() => askToSignIn("up")}>Create an account</button>
  <//>`;
}

/** A thin line while the connection is away; nothing written meanwhile is lost. */
export function ConnectionLine() {
  if (status.value === "online") return null;
  if (status.value === "stopped" && closeCode.value === TOO_MANY_SOCKETS) {
    return html`<${Line} words="Open in too many windows, so this one stopped." act="Continue here" onclick=${() => live.start()} />`;
  }
  if (status.value === "stopped" || status.value === "signed_out") return html`<${Line} words="The server ended this connection." act="Connect again" onclick=${() => live.start()} />`;
  return html`<${Reconnecting} />`;
}

function Reconnecting() {
  const left = useSignal(0);
  const due = retryAt.value;
  useEffect(() => {
    const count = () => { left.value = due ? (due - Date.now()) / 1000 : 0; };
    count();
    const timer = setInterval(count, 1000);
    return () => clearInterval(timer);
  }, [due]);
  const next = left.value > 1 ? ` Next try in ${spanOf(left.value)}.` : "";
  return html`<${Line} words="Reconnecting…" aside="${next} What you write is kept." act="Try now" onclick=${() => live.wake()} />`;
}

/** @param {{ words: string, aside?: string, act: string, onclick: () => void }} props */
function Line({ words, aside = "", act, onclick }) {
  return html`<div class="connection"><span class="grow"><span role="status">${words}</span>${aside}</span>
    <button type="button" class="link" onclick=${onclick}>${act}</button></div>`;
}
