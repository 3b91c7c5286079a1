/** Where the links of mails land. The token is in the address's fragment, which no server sees, and leaves it at once. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Empty, Field, Form } from "../components.js";
import { html } from "../html.js";
import { api, leave, refreshUser, user } from "../session.js";
import { reasonOf } from "../words.js";
import { askToSignIn } from "./sign_in.js";

const joins = ["/join", "/matches/join", "/teams/join"].includes(location.pathname); // what can be looked at again, so that a reload keeps it
export const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? (joins ? history.state?.token ?? "" : "");
if (token) history.replaceState(joins ? { token } : null, "", location.pathname);

export function ResetPage() {
  const done = useSignal(false);
  /** @param {Record<string, string>} values */
  const act = async ({ password = "" }) => {
    await api("POST", "auth/password-reset-confirm/", { token, password });
    leave(); // every sign-in has ended, this one too
    done.value = true;
  };
  if (!token) return html`<${Broken} />`;
  if (done.value) {
    return html`<${Empty} icon="check" title="Your new password is set"><p>All other sign-ins have ended.</p>
      <button type="button" class="button primary" onclick=${() => askToSignIn("in")}>Sign in</button><//>`;
  }
  return html`<section class="page narrow"><h1>Set a new password</h1>
    <${Form} act=${act} submit="Set password">
      ${(/** @type {Record<string, string[]>} */ wrong) => html`
        <${Field} label="New password" name="password" type="password" autocomplete="new-password" hint="At least 8 characters." error=${wrong.password} />`}
    <//></section>`;
}

export function VerifyPage() {
  const said = useSignal("");
  const refused = useSignal("");
  useEffect(() => {
    if (!token) return;
    api("POST", "auth/verify-email/", { token }).then(
      () => { said.value = "verified"; if (user.value) refreshUser().catch(() => {}); },
      (error) => { refused.value = reasonOf(error); },
    );
  }, []);
  if (!token) return html`<${Broken} />`;
  if (refused.value) return html`<${Empty} icon="warn" title="This link does not work"><p>${refused.value}</p><//>`;
  if (!said.value) return html`<${Empty} icon="clock" title="One moment…" />`;
  return html`<${Empty} icon="check" title="Your e-mail address is verified"><a class="button primary" href="/">Go on</a><//>`;
}

function Broken() {
  return html`<${Empty} icon="warn" title="This link is not complete"><p>Open it from the mail once more, or copy all of it.</p><//>`;
}
