/** The form of a team: its game, its words. */

import { Dialog, Field, Form, toast } from "../components.js";
import { html } from "../html.js";
import { go } from "../router.js";
import { api } from "../session.js";
import { games } from "./games.js";

/** @param {{ team?: import("./store.js").Team, onclose: () => void }} props Without a team it makes one. */
export function TeamDialog({ team, onclose }) {
  /** @param {Record<string, string>} values */
  const act = async (values) => {
    const saved = team ? await api("PATCH", `teams/${team.id}/`, values) : await api("POST", "teams/", values);
    onclose();
    if (team) toast("Saved.");
    else go(`/teams/${saved.id}`);
  };
  return html`<${Dialog} label=${team ? "Edit the team" : "New team"} onclose=${onclose}><${Form} act=${act} submit=${team ? "Save" : "Found the team"}>${(/** @type {Record<string, string[]>} */ wrong) => html`
    ${!team && html`<${Field} label="Game" name="game" as="select" error=${wrong.game}>${games.value.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}<//>`}
    <${Field} label="Name" name="name" maxlength="50" autofocus autocomplete="off" defaultValue=${team?.name} error=${wrong.name} />
    <${Field} label="Tag" name="tag" maxlength="5" autocomplete="off" autocapitalize="characters" defaultValue=${team?.tag} hint="2 to 5 letters or digits, yours alone." error=${wrong.tag} />
    <${Field} label="About the team" name="about" as="textarea" rows="3" maxlength="1000" error=${wrong.about}>${team?.about}<//>`}<//><//>`;
}
