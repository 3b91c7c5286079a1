/** What stands for a team: its logo, or its tag. */

import { html } from "../html.js";

const HUES = 6;

/** @param {{ team: { id: number, tag: string, logo: import("./store.js").Logo }, large?: boolean }} props */
export function Mark({ team: { id, tag, logo }, large = false }) {
  const size = large ? "team-mark large" : "team-mark";
  return logo ? html`<img class=${size} src=${logo.thumbnail_url} alt="" loading="lazy" />`
    : html`<span class="${size} hue-${id % HUES}" aria-hidden="true">${tag}</span>`;
}
