/** Other people: finding them by name, and their page. */

import { effect, signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Avatar, Dialog, Empty, toast } from "../components.js";
import { html } from "../html.js";
import { later, Loading, useResource } from "../resource.js";
import { path } from "../router.js";
import { api, user } from "../session.js";
import { asked as moderating, askModerator } from "../moderation/asked.js";
import { reasonOf } from "../words.js";
import { block, isBlocked, unblock } from "./blocks.js";
import { askToSignIn } from "./sign_in.js";

const PAUSE_MS = 200; // in typing, before we ask
const LEAST = 2; // characters

const Sanctions = later(() => import("../moderation/dialogs.js").then((part) => part.Sanctions));
const Statistics = later(() => import("../tournaments/statistics.js").then((part) => part.Statistics), () => null);
const searching = signal(false);
effect(() => { // what was found leads elsewhere
  path.value;
  searching.value = false;
});

/** Open the search; a stranger signs in first. */
export function search() {
  if (user.value) searching.value = true;
  else askToSignIn("in", search);
}

export function SearchDialog() {
  const text = useSignal("");
  const found = useSignal(/** @type {import("../session.js").UserCard[] | null} */ (null));
  const refused = useSignal("");
  const close = () => { searching.value = false; };
  const asked = text.value.trim();
  useEffect(() => {
    found.value = null;
    if (asked.length < LEAST) return;
    let overtaken = false;
    const ask = () => api("GET", `users/?q=${encodeURIComponent(asked)}`).then(
      (body) => { if (!overtaken) [found.value, refused.value] = [body.results, ""]; },
      (error) => { if (!overtaken) refused.value = reasonOf(error); },
    );
    const timer = setTimeout(ask, PAUSE_MS);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [asked]);
  if (!searching.value) return null;
  return html`<${Dialog} label="Find people" onclose=${close}>
    <input type="search" aria-label="Name" placeholder="A name, at least 2 letters" autofocus value=${text.value}
      oninput=${(/** @type {any} */ event) => { text.value = event.currentTarget.value; }} />
    <p class="hint" role="status">${refused.value || (found.value && (found.value.length ? "" : "Nobody of that name."))}</p>
    <ul class="cards">${found.value?.map((card) => html`<li key=${card.id}><a class="card row" href="/people/${card.username}">
      <${Avatar} card=${card} /><span class="grow cut">${card.name}</span><span class="hint">@${card.username}</span></a></li>`)}</ul>
  <//>`;
}

/** @param {{ username: string }} props */
export function Person({ username }) {
  if (!user.value) {
    return html`<${Empty} icon="me" title="People are shown to people"><p>Sign in to see who this is.</p>
      <button type="button" class="button primary" onclick=${() => askToSignIn("in")}>Sign in</button><//>`;
  }
  return html`<${Page} key=${username} username=${username} />`;
}

/** @param {{ username: string }} props */
function Page({ username }) {
  const { found, refusal } = useResource(`profiles/${username}/`);
  if (!found.value) return html`<section class="page narrow">${refusal ?? html`<${Loading} />`}</section>`;
  const { user: card, bio, links, teams, is_host } = found.value;
  const turn = () => (isBlocked(card) ? unblock(card) : block(card)).catch((error) => toast(reasonOf(error)));
  return html`<section class="page narrow">
    <header class="row person"><${Avatar} card=${card} large /><div class="grow"><h1>${card.name}</h1><p class="hint">@${card.username}${is_host && " · host"}</p></div>
      ${card.id !== user.value?.id && html`<button type="button" class="button" onclick=${turn}>${isBlocked(card) ? "Unblock" : "Block"}</button>`}</header>
    ${isBlocked(card) && html`<p class="notice">You do not hear ${card.name}. They are not told.</p>`}
    ${bio && html`<p class="words">${bio}</p>`}
    <ul class="links">${Object.entries(links).map(([site, url]) => html`<li key=${site}><a href=${url} rel="nofollow noopener noreferrer" target="_blank">${site}</a></li>`)}</ul>
    ${teams.length > 0 && html`<h2>Teams</h2><ul class="cards">${teams.map((/** @type {any} */ { id, tag, name }) => html`<li key=${id}><a class="card row" href="/teams/${id}"><b>${tag}</b><span class="grow cut">${name}</span></a></li>`)}</ul>`}
    <${Statistics} route=${`profiles/${username}/`} />
    ${user.value?.is_staff && card.id !== user.value.id && html`<${Order} card=${card} />`}
  </section>`;
}

/** What moderators see of a person. @param {{ card: import("../session.js").UserCard }} props */
function Order({ card }) {
  return html`<h2>Keeping order</h2>
    <div class="row"><button type="button" class="button danger" onclick=${() => askModerator({ what: "timeout", card })}>Time out…</button>
      <button type="button" class="button danger" onclick=${() => askModerator({ what: "ban", card })}>Ban…</button></div>
    <${Sanctions} key=${moderating.value === null} card=${card} />`;
}
