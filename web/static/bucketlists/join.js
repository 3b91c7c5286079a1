/** Where a link to join leads: what it is a link to, and the choice. The token never reaches the address that servers see. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { askToSignIn } from "../accounts/sign_in.js";
import { Avatar, Empty, toast } from "../components.js";
import { html } from "../html.js";
import { Loading } from "../resource.js";
import { go } from "../router.js";
import { api, user } from "../session.js";
import { counted, reasonOf } from "../words.js";

/** @param {{ token: string }} props */
export function Join({ token }) {
  const found = useSignal(/** @type {any} */ (null));
  const refused = useSignal("");
  const me = user.value?.id;
  useEffect(() => { api("GET", `invites/${token}/`).then((body) => { found.value = body; }, (error) => { refused.value = reasonOf(error); }); }, [token, me]);
  if (!token || refused.value) return html`<${Empty} icon="link" title="This link leads nowhere"><p>${refused.value || "It is not complete."} Ask whoever sent it for a new one.</p><//>`;
  const invite = found.value;
  if (!invite) return html`<section class="page narrow"><${Loading} /></section>`;
  if (!invite.is_valid) return html`<${Empty} icon="clock" title="This link has expired"><p>Ask whoever sent it for a new one.</p><//>`;
  return html`<${Choice} token=${token} invite=${invite} />`;
}

/** @param {{ token: string, invite: any }} props */
function Choice({ token, invite: { list, title, description, owner, members_count, role, already_member } }) {
  const refused = useSignal("");
  const answer = async (/** @type {boolean} */ accept) => {
    try {
      const { outcome } = await api("POST", `invites/${token}/accept/`, { accept });
      if (!accept) toast("You can come back to this link while it is good.");
      else if (outcome === "role_changed") toast("You may propose and vote now.");
      go(accept ? `/lists/${list}` : "/lists");
    } catch (error) {
      refused.value = reasonOf(error);
    }
  };
  const join = () => (user.value ? answer(true) : askToSignIn("up", () => answer(true)));
  return html`<section class="empty invitation"><${Avatar} card=${owner} large />
    <p class="hint">${owner.name} invites you to decide together</p><h1>${title}</h1>
    ${description && html`<p>${description}</p>`}
    <p class="hint">${counted(members_count, "member")}. You join as ${role === "editor" ? "an editor: you propose and vote" : "a viewer"}.</p>
    ${already_member ? html`<a class="button primary" href="/lists/${list}" onclick=${(/** @type {Event} */ event) => { event.preventDefault(); join(); }}>Open the list</a>`
      : html`<button type="button" class="button primary" onclick=${join}>Join the list</button>
        ${user.value && html`<button type="button" class="button" onclick=${() => answer(false)}>Not now</button>`}`}
    ${refused.value && html`<p class="wrong" role="alert">${refused.value}</p>`}</section>`;
}
