/** Announcements: to everybody who is in it, or to one group; and those that were made. */

import { Words } from "../../chat/words.js";
import { Field, Form, Switch, Time, toast } from "../../components.js";
import { html } from "../../html.js";
import { api } from "../../session.js";
import { Choice } from "./acting.js";

/** @param {{ open: import("../store.js").OpenCompetition }} props */
export function Announce({ open }) {
  const groups = open.stages.value.filter((stage) => stage.groups.length > 1).flatMap((stage) => stage.groups.map((group) => /** @type {[string, string]} */ ([String(group.id), `${stage.name}, ${group.name}`])));
  const named = new Map(groups);
  const act = async (/** @type {Record<string, string>} */ { words, group, mail }, /** @type {HTMLFormElement} */ form) => {
    await api("POST", `${open.route}announcements/`, { words, group: Number(group) || null, mail: mail === "on" });
    form.reset();
    toast("Announced.");
  };
  return html`<${Form} act=${act} submit="Announce">${(/** @type {Record<string, string[]>} */ wrong) => html`
      <${Field} label="What everybody should know" name="words" as="textarea" rows="4" maxlength="2000" hint="On the page and as a notification, at once." error=${wrong.words} />
      ${groups.length > 0 && html`<${Choice} label="To" name="group" choices=${[["", "All entrants"], ...groups]} error=${wrong.group} />`}
      <${Switch} label="By mail as well" name="mail" checked=${false} />`}<//>
    ${open.announcements.value.length > 0 && html`<section aria-label="Announced"><h2>Announced</h2><ul class="said">${open.announcements.value.map(({ id, words, author, group, at }) => html`<li key=${id}><${Words} text=${words} /><p class="hint">${author.name}${group !== null && named.has(String(group)) ? ` to ${named.get(String(group))}` : ""} · <${Time} at=${at} /></p></li>`)}</ul></section>`}`;
}
