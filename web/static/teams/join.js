/** Where a link to a team leads: which team it is, and the choice. The token never reaches the address that servers see. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { token } from "../accounts/links.js";
import { askToSignIn } from "../accounts/sign_in.js";
import { Empty } from "../components.js";
import { html } from "../html.js";
import { Loading } from "../resource.js";
import { go } from "../router.js";
import { api, user } from "../session.js";
import { reasonOf } from "../words.js";
import { nameOf } from "./games.js";
import { Mark } from "./mark.js";

export function JoinTeam() {
  const found = useSignal(/** @type {any} */ (null));
  const refused = useSignal("");
  useEffect(() => { if (token) api("GET", `teams/invites/${token}/`).then((body) => { found.value = body; }, (error) => { refused.value = reasonOf(error); }); }, [user.value?.id]);
  const answer = async (/** @type {boolean} */ accept) => {
    try {
      const { team } = await api("POST", `teams/invites/${token}/accept/`, { accept });
      go(accept ? `/teams/${team}` : "/teams");
    } catch (error) {
      refused.value = reasonOf(error);
    }
  };
  if (!token || (refused.value && !found.value)) return html`<${Empty} icon="link" title="This link leads nowhere"><p>${refused.value || "It is not complete."} Ask whoever sent it for a new one.</p><//>`;
  if (!found.value) return html`<section class="page narrow"><${Loading} /></section>`;
  const { is_valid, team, already_member } = found.value;
  if (!is_valid) return html`<${Empty} icon="clock" title="This link has expired"><p>Ask whoever sent it for a new one.</p><//>`;
  return html`<section class="empty invitation"><${Mark} team=${team} large /><p class="hint">${team.captain.name} invites you to play ${nameOf(team.game)} with</p><h1>${team.name}</h1>
    ${team.about && html`<p>${team.about}</p>`}<p class="hint">${team.members_count} of ${team.roster_most} are in it.</p>
    ${already_member ? html`<a class="button primary" href="/teams/${team.id}">To the team</a>`
      : html`<button type="button" class="button primary" onclick=${() => (user.value ? answer(true) : askToSignIn("up", () => answer(true)))}>Join the team</button>
        ${user.value && html`<button type="button" class="button" onclick=${() => answer(false)}>Not now</button>`}`}
    ${refused.value && html`<p class="wrong" role="alert">${refused.value}</p>`}</section>`;
}
