/** Asking the opponent of a confirmed match: by their name here, or by a link that they open. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { token } from "../accounts/links.js";
import { askToSignIn } from "../accounts/sign_in.js";
import { Avatar, Dialog, Empty, Field, Form, toast } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Square } from "../joining.js";
import { Loading } from "../resource.js";
import { go } from "../router.js";
import { api, user } from "../session.js";
import { reasonOf, timeAhead } from "../words.js";
import { gameOf } from "./words.js";

/** @typedef {import("./store.js").Match} Match */

/** @type {Record<string, [owner: string, opponent: string]>} Where a shared match stands. */
const WORDS = {
  offered: ["Your opponent is asked about this match.", "Your opponent has this match as well, and asks you."],
  corrected: ["Your opponent says it was otherwise.", "Your opponent looks at what you corrected."],
  disputed: ["You two do not agree yet.", "You two do not agree yet."],
  agreed: ["Both of you agree on this match.", "Both of you agree on this match."],
  declined: ["They say that this is not their match.", "You said that this is not your match."],
};

/** @param {{ match: Match }} props */
export function Sharing({ match }) {
  const asks = useSignal(false);
  const { share } = match;
  const card = share && html`<a class="card row share-card" href="/matches/shared/${share.id}"><${Icon} name="people" /><span class="grow">${WORDS[share.state]?.[share.side === "owner" ? 0 : 1]}</span><span class="link">Open</span></a>`;
  return html`${card || html`<div class="row wrap"><button type="button" class="button" onclick=${() => { asks.value = true; }}><${Icon} name="people" />Let your opponent confirm it</button></div>`}
    ${asks.value && html`<${ShareDialog} match=${match} onclose=${() => { asks.value = false; }} />`}`;
}

/** @param {{ match: Match, onclose: () => void }} props */
function ShareDialog({ match, onclose }) {
  const byLink = useSignal(false);
  const ask = async (/** @type {Record<string, string>} */ { username = "" }) => {
    const { share } = await api("POST", `matches/${match.id}/share/`, { username: username.trim().replace(/^@/, "") });
    go(`/matches/shared/${share.id}`);
  };
  return html`<${Dialog} label="Who was your opponent?" onclose=${onclose}><p class="hint">They look at the numbers from their side, agree or correct them, and the match counts for both of you.</p>
    <${Form} act=${ask} submit="Ask them">${(/** @type {Record<string, string[]>} */ wrong) => html`<${Field} label="Their name in Guildhall" name="username" autocomplete="off" autocapitalize="none" placeholder="username" error=${wrong.username} />`}<//>
    ${byLink.value ? html`<${Link} match=${match.id} />` : html`<p><button type="button" class="link" onclick=${() => { byLink.value = true; }}>Or send them a link</button></p>`}<//>`;
}

/** The link to a match, the one that stands or a new one. @param {{ match: string }} props */
export function Link({ match }) {
  const link = useSignal(/** @type {{ url: string, expires_at: string, share: number } | null} */ (null));
  const refused = useSignal("");
  useEffect(() => { api("PUT", `matches/${match}/link/`).then((made) => { link.value = made; }, (error) => { refused.value = reasonOf(error); }); }, [match]);
  if (refused.value) return html`<p class="wrong" role="alert">${refused.value}</p>`;
  if (!link.value) return html`<${Loading} />`;
  const { url, expires_at, share } = link.value;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      toast("Copied.");
    } catch {
      toast("Copy it from the field.");
    }
  };
  return html`<div class="link-out"><label class="field"><span class="hint">Good for whoever opens it first, until ${timeAhead(expires_at)}</span><input readonly aria-label="Link for your opponent" value=${url} onfocus=${(/** @type {any} */ { currentTarget }) => currentTarget.select()} /></label>
    <div class="row"><button type="button" class="button primary" onclick=${copy}>Copy the link</button><a class="button" href="/matches/shared/${share}">Watch for their answer</a></div><${Square} text=${url} /></div>`;
}

/** Where such a link leads: whose match it is, and the choice. The token never reaches the address that servers see. */
export function JoinMatch() {
  const found = useSignal(/** @type {any} */ (null));
  const refused = useSignal("");
  useEffect(() => { api("GET", `matches/links/${token}/`).then((body) => { found.value = body; }, (error) => { refused.value = reasonOf(error); }); }, [user.value?.id]);
  const take = async () => {
    try {
      const { share } = await api("POST", `matches/links/${token}/take/`, {});
      go(`/matches/shared/${share.id}`);
    } catch (error) {
      refused.value = reasonOf(error);
    }
  };
  if (!token || (refused.value && !found.value)) return html`<${Empty} icon="link" title="This link leads nowhere"><p>${refused.value || "It is not complete."} Ask whoever sent it for a new one.</p><//>`;
  const link = found.value;
  if (!link) return html`<section class="page narrow"><${Loading} /></section>`;
  if (!link.is_valid) return html`<${Empty} icon="clock" title="This link has been used or is over"><p>Ask whoever sent it for a new one.</p><//>`;
  return html`<section class="empty invitation"><${Avatar} card=${link.owner} large /><p class="hint">${link.owner.name} says that you two played${gameOf(link.game) && ` ${gameOf(link.game)}`}</p>
    <h1>${link.opponent_score === null ? "Was that you?" : `You ${link.opponent_score} : ${link.owner_score} ${link.owner.name}`}</h1><p class="hint">Look at the numbers, agree or correct them. Then it counts for both of you.</p>
    <button type="button" class="button primary" onclick=${() => (user.value ? take() : askToSignIn("up", take))}>Look at the match</button>
    ${refused.value && html`<p class="wrong" role="alert">${refused.value}</p>`}</section>`;
}
