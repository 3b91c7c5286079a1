/** What a team or a person did in the competitions that they completed. */

import { html } from "../html.js";
import { useResource } from "../resource.js";
import { wear } from "../styles.js";

await wear("plots.css");

/** @type {[string, string][]} */
const FIGURES = [["competitions", "Competitions"], ["won", "Won"], ["top_three", "In the first three"], ["played", "Matches"], ["wins", "Matches won"], ["kills", "Kills"]];

/** Nothing, for whoever has completed none. @param {{ route: string }} props such as `teams/7/` */
export function Statistics({ route }) {
  const { found } = useResource(`${route}statistics/`);
  if (!found.value?.competitions) return null;
  return html`<h2 id="in-competitions">In competitions</h2><dl class="figures" aria-labelledby="in-competitions">${FIGURES.map(([name, words]) => html`<div key=${name}><dt>${words}</dt><dd>${found.value[name].toLocaleString()}</dd></div>`)}</dl>`;
}
