/** Keeping order: a timeout or a ban with its reason, a person's record, a message's former versions, a room's pace. */

import { useSignal } from "@preact/signals";
import { Dialog, Field, Form, Time, toast } from "../components.js";
import { html } from "../html.js";
import { Loading, useResource } from "../resource.js";
import { api } from "../session.js";
import { lastingOf, reasonOf, timeAhead, wholeTime } from "../words.js";
import { asked } from "./asked.js";

/** @typedef {import("../session.js").UserCard} UserCard */

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;
const TIMEOUTS_S = [MINUTE_S, 5 * MINUTE_S, 10 * MINUTE_S, HOUR_S, 6 * HOUR_S, DAY_S, 7 * DAY_S, 28 * DAY_S];
const BANS_S = [DAY_S, 7 * DAY_S, 28 * DAY_S, 365 * DAY_S];
const PACES_S = [0, 5, 10, 30, MINUTE_S, 5 * MINUTE_S, 15 * MINUTE_S, HOUR_S, 6 * HOUR_S];

/** @typedef {Record<string, string[]>} Wrong */

export function ModerationDialog() {
  const act = asked.value;
  const close = () => { asked.value = null; };
  if (!act) return null;
  if (act.what === "versions") return html`<${Dialog} label="Former versions" onclose=${close}><${Versions} room=${act.room} seq=${act.seq} /><//>`;
  if (act.what === "pace") return html`<${Dialog} label="Slow mode" onclose=${close}><${Pace} standing=${act.standing} close=${close} /><//>`;
  if (act.what === "record") return html`<${Dialog} label="Record of ${act.card.name}" onclose=${close}><${Sanctions} card=${act.card} /><//>`;
  const label = act.what === "ban" ? `Ban ${act.card.name}` : `Time out ${act.card.name}`;
  return html`<${Dialog} key=${act.what} label=${label} onclose=${close}><${Sanction} what=${act.what} card=${act.card} close=${close} /><//>`;
}

/** @param {{ what: "timeout" | "ban", card: UserCard, close: () => void }} props */
function Sanction({ what, card, close }) {
  const ban = what === "ban";
  /** @param {Record<string, string>} values */
  const act = async ({ reason = "", lasts = "" }) => {
    if (!reason.trim()) throw { fields: { reason: ["Say why, in a few words. They will read it."] } };
    await api("POST", `moderation/people/${encodeURIComponent(card.username ?? "")}/${what}/`, { reason: reason.trim(), ...(lasts && { seconds: Number(lasts) }) });
    close();
    toast(ban ? `${card.name} is banned.` : `${card.name} may only read for ${lastingOf(Number(lasts))}.`);
  };
  return html`<${Form} act=${act} submit=${ban ? "Ban" : "Time out"} danger>${(/** @type {Wrong} */ wrong) => html`
    <p class="hint">${ban ? "Every sign-in of theirs ends now, and they cannot come back until then." : "They can read along, and write nothing until then."}</p>
    <${Field} label="For how long" name="lasts" as="select" error=${wrong.seconds ?? wrong.until}>
      ${ban && html`<option value="">Until it is lifted</option>`}
      ${(ban ? BANS_S : TIMEOUTS_S).map((seconds) => html`<option value=${seconds} selected=${!ban && seconds === 10 * MINUTE_S}>${lastingOf(seconds)}</option>`)}<//>
    <${Field} label="Reason, which they will read" name="reason" maxlength="500" autofocus error=${wrong.reason} />`}<//>`;
}

/** What was decided about a person, newest first, and how to take it back. @param {{ card: UserCard }} props */
export function Sanctions({ card }) {
  const { found, load, refusal } = useResource(`moderation/people/${encodeURIComponent(card.username ?? "")}/`);
  if (!found.value) return refusal ?? html`<${Loading} />`;
  const sanctions = found.value.sanctions;
  if (!sanctions.length) return html`<p class="hint">Nothing was ever decided about ${card.name}.</p>`;
  return html`<ul class="cards">${sanctions.map((/** @type {any} */ one) => html`<${Decision} key=${one.id} one=${one} onlifted=${load} />`)}</ul>`;
}

/** @param {{ one: any, onlifted: () => void }} props */
function Decision({ one, onlifted }) {
  const busy = useSignal(false);
  const lift = async () => {
    if (busy.value) return;
    busy.value = true;
    await api("DELETE", `moderation/sanctions/${one.id}/`).then(onlifted, (error) => toast(reasonOf(error)));
    busy.value = false;
  };
  return html`<li class="card decision"><div class="row"><b class="grow">${one.kind === "ban" ? "Ban" : "Timeout"}</b>
      ${one.in_force ? html`<button type="button" class="button" aria-disabled=${busy.value} onclick=${lift}>Lift</button>` : html`<span class="hint">${one.lifted_at ? "lifted" : "over"}</span>`}</div>
    <p>${one.reason || "No reason was given."}</p>
    <p class="hint">${one.by?.name ?? "The house"}, <${Time} at=${one.created_at} />${one.until && html`, until <time datetime=${one.until} title=${wholeTime(one.until)}>${timeAhead(one.until)}</time>`}</p></li>`;
}

/** @param {{ room: string, seq: number }} props */
function Versions({ room, seq }) {
  const { found, refusal } = useResource(`chat/rooms/${room}/messages/${seq}/revisions/`);
  if (!found.value) return refusal ?? html`<${Loading} />`;
  const versions = found.value.results;
  if (!versions.length) return html`<p class="hint">There are none, or they are older than 30 days.</p>`;
  return html`<ol class="cards">${versions.map((/** @type {any} */ one) => html`<li key=${one.seq} class="card decision">
    <blockquote>${one.text_before || "…"}</blockquote>
    <p class="hint">${one.kind === "deleted" ? "Deleted" : "Changed"} by ${one.by.name}, <${Time} at=${one.at} />${one.reason && `: ${one.reason}`}</p></li>`)}</ol>`;
}

/** @param {{ standing: import("../chat/standing.js").Standing, close: () => void }} props */
function Pace({ standing, close }) {
  const now = standing.slowModeS.value;
  /** @param {Record<string, string>} values */
  const act = async ({ seconds }) => {
    await standing.setSlowMode(Number(seconds));
    close();
  };
  const choices = [...new Set([...PACES_S, now])].sort((one, other) => one - other);
  return html`<${Form} act=${act} submit="Set">${(/** @type {Wrong} */ wrong) => html`
    <p class="hint">Everyone but moderators waits this long between two messages.</p>
    <${Field} label="Wait between messages" name="seconds" as="select" error=${wrong.seconds}>
      ${choices.map((seconds) => html`<option value=${seconds} selected=${seconds === now}>${seconds ? lastingOf(seconds) : "Off"}</option>`)}<//>`}<//>`;
}
