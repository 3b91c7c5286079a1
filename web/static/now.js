/** Now: what is live for this person. */

import { isBlocked } from "./accounts/blocks.js";
import { askToSignIn } from "./accounts/sign_in.js";
import { room } from "./chat/chat.js";
import { lineOf } from "./chat/markup.js";
import { Avatar, Time } from "./components.js";
import { now } from "./connection.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { later } from "./resource.js";
import { user } from "./session.js";
import { counted } from "./words.js";

const MatchesSoon = later(() => import("./matches/soon.js").then((part) => part.MatchesSoon), () => null);
const PlaySoon = later(() => import("./tournaments/soon.js").then((part) => part.PlaySoon), () => null);
const Soon = later(() => import("./bucketlists/soon.js").then((part) => part.Soon));

export function Now() {
  return user.value ? html`<${Today} name=${user.value.name} />` : html`<${Welcome} />`;
}

/** @param {{ name: string }} props */
function Today({ name }) {
  const hour = new Date(now.value).getHours();
  const greeting = hour < 5 ? "Still up" : hour < 12 ? "Good morning" : hour < 18 ? "Good afternoon" : "Good evening";
  return html`<section class="page">
    <h1>${greeting}, ${name}</h1>
    <${PlaySoon} />
    <${Conversation} />
    <${MatchesSoon} />
    <${Soon} nothing=${html`<p class="quiet"><${Icon} name="now" />No list waits for your vote. Deadlines, check-ins and matches show here as they come near.</p>`} />
  </section>`;
}

function Conversation() {
  const unread = room.value?.unread.value ?? 0;
  const last = room.value?.messages.value.findLast(({ deleted, hidden, author }) => !deleted && !hidden && !isBlocked(author));
  return html`<a class="card room-card" href="/chat">
    <header class="row"><h2 class="grow">Global room</h2>${unread > 0 && html`<span class="badge">${counted(unread, "new message")}</span>`}</header>
    ${last
      ? html`<p class="row last"><${Avatar} card=${last.author} /><span class="grow cut"><b>${last.author.name}</b> ${lineOf(last.text)}</span><${Time} at=${last.created_at} /></p>`
      : html`<p class="hint">${room.value?.phase.value === "open" ? "Nobody has said anything yet." : "One moment…"}</p>`}
  </a>`;
}

function Welcome() {
  return html`<section class="page welcome">
    <p class="brand">Guildhall</p>
    <h1>A home for your gaming community</h1>
    <p>Talk with everyone here, and decide together: propose, vote, watch every tally move, and see the list close
      for all at the same instant. On your phone and your desk at once, even when the connection does not hold.</p>
    <div class="row"><button type="button" class="button primary" onclick=${() => askToSignIn("up")}>Create an account</button>
      <button type="button" class="button" onclick=${() => askToSignIn("in")}>Sign in</button></div>
    <p class="look"><a class="link" href="/lists/public">Look at what others decide</a></p>
  </section>`;
}
