/** Boards, whichever of them an address names; fetched when one is first looked at. */

import { html } from "../html.js";
import "./look.js";
import { BoardPage } from "./page.js";

/** @param {{ at: string }} props */
export function Boards({ at }) {
  return html`<${BoardPage} name=${at.split("/")[2] || "xp"} />`;
}
