/** Who runs it, and by the host who helps. */

import { useSignal } from "@preact/signals";
import { Avatar, Field, Form } from "../../components.js";
import { html } from "../../html.js";
import { Loading, useResource } from "../../resource.js";
import { api } from "../../session.js";
import { ROLES } from "../words.js";
import { ActButton, Choice, Refused, useActs } from "./acting.js";

/** @typedef {import("../shapes.js").StaffMember} StaffMember */

/** @type {Record<string, string>} */
const MAY = { host: "Everything.", co_host: "Everything but money, cancelling and staff.", referee: "Results, claims and disputes.", caster: "Rooms before they open, and boards on air." };

/** @param {{ open: import("../store.js").OpenCompetition }} props */
export function StaffPart({ open }) {
  const { found, load, refusal } = useResource(`${open.route}staff/`);
  const acts = useActs(open);
  const role = useSignal("referee");
  const hosts = open.mine.value?.acts.includes("appoint");
  if (!found.value) return refusal || html`<${Loading} />`;
  const appoint = async (/** @type {Record<string, string>} */ { username = "", role }, /** @type {HTMLFormElement} */ form) => {
    found.value = await api("POST", `${open.route}staff/`, { username: username.trim().replace(/^@/, ""), role });
    form.reset();
  };
  const dismiss = (/** @type {StaffMember} */ { user }) => async () => {
    await api("DELETE", `${open.route}staff/${user.id}/`);
    await load();
  };
  return html`<ul class="staff" aria-label="Staff">${found.value.results.map((/** @type {StaffMember} */ one) => html`<li key=${one.user.id} class="row"><${Avatar} card=${one.user} /><div class="grow"><p class="cut">${one.user.name}</p><p class="hint">${ROLES[one.role]}. ${MAY[one.role]}</p></div>
      ${one.role !== "host" && (hosts || one.user.id === open.me) && html`<${ActButton} acts=${acts} name="dismiss" words=${one.user.id === open.me ? "Resign" : "Dismiss"} label=${one.user.id === open.me ? "Resign" : `Dismiss ${one.user.name}`} call=${dismiss(one)} />`}</li>`)}</ul><${Refused} acts=${acts} name="dismiss" />
    ${hosts && html`<section aria-label="Let somebody help"><h2>Let somebody help</h2><${Form} act=${appoint} submit="Appoint">${(/** @type {Record<string, string[]>} */ wrong) => html`<div class="pair"><${Field} label="Username" name="username" maxlength="60" autocomplete="off" autocapitalize="none" error=${wrong.username} />
      <${Choice} label="As" name="role" choices=${Object.entries(ROLES).filter(([name]) => name !== "host")} chosen=${role.value} onchange=${(/** @type {string} */ value) => { role.value = value; }} error=${wrong.role} hint=${MAY[role.value]} /></div>`}<//></section>`}`;
}
