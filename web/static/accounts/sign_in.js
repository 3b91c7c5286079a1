/** Signing in, signing up and asking for a new password: one dialog, opened at the moment an act needs it. */

import { signal, useSignal } from "@preact/signals";
import { Dialog, Field, Form } from "../components.js";
import { html } from "../html.js";
import { api, signIn, signUp } from "../session.js";

/** @typedef {"in" | "up" | "reset"} Asked */

const asked = signal(/** @type {{ what: Asked, then?: () => void } | null} */ (null));

/** Open the dialog; once signed in, `then` goes through. @param {Asked} what @param {() => void} [then] */
export function askToSignIn(what, then) {
  asked.value = { what, then };
}

function done() {
  const then = asked.value?.then;
  asked.value = null;
  then?.();
}

/** @type {Record<Asked, string>} */
const TITLES = { in: "Sign in", up: "Create an account", reset: "Set a new password" };
const FACES = { in: SignIn, up: SignUp, reset: Reset };

export function SignInDialog() {
  if (!asked.value) return null;
  const { what } = asked.value;
  return html`<${Dialog} key=${what} label=${TITLES[what]} onclose=${() => { asked.value = null; }}><${FACES[what]} /><//>`;
}

/** @param {{ to: Asked, children: any }} props */
function Turn({ to, children }) {
  const onclick = () => { asked.value = { what: to, then: asked.value?.then }; };
  return html`<button type="button" class="link" onclick=${onclick}>${children}</button>`;
}

function SignIn() {
  /** @param {Record<string, string>} values */
  const act = async ({ name = "", password = "" }) => {
    await signIn(name.trim(), password);
    done();
  };
  return html`<${Form} act=${act} submit="Sign in" aside=${html`<${Turn} to="reset">Forgot the password?<//>`}>
    ${(/** @type {Record<string, string[]>} */ wrong) => html`
      <${Field} label="Username or e-mail" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" autofocus
        error=${wrong.username ?? wrong.email} />
      <${Field} label="Password" name="password" type="password" autocomplete="current-password" error=${wrong.password} />`}
  <//><p class="hint">New here? <${Turn} to="up">Create an account<//></p>`;
}

function SignUp() {
  /** @param {Record<string, string>} values */
  const act = async ({ email = "", username = "", password = "" }) => {
    await signUp({ email: email.trim(), password, ...(username.trim() && { username: username.trim() }) });
    done();
  };
  return html`<${Form} act=${act} submit="Create account">
    ${(/** @type {Record<string, string[]>} */ wrong) => html`
      <${Field} label="E-mail" name="email" type="email" autocomplete="email" autofocus error=${wrong.email} />
      <${Field} label="Username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false"
        hint="How others see you. Left empty, it is made from your e-mail address." error=${wrong.username} />
      <${Field} label="Password" name="password" type="password" autocomplete="new-password" hint="At least 8 characters." error=${wrong.password} />`}
  <//><p class="hint">Been here before? <${Turn} to="in">Sign in<//></p>`;
}

function Reset() {
  const sentTo = useSignal("");
  /** @param {Record<string, string>} values */
  const act = async ({ email = "" }) => {
    await api("POST", "auth/password-reset/", { email: email.trim() });
    sentTo.value = email.trim();
  };
  if (sentTo.value) {
    return html`<p role="status">If an account has the address ${sentTo.value}, a link is on its way to it. It is good for one hour.</p>`;
  }
  return html`<${Form} act=${act} submit="Send the link" aside=${html`<${Turn} to="in">Back to sign in<//>`}>
    ${(/** @type {Record<string, string[]>} */ wrong) => html`
      <${Field} label="E-mail of your account" name="email" type="email" autocomplete="email" autofocus error=${wrong.email} />`}
  <//>`;
}
