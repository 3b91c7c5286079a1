/** Teams, whatever of them an address names; fetched when one is first looked at. */

import { useEffect } from "preact/hooks";
import { askToSignIn } from "../accounts/sign_in.js";
import { Empty } from "../components.js";
import { html } from "../html.js";
import { user } from "../session.js";
import { loadGames } from "./games.js";
import { Index } from "./index.js";
import { JoinTeam } from "./join.js";
import "./look.js";
import { TeamPage } from "./page.js";

/** @param {{ at: string }} props */
export function Teams({ at }) {
  useEffect(() => { loadGames(); }, []);
  const [, , part = ""] = at.split("/");
  if (part === "join") return html`<${JoinTeam} />`;
  if (!user.value) {
    return html`<${Empty} icon="people" title="Teams are shown to people"><p>Sign in to see who plays together, and to found a team of your own.</p>
      <button type="button" class="button primary" onclick=${() => askToSignIn("in")}>Sign in</button><//>`;
  }
  return part ? html`<${TeamPage} key="${part}-${user.value.id}" id=${Number(part)} />` : html`<${Index} />`;
}
