/** One team: who is in it, who leads it, who asks to join, and how others come. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ConnectionLine } from "../chat/chat.js";
import { Words } from "../chat/words.js";
import { Avatar, Dialog, Empty, Field, Form, Time, toast } from "../components.js";
import { live } from "../connection.js";
import { html } from "../html.js";
import { InviteDialog, useInvite } from "../joining.js";
import { beside, heading } from "../layout.js";
import { Menu } from "../menu.js";
import { CoverDialog } from "../pictures.js";
import { later, Loading } from "../resource.js";
import { go } from "../router.js";
import { user } from "../session.js";
import { reasonOf, timeAhead } from "../words.js";
import { TeamDialog } from "./forms.js";
import { gameOf, nameOf } from "./games.js";
import { Mark } from "./mark.js";
import { membersOf, useRequests, useTeam } from "./store.js";

/**
 * @typedef {import("./store.js").Team} Team
 * @typedef {import("./store.js").Mine} Mine
 * @typedef {import("./store.js").Member} Member
 */

const Statistics = later(() => import("../tournaments/statistics.js").then((part) => part.Statistics), () => null);

/** @param {{ id: number }} props */
export function TeamPage({ id }) {
  const { state, mine, gone, askOwn } = useTeam(id);
  const team = /** @type {Team | undefined} */ (state.value["meta"]);
  useEffect(() => {
    heading.value = team?.name ?? "";
    return () => { heading.value = ""; };
  }, [team?.name]);
  if (gone.value) return html`<${Empty} icon="people" title="There is no such team"><p>It may be disbanded.</p><a class="button" href="/teams">To your teams</a><//>`;
  if (!team || !mine.value) return html`<section class="page"><${Loading} /></section>`;
  const leads = mine.value.role === "captain";
  return html`${!beside.value && html`<${ConnectionLine} />`}<section class="page"><img class="team-banner" src=${gameOf(team.game)?.banner} width="1200" height="300" alt="" />
    <header class="row team-head"><${Mark} team=${team} large /><div class="grow"><h1>${team.name}</h1>
      <p class="hint"><span class="tag">${team.tag}</span> · ${nameOf(team.game)} · ${team.members_count} of ${team.roster_most}</p></div><${Acts} team=${team} mine=${mine.value} /></header>
    ${team.about && html`<${Words} text=${team.about} />`}
    ${!mine.value.role && html`<${Outside} team=${team} mine=${mine.value} changed=${askOwn} />`}
    ${leads && html`<${Requests} id=${id} /><${Invite} team=${team} />`}
    <h2>Members</h2><ul class="cards" aria-label="Members">${membersOf(state.value).map((member) => html`<${Row} key=${member.id} member=${member} team=${team} leads=${leads} />`)}</ul><${Statistics} route=${`teams/${id}/`} /></section>`;
}

/** @param {{ team: Team, mine: Mine }} props */
function Acts({ team, mine }) {
  const asks = useSignal(/** @type {"edit" | "logo" | "leave" | "disband" | null} */ (null));
  const ask = (/** @type {any} */ what) => () => { asks.value = what; };
  const done = () => { asks.value = null; };
  const leads = mine.role === "captain";
  const choices = [
    ...(leads ? [{ icon: "edit", label: "Edit…", act: ask("edit") }, { icon: "image", label: "Logo…", act: ask("logo") }, { icon: "delete", label: "Disband…", act: ask("disband"), danger: true }] : []),
    ...(mine.role && !leads ? [{ icon: "leave", label: "Leave…", act: ask("leave"), danger: true }] : []),
  ];
  const leave = async () => {
    await live.call("team.end", { team: team.id, membership_id: mine.membership });
    done();
    toast("You left the team.");
  };
  const disband = async () => {
    await live.call("team.disband", { team: team.id });
    go("/teams");
    toast(`${team.name} is disbanded.`);
  };
  return html`${choices.length > 0 && html`<${Menu} label="What to do with this team" choices=${choices} />`}
    ${asks.value === "edit" && html`<${TeamDialog} team=${team} onclose=${done} />`}
    ${asks.value === "logo" && html`<${CoverDialog} route="teams/${team.id}/logo/" cover=${team.logo} onclose=${done} />`}
    ${asks.value === "leave" && html`<${Sure} label="Leave the team?" submit="Leave" words="You can come back by a link, or by asking." act=${leave} onclose=${done} />`}
    ${asks.value === "disband" && html`<${Sure} label="Disband the team?" submit="Disband" words="It disappears for everyone in it, and its tag is free again." act=${disband} onclose=${done} />`}`;
}

/** @param {{ label: string, submit: string, words: string, act: () => Promise<void>, onclose: () => void }} props */
function Sure({ label, submit, words, act, onclose }) {
  return html`<${Dialog} label=${label} onclose=${onclose}><${Form} act=${act} submit=${submit} danger>${() => html`<p class="hint">${words}</p>`}<//><//>`;
}

/** What somebody sees who is not in it. @param {{ team: Team, mine: Mine, changed: () => void }} props */
function Outside({ team, mine: { request, may_ask }, changed }) {
  const asks = useSignal(false);
  const close = () => { asks.value = false; };
  const act = async (/** @type {Record<string, string>} */ { words = "" }) => {
    await live.call("team.ask", { team: team.id, words });
    close();
    changed();
  };
  const withdraw = () => live.call("team.withdraw", { team: team.id, request: request?.id }).then(changed, (error) => toast(reasonOf(error)));
  if (request) {
    return html`<p class="notice row"><span class="grow">${team.captain.name} knows that you want to join, and has until ${timeAhead(request.expires_at)} to answer.</span>
      <button type="button" class="link" onclick=${withdraw}>Take it back</button></p>`;
  }
  if (!may_ask) return html`<p class="hint">${team.members_count >= team.roster_most ? "The team is full." : `You are in another team for ${nameOf(team.game)}.`}</p>`;
  return html`<button type="button" class="button primary" onclick=${() => { asks.value = true; }}>Ask to join</button>
    ${asks.value && html`<${Dialog} label="Ask to join ${team.name}" onclose=${close}><${Form} act=${act} submit="Ask">${(/** @type {Record<string, string[]>} */ wrong) => html`
      <${Field} label="A word to ${team.captain.name}" name="words" as="textarea" rows="3" maxlength="300" placeholder="What you play, and when" error=${wrong.words} />`}<//><//>`}`;
}

/** @param {{ id: number }} props */
function Requests({ id }) {
  const requests = useRequests(id);
  const answer = (/** @type {string} */ verb, /** @type {number} */ request) => live.call(`team.${verb}`, { team: id, request }).catch((error) => toast(reasonOf(error)));
  if (!requests.value?.length) return null;
  return html`<h2>Who asks to join</h2><ul class="cards" aria-label="Requests">${requests.value.map(({ id: request, user: card, words, created_at }) => html`<li key=${request} class="card request">
    <div class="row"><${Avatar} card=${card} /><a class="grow cut" href="/people/${card.username}">${card.name}</a><span class="hint"><${Time} at=${created_at} /></span></div>
    ${words && html`<p class="words">${words}</p>`}
    <div class="row"><button type="button" class="button primary" onclick=${() => answer("accept", request)} aria-label="Let in ${card.name}">Let in</button>
      <button type="button" class="button" onclick=${() => answer("decline", request)} aria-label="Decline ${card.name}">Decline</button></div></li>`)}</ul>`;
}

/** @param {{ team: Team }} props */
function Invite({ team }) {
  const link = useInvite(`teams/${team.id}/invite/`);
  return html`<div class="card invite"><p><b>Invite</b></p><p class="hint">Whoever follows the link is in the team at once, as long as there is room.</p>
    <button type="button" class="button" onclick=${link.open}>Show the link</button>
    <${InviteDialog} label="Join ${team.name}" what="Whoever has this link joins the team." link=${link} /></div>`;
}

/** @param {{ member: Member, team: Team, leads: boolean }} props */
function Row({ member: { id, user: card, role }, team, leads }) {
  const asks = useSignal(/** @type {"transfer" | "remove" | null} */ (null));
  const done = () => { asks.value = null; };
  const act = async () => {
    await live.call(asks.value === "transfer" ? "team.transfer" : "team.end", { team: team.id, membership_id: id });
    done();
  };
  const choices = [{ icon: "crown", label: "Hand the team over…", act: () => { asks.value = "transfer"; } }, { icon: "leave", label: "Remove…", act: () => { asks.value = "remove"; }, danger: true }];
  const own = card.id === user.value?.id;
  return html`<li class="card row"><${Avatar} card=${card} /><a class="grow cut" href="/people/${card.username}">${card.name}</a><span class="hint">${own ? `you, ${role}` : role}</span>
    ${leads && !own && html`<${Menu} label="What to do about ${card.name}" choices=${choices} />`}
    ${asks.value === "transfer" && html`<${Sure} label="Hand the team over to ${card.name}?" submit="Hand over" words="They decide from then on who is in it. You stay as a player." act=${act} onclose=${done} />`}
    ${asks.value === "remove" && html`<${Sure} label="Remove ${card.name}?" submit="Remove" words="No link brings them back; they can ask you to let them in again." act=${act} onclose=${done} />`}</li>`;
}
