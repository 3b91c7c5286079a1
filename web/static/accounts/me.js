/** The own account: what others see, how it is secured, whom it does not hear. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Avatar, Dialog, Empty, Field, Form, Switch, Time, toast } from "../components.js";
import { html } from "../html.js";
import { Loading, useResource } from "../resource.js";
import { path } from "../router.js";
import { api, deleteAccount, refreshUser, signOut, user } from "../session.js";
import { reasonOf } from "../words.js";
import { options, zones } from "../zones.js";
import { blocked, load, unblock } from "./blocks.js";
import { Hosting } from "./hosting.js";
import { Preferences } from "./preferences.js";

/** @typedef {Record<string, string[]>} Wrong */

const SITES = { website: "Website", discord: "Discord", github: "GitHub", instagram: "Instagram", linkedin: "LinkedIn", steam: "Steam", twitch: "Twitch", x: "X", youtube: "YouTube" };
const LANGUAGES = ["ar", "bn", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "pl", "pt-BR", "ru", "ta", "te", "tr", "uk", "vi", "zh-Hans"];
const TABS = { "/me": "Profile", "/me/notifications": "Notifications", "/me/hosting": "Hosting", "/me/security": "Security", "/me/blocked": "Blocked" };
const FACES = { "/me": Profile, "/me/notifications": Preferences, "/me/hosting": Hosting, "/me/security": Security, "/me/blocked": Blocked };

export function Me() {
  const me = user.value;
  if (!me) return null; // signed out this moment
  const face = /** @type {keyof typeof FACES} */ (path.value in FACES ? path.value : "/me");
  return html`<section class="page narrow">
    <header class="row person"><${Avatar} card=${me} large /><div class="grow"><h1>${me.name}</h1><p class="hint">@${me.username}</p></div>
      <button type="button" class="button" onclick=${() => signOut().catch((error) => toast(reasonOf(error)))}>Sign out</button></header>
    ${me.delete_due_at && html`<p class="notice">This account will be deleted ${new Date(me.delete_due_at).toLocaleDateString()}. Signing in again before then keeps it.</p>`}
    <nav class="tabs" aria-label="Account">${Object.entries(TABS).map(([href, title]) =>
      html`<a href=${href} aria-current=${href === face ? "page" : null}>${title}</a>`)}</nav>
    <${FACES[face]} key=${face} />
  </section>`;
}

function Profile() {
  const { found, refusal } = useResource("profiles/user/");
  const profile = found.value;
  if (!profile) return refusal ?? html`<${Loading} />`;
  /** @param {Record<string, string>} values */
  const act = async ({ name, bio, avatar, time_zone, language, shows_typing, is_present, ...rest }) => {
    const links = Object.fromEntries(Object.entries(rest).map(([site, url]) => [site, url.trim()]).filter(([, url]) => url));
    found.value = await api("PATCH", "profiles/user/", {
      name, bio, avatar, time_zone, language, links, shows_typing: shows_typing === "on", is_invisible: is_present !== "on",
    });
    await refreshUser();
    toast("Saved.");
  };
  return html`<${EmailLine} />
    <${Form} act=${act} submit="Save">${(/** @type {Wrong} */ wrong) => html`
      <${Field} label="Name" name="name" defaultValue=${profile.user.name} maxlength="50" autocomplete="nickname" error=${wrong.name} />
      <${Field} label="About you" name="bio" as="textarea" rows="3" maxlength="500" error=${wrong.bio}>${profile.bio}<//>
      <${Field} label="Picture" name="avatar" type="url" defaultValue=${profile.user.avatar} placeholder="https://…" hint="The https address of an image." error=${wrong.avatar ?? wrong.avatar_url} />
      <div class="pair">
        <${Field} label="Time zone" name="time_zone" as="select" error=${wrong.time_zone}>${options(zones(profile.time_zone), profile.time_zone)}<//>
        <${Field} label="Language" name="language" as="select" error=${wrong.language}>${options(languages(profile.language), profile.language)}<//>
      </div>
      <fieldset><legend>What others see of you, live</legend>
        <${Switch} label="That I am here" name="is_present" checked=${!profile.is_invisible} hint="Off: you are in no count and no list of who is here, and nobody sees you typing." />
        <${Switch} label="That I am typing" name="shows_typing" checked=${profile.shows_typing ?? true} /></fieldset>
      <fieldset><legend>Links</legend><div class="pair">${Object.entries(SITES).map(([site, title]) => html`
        <${Field} key=${site} label=${title} name=${site} type="url" defaultValue=${profile.links[site] ?? ""} placeholder="https://…" error=${wrong[`links.${site}`]} />`)}</div></fieldset>`}
    <//>`;
}

function EmailLine() {
  const me = user.value;
  if (!me?.email || me.email_verified) return null;
  const send = () => api("POST", "auth/verify-email/resend/", {}).then(() => toast(`A link is on its way to ${me.email}.`), (error) => toast(reasonOf(error)));
  return html`<p class="notice row"><span class="grow">${me.email} is not verified yet.</span>
    <button type="button" class="link" onclick=${send}>Send the link again</button></p>`;
}

/** @param {string} own @returns {[string, string][]} each language in its own words */
const languages = (own) => [...new Set([own, ...LANGUAGES])].map((tag) => [tag, new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag]);

function Security() {
  return html`<h2>Password</h2><${PasswordForm} /><h2>Where you are signed in</h2><${Sessions} /><h2>Leave for good</h2><${Deletion} />`;
}

function PasswordForm() {
  /** @param {Record<string, string>} values @param {HTMLFormElement} form */
  const act = async ({ old_password, new_password }, form) => {
    await api("POST", "auth/password-change/", { old_password, new_password });
    form.reset();
    toast("Your password is changed; all other sign-ins have ended.");
  };
  return html`<${Form} act=${act} submit="Change password">${(/** @type {Wrong} */ wrong) => html`
    <input hidden autocomplete="username" name="username" value=${user.value?.username} /><div class="pair">
    <${Field} label="Password now" name="old_password" type="password" autocomplete="current-password" error=${wrong.old_password} />
    <${Field} label="New password" name="new_password" type="password" autocomplete="new-password" error=${wrong.new_password} /></div>`}
  <//>`;
}

function Sessions() {
  const { found, load, refusal } = useResource("users/me/sessions/");
  if (!found.value) return refusal ?? html`<${Loading} />`;
  /** @param {string} id */
  const end = (id) => api("DELETE", `users/me/sessions/${id}/`).then(load, (error) => toast(reasonOf(error)));
  return html`<ul class="cards">${found.value.results.map((/** @type {any} */ session) => html`<li key=${session.id} class="card row">
    <div class="grow"><b class="cut" title=${session.device}>${deviceOf(session.device)}</b>
      <p class="hint">${session.current ? "This one" : html`Last seen <${Time} at=${session.last_seen_at} />`}</p></div>
    ${!session.current && html`<button type="button" class="button" aria-label="End the sign-in on ${deviceOf(session.device)}" onclick=${() => end(session.id)}>End</button>`}
  </li>`)}</ul>`;
}

/** "Firefox on Linux" where the browser's own words say so. @param {string} device */
function deviceOf(device) {
  const browser = [["Edg", "Edge"], ["OPR", "Opera"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Safari", "Safari"]].find(([word]) => device.includes(`${word}/`));
  const system = [["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac OS", "Mac"], ["Linux", "Linux"]].find(([word]) => device.includes(word ?? ""));
  return browser && system ? `${browser[1]} on ${system[1]}` : device || "Unknown device";
}

function Deletion() {
  const asks = useSignal(false);
  return html`<p class="hint">Your account is removed after 14 days; until then, signing in again keeps it. What you said in shared rooms stays as “deleted user”.</p>
    <button type="button" class="button danger" onclick=${() => { asks.value = true; }}>Delete my account</button>
    ${asks.value && html`<${Dialog} label="Delete your account?" onclose=${() => { asks.value = false; }}>
      <${Form} act=${deleteAccount} submit="Delete my account" danger>${() => html`<p>You will be signed out everywhere now.</p>`}<//><//>`}`;
}

function Blocked() {
  const refused = useSignal("");
  useEffect(() => { load().catch((error) => { refused.value = reasonOf(error); }); }, []);
  if (refused.value) return html`<p class="wrong" role="alert">${refused.value}</p>`;
  if (!blocked.value) return html`<${Loading} />`;
  if (!blocked.value.length) return html`<${Empty} icon="me" title="You hear everyone" heading="h2"><p>Block a person on their page; they are not told.</p><//>`;
  return html`<ul class="cards">${blocked.value.map((card) => html`<li key=${card.id} class="card row">
    <${Avatar} card=${card} /><a class="grow cut" href="/people/${card.username}">${card.name}</a>
    <button type="button" class="button" aria-label="Unblock ${card.name}" onclick=${() => unblock(card).catch((error) => toast(reasonOf(error)))}>Unblock</button></li>`)}</ul>`;
}
