/** Guildhall's own icons, drawn on 24 by 24 with one pen. */

import { html } from "./html.js";

/** @type {Record<string, string>} */
const PATHS = {
  now: "M4 12h4l2-6 4 12 2-6h4",
  lists: "M5 7h14M5 12h14M5 17h9",
  play: "M7 5h10v5a5 5 0 0 1-10 0zM7 7H4c0 3 1 4.5 3 5M17 7h3c0 3-1 4.5-3 5M12 15v4m-3 0h6",
  matches: "M6 6h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM12 6v12",
  me: "M12 5.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM5 20c1.5-4.5 12.5-4.5 14 0",
  chat: "M5 6h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-7l-4 3v-3H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1z",
  bell: "M6 16c1-1 1.5-2.5 1.5-5a4.5 4.5 0 0 1 9 0c0 2.5.5 4 1.5 5zM10.5 19h3",
  search: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.5 15.5 20 20",
  send: "M5 12 4 5l16 7-16 7zM5 12h7",
  reply: "M9 7l-5 5 5 5M4 12h9c4 0 6 2 7 6",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  delete: "M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12M10.5 11v4.5M13.5 11v4.5",
  close: "M6 6l12 12M18 6 6 18",
  down: "M6 9l6 6 6-6",
  back: "M15 6l-6 6 6 6",
  side: "M5 5h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM14.5 5v14",
  wide: "M14 5h5v5M10 19H5v-5M19 5l-6 6M5 19l6-6",
  clock: "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM12 8.5V12l2.5 1.5",
  warn: "M12 5l8 14H4zM12 10.5v4M12 16.5v.5",
  more: "M6 11.5a.5 .5 0 1 0 0 1 .5 .5 0 0 0 0-1zM12 11.5a.5 .5 0 1 0 0 1 .5 .5 0 0 0 0-1zM18 11.5a.5 .5 0 1 0 0 1 .5 .5 0 0 0 0-1z",
  people: "M9 6.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3.5 19c1-4.5 10-4.5 11 0M15.5 7a3 3 0 0 1 0 5.5M17 15c2 .5 3 2 3.5 4",
  slow: "M12 7a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM12 10.5v3l2 1.5M10 4h4",
  shield: "M12 4l7 2.5V12c0 4-3 6.5-7 8-4-1.5-7-4-7-8V6.5z",
  mention: "M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM15.5 9v4.5c0 3 4.5 2.5 4.5-1.5a8 8 0 1 0-3.5 6.5",
  block: "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM7 7l10 10",
  check: "M5 12.5l4.5 4.5L19 7.5",
};

/** @param {{ name: string }} props */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}
