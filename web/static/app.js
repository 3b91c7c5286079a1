/** The shell: five rooms, chat beside or above them, and the dialogs that may open anywhere. */

import { effect } from "@preact/signals";
import { render } from "preact";
import { startBlocks } from "./accounts/blocks.js";
import { ResetPage, VerifyPage } from "./accounts/links.js";
import { Person, search, SearchDialog } from "./accounts/people.js";
import { askToSignIn, SignInDialog } from "./accounts/sign_in.js";
import { Chat, face, local, room, startChat } from "./chat/chat.js";
import { Avatar, Empty, IconButton, Toasts } from "./components.js";
import { startConnection } from "./connection.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { HelpDialog, startKeyboard } from "./keyboard.js";
import { beside, heading, openChat, setSide, wide } from "./layout.js";
import { asked } from "./moderation/asked.js";
import { Bell } from "./notifications/bell.js";
import { startNotifications, unread } from "./notifications/store.js";
import { Now } from "./now.js";
import { back, go, isChat, path, pointedAt, startRouting, under } from "./router.js";
import { later } from "./resource.js";
import { restore, user } from "./session.js";

const ROOMS = [
  { href: "/", icon: "now", title: "Now" },
  { href: "/lists", icon: "lists", title: "Lists" },
  { href: "/play", icon: "play", title: "Play" },
  { href: "/matches", icon: "matches", title: "Matches" },
  { href: "/me", icon: "me", title: "Me" },
];

const Matches = later(() => import("./matches/rooms.js").then((part) => part.Matches));
const Lists = later(() => import("./bucketlists/rooms.js").then((part) => part.Lists));
const Unsubscribe = later(() => import("./accounts/preferences.js").then((part) => part.Unsubscribe));
const Join = later(() => import("./bucketlists/rooms.js").then((part) => part.Joining));
const Boards = later(() => import("./boards/rooms.js").then((part) => part.Boards));
const Play = later(() => import("./tournaments/rooms.js").then((part) => part.Play));
const Teams = later(() => import("./teams/rooms.js").then((part) => part.Teams));
const Me = later(() => import("./accounts/me.js").then((part) => part.Me));
const ModerationDialog = later(() => import("./moderation/dialogs.js").then((part) => part.ModerationDialog));

/** @param {string} href */
const titleOf = (href) => ROOMS.find((one) => one.href === rootOf(href))?.title ?? (href === "/chat" ? "Chat" : "");
/** @param {string} href */
const rootOf = (href) => `/${href.split("/")[1]}`.replace(/^\/(boards|teams|tournaments|scrims)$/, "/play");
/** @param {string} href */
const isOurs = (href) => href === "/chat" || rootOf(href) === "/people" || titleOf(href) !== "";

/** @param {{ at: string }} props */
function Room({ at }) {
  const person = /^\/people\/([^/]+)$/.exec(at)?.[1];
  if (at === "/") return html`<${Now} />`;
  if (/^\/teams(\/|$)/.test(at)) return html`<${Teams} at=${at} />`;
  if (/^\/boards(\/|$)/.test(at)) return html`<${Boards} at=${at} />`;
  if (rootOf(at) === "/play") return html`<${Play} at=${at} />`;
  if (rootOf(at) === "/lists") return html`<${Lists} at=${at} />`;
  if (rootOf(at) === "/matches") return html`<${Matches} at=${at} />`;
  if (rootOf(at) === "/me") return user.value ? html`<${Me} />` : html`<${NobodyYet} />`;
  if (at === "/unsubscribe") return html`<${Unsubscribe} />`;
  if (at === "/join") return html`<${Join} />`;
  if (person) return html`<${Person} username=${decodeURIComponent(person)} />`;
  if (at === "/reset-password") return html`<${ResetPage} />`;
  if (at === "/verify-email") return html`<${VerifyPage} />`;
  return html`<${Empty} icon="search" title="There is nothing here"><p>The address may be mistyped.</p><a class="button" href="/">To the start</a><//>`;
}

/** The own account of a stranger. */
function NobodyYet() {
  return html`<${Empty} icon="me" title="This is where you will be">
    <p>Your profile, your sign-ins and whom you do not want to hear.</p>
    <button type="button" class="button primary" onclick=${() => askToSignIn("in")}>Sign in</button>
    <button type="button" class="button" onclick=${() => askToSignIn("up")}>Create an account</button><//>`;
}

/** @param {{ at: string }} props */
function Rooms({ at }) {
  const here = rootOf(at);
  return html`<nav class="rooms" aria-label="Rooms">
    <a class="brand" href="/">Guildhall</a>
    ${ROOMS.map(({ href, icon, title }) => html`<a href=${href} aria-current=${here === href ? "page" : null}><${Icon} name=${icon} /><span>${title}</span></a>`)}
    <span class="space"></span>
    ${user.value && html`<a class="own" href="/me"><${Avatar} card=${user.value} /><span class="cut">${user.value.name}</span></a>`}
  </nav>`;
}

/** What is at hand in every room. */
function Tools() {
  return html`<${IconButton} icon="search" label="Find people" onclick=${search} />
    <${Bell} follow=${follow} />`;
}

/** To a message where chat stands beside the room, else to its address. @param {string} address */
function follow(address) {
  const [place = "", seq] = address.split("#m");
  if (!seq || !beside.value || ![room, local].some((one) => one.value?.address === place)) return go(address);
  face(place);
  pointedAt.value = Number(seq);
}

/** Where one goes back to from a page within a room. @param {string} at @returns {[href: string, words: string] | null} */
function upOf(at) {
  const [match] = /^\/(?:tournaments|scrims)\/\d+(?=\/matches\/\d)/.exec(at) ?? [];
  if (match) return [`${match}/matches`, "To all matches"];
  const [run] = /^\/(?:tournaments|scrims)\/\d+(?=\/console)/.exec(at) ?? [];
  if (run) return [run, "To the competition"];
  if (/^\/(tournaments|scrims)\/\d|^\/(play|tournaments|scrims)\/new$/.test(at)) return ["/play", "To tournaments and scrims"];
  if (/^\/lists\/\d/.test(at)) return ["/lists", "To your lists"];
  if (/^\/matches\/(?!statistics)/.test(at)) return ["/matches", "To your matches"];
  return /^\/teams\/\d/.test(at) ? ["/teams", "To your teams"] : null;
}

/** @param {{ at: string }} props */
function Top({ at }) {
  const up = upOf(at);
  return html`<header class="top">
    ${up && html`<a class="icon-button up" href=${up[0]} aria-label=${up[1]}><${Icon} name="back" /></a>`}
    <p class="grow where">${titleOf(at)}</p>
    ${!user.value && at !== "/" && html`<button type="button" class="button" onclick=${() => askToSignIn("in")}>Sign in</button>`}
    <${Tools} />${!beside.value && html`<${ChatButton} />`}
  </header>`;
}

function ChatButton() {
  const nearest = local.value ?? room.value;
  const fresh = nearest?.unread.value ?? 0;
  const count = fresh > 99 ? "99+" : fresh;
  return html`<${IconButton} icon="chat" label=${fresh ? `Chat, ${count} new` : "Chat"} onclick=${() => openChat(nearest?.address ?? "/chat")}>
    ${fresh > 0 && html`<span class="count" aria-hidden="true">${count}</span>`}<//>`;
}

/** @param {{ at: string }} props */
function Side({ at }) {
  const hide = () => {
    setSide(false);
    if (isChat(path.value)) go(at);
  };
  const controls = html`${!local.value && html`<${IconButton} icon="wide" label="Show chat in the middle" onclick=${() => go("/chat")} />`}
    <${IconButton} icon="side" label="Hide chat" onclick=${hide} />`;
  return html`<aside class="side"><${Chat} controls=${controls} /></aside>`;
}

/** @param {{ at: string }} props */
function Sheet({ at }) {
  const close = () => back(at);
  return html`<div class="behind" onclick=${close}></div>
    <aside class="sheet"><${Chat} controls=${html`<${IconButton} icon="close" label="Close chat" onclick=${close} />`} /></aside>`;
}

function App() {
  const asSheet = isChat(path.value) && !wide.value;
  const ofPlace = isChat(path.value) && path.value !== "/chat";
  const at = ofPlace ? path.value.replace("/chat", "") : asSheet ? under.value : path.value;
  return html`
    <a class="skip" href="#main">To the content</a>
    <div class="shell ${beside.value ? "with-side" : ""}" inert=${asSheet}>
      <${Rooms} at=${at} />
      ${at !== "/chat" && html`<${Top} at=${at} />`}
      <main id="main" tabindex="-1">${at === "/chat" ? html`<${Chat} heading="h1" controls=${html`<${Tools} />`} />` : html`<${Room} at=${at} />`}</main>
      ${beside.value && html`<${Side} at=${at} />`}
    </div>
    ${asSheet && html`<${Sheet} at=${at} />`}
    <${SignInDialog} /><${SearchDialog} /><${HelpDialog} />${asked.value && html`<${ModerationDialog} />`}<${Toasts} />`;
}

await restore();
startConnection();
startBlocks();
startChat();
startNotifications();
startKeyboard();
startRouting(isOurs);
effect(() => {
  const count = Math.max(unread.value, room.value?.unread.value ?? 0); // a message that names me is in both
  document.title = `${count ? `(${count}) ` : ""}${[heading.value || titleOf(path.value), "Guildhall"].filter(Boolean).join(" · ")}`;
});
render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById("app")));
