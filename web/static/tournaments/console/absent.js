/** Who has not checked in, while that is still possible: to be called, checked in on their behalf, or taken out. */

import { useSignal } from "@preact/signals";
import { toast } from "../../components.js";
import { live } from "../../connection.js";
import { html } from "../../html.js";
import { Menu } from "../../menu.js";
import { api } from "../../session.js";
import { counted, uuid } from "../../words.js";
import { EntrantMark } from "../entrants.js";
import { ActButton, ReasonDialog, Refused, useActs } from "./acting.js";

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("../shapes.js").EntrantCard} EntrantCard
 */

const MOST = 8; // people who may be named in one message

/** Name captains in the chat of the competition, so that their bells ring. @param {OpenCompetition} open @param {number[]} ids */
export async function call(open, ids) {
  const { results } = await api("GET", `${open.route}registrations/?limit=100&state=confirmed`);
  const captains = results.filter((/** @type {any} */ one) => ids.includes(one.id)).flatMap((/** @type {import("../shapes.js").Entrant} */ { captain }) => captain.username ?? []);
  for (let at = 0; at < captains.length; at += MOST) {
    const text = `${captains.slice(at, at + MOST).map((/** @type {string} */ name) => `@${name}`).join(" ")} please check in.`;
    await live.call("chat.post", { room: `tournament-${open.id}`, text, client_id: uuid() });
  }
  toast(captains.length === 1 ? "Their captain was called." : `${counted(captains.length, "captain")} were called.`);
}

/** @param {{ open: OpenCompetition, absent: EntrantCard[] }} props */
export function Absent({ open, absent }) {
  const acts = useActs(open);
  if (!absent.length) return html`<p class="quiet">Everybody with a seat is checked in.</p>`;
  const may = open.mine.value?.acts.includes("admit");
  return html`<section aria-label="Absent"><header class="row"><h2 class="grow">${counted(absent.length, "entrant")} not checked in</h2>
      ${may && html`<${ActButton} acts=${acts} name="call" words="Call all" call=${() => call(open, absent.map(({ id }) => id))} />`}</header><${Refused} acts=${acts} name="call" />
    <ul class="entrants plain" aria-label="Absent">${absent.map((entrant) => html`<li key=${entrant.id}><${Row} open=${open} entrant=${entrant} may=${may} /></li>`)}</ul></section>`;
}

/** @param {{ open: OpenCompetition, entrant: EntrantCard, may: boolean | undefined }} props */
function Row({ open, entrant, may }) {
  const acts = useActs(open);
  const removes = useSignal(false);
  const { id, name, seat } = entrant;
  const choices = [{ icon: "bell", label: "Call", act: () => void acts.run("one", () => call(open, [id])) }, { icon: "delete", label: "Remove…", act: () => { removes.value = true; }, danger: true }];
  return html`<div class="host-row plain-row"><span class="no">${seat ?? ""}</span><${EntrantMark} entrant=${entrant} /><span class="grow cut" title=${name}>${name}</span>
    ${may && html`<${ActButton} acts=${acts} name="one" words="Check in" label="Check ${name} in" call=${() => api("POST", `${open.route}registrations/${id}/check-in/`, {})} /><${Menu} label="What to do with ${name}" choices=${choices} />`}</div>
    <${Refused} acts=${acts} name="one" />
    ${removes.value && html`<${RemoveDialog} open=${open} entrant=${entrant} onclose=${() => { removes.value = false; }} />`}`;
}

/** @param {{ open: OpenCompetition, entrant: EntrantCard, onclose: () => void }} props */
export function RemoveDialog({ open, entrant: { id, name }, onclose }) {
  return html`<${ReasonDialog} label="Remove ${name}?" submit="Remove" danger hint="The seat is offered to who waits. Those who played for it read the reason." onclose=${onclose}
    act=${(/** @type {any} */ { reason }) => api("POST", `${open.route}registrations/${id}/withdraw/`, { reason })} />`;
}
