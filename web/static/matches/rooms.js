/** Matches, whatever of them an address names; fetched when one is first looked at. */

import { html } from "../html.js";
import { user } from "../session.js";
import { Index } from "./index.js";
import "./look.js";
import { MatchPage } from "./page.js";
import { SharedPage } from "./shared.js";
import { JoinMatch } from "./sharing.js";
import { Statistics } from "./statistics.js";
import { Typing } from "./typing.js";

/** @param {{ at: string }} props */
export function Matches({ at }) {
  const [, , part = "", share = ""] = at.split("/");
  if (part === "join") return html`<${JoinMatch} />`;
  if (!part || !user.value) return html`<${Index} />`;
  if (part === "statistics") return html`<${Statistics} />`;
  if (part === "new") return html`<${Typing} />`;
  if (part === "shared") return html`<${SharedPage} key="${share}-${user.value.id}" id=${Number(share)} />`;
  return html`<${MatchPage} key="${part}-${user.value.id}" id=${part} />`;
}
