/** What people feel about an item: six signs of our own, no font needed. */

import { useId, useRef } from "preact/hooks";
import { IconButton } from "../components.js";
import { html } from "../html.js";
import { REACTIONS } from "./rules.js";

/** @typedef {import("./rules.js").Item} Item */

/** @type {Record<string, any>} Drawn on 24 by 24. */
const SIGNS = {
  fire: html`<path fill="var(--warn)" d="M12.5 2c.6 3.4 5.5 6 5.5 11.500A6 6 0 0 1 6 14c0-2.8 1.5-4.3 2.3-6 1.2 1 1.6 2 1.6 3C11.6 9.2 12.8 6 12.5 2z" /><path fill="var(--sign-ink)" d="M12 12.500c1.6 1.6 2.6 2.8 2.6 4.600a2.7 2.7 0 0 1-5.3 0c0-1.8 1.2-3 2.7-4.600z" />`,
  love: html`<path fill="var(--lost)" d="M12 20.500C6 16.3 3 13 3 9.300A4.8 4.8 0 0 1 12 7a4.8 4.8 0 0 1 9 2.300c0 3.7-3 7-9 11.200z" />`,
  sketchy: html`<circle cx="12" cy="12.5" r="8.5" fill="var(--sign)" /><path d="M6.8 9.200l3.8.9M13.3 7.300c1.3-.9 2.9-.8 4 .2M8.5 17c2.2-1.7 4.4-1.9 7-.8" /><circle class="ink" cx="9" cy="12" r="1.2" /><circle class="ink" cx="15.2" cy="11.3" r="1.2" />`,
  dead: html`<path fill="var(--text)" d="M12 3a8 8 0 0 0-5 14.300V20a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1v-2.700A8 8 0 0 0 12 3z" /><circle fill="var(--bg)" cx="9" cy="12" r="2.1" /><circle fill="var(--bg)" cx="15" cy="12" r="2.1" /><path stroke="var(--bg)" d="M12 15v1.500M10.3 18.500V21M13.7 18.500V21" />`,
  hardpass: html`<circle cx="12" cy="12" r="8.5" fill="var(--lost)" /><path stroke="var(--bg)" stroke-width="2.6" d="M7.5 12h9" />`,
  nope: html`<circle cx="12" cy="12" r="8.5" fill="var(--sign)" /><path d="M7.3 8.300l3 2.4-3 1.600M16.7 8.300l-3 2.4 3 1.600M8.8 17c1.9-2 4.5-2 6.4 0" />`,
};

/** @param {{ kind: string }} props */
export function Sign({ kind }) {
  return html`<svg class="reaction" viewBox="0 0 24 24" aria-hidden="true">${SIGNS[kind]}</svg>`;
}

/** @param {{ item: Item, react: ((kind: string) => void) | null }} props `react` null: only to be seen */
export function Reactions({ item, react }) {
  const shown = Object.entries(REACTIONS).filter(([kind]) => (item.reactions_summary[kind] ?? 0) > 0);
  if (!shown.length && !react) return null;
  return html`<div class="reactions" role="group" aria-label="Reactions to ${item.title}">
    ${shown.map(([kind, word]) => html`<button type="button" key=${kind} class="chip" aria-pressed=${item.user_reaction === kind} aria-disabled=${react ? null : "true"}
      aria-label="${word}, ${item.reactions_summary[kind]}" title=${word} onclick=${() => react?.(kind)}><${Sign} kind=${kind} /><span>${item.reactions_summary[kind]}</span></button>`)}
    ${react && html`<${Choose} item=${item} react=${react} />`}</div>`;
}

/** @param {{ item: Item, react: (kind: string) => void }} props */
function Choose({ item, react }) {
  const id = useId();
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const ontoggle = (/** @type {any} */ { newState, currentTarget }) => {
    if (newState !== "open") return;
    const { left, bottom, top } = /** @type {HTMLElement} */ (document.querySelector(`[popovertarget="${id}"]`)).getBoundingClientRect();
    const { width, height } = currentTarget.getBoundingClientRect();
    currentTarget.style.setProperty("--x", `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
    currentTarget.style.setProperty("--y", `${top - height - 4 > 8 ? top - height - 4 : bottom + 4}px`);
    currentTarget.firstElementChild?.focus();
  };
  const choose = (/** @type {string} */ kind) => {
    box.current?.hidePopover();
    react(kind);
  };
  return html`<${IconButton} icon="feel" label="React to ${item.title}" popovertarget=${id} />
    <div ref=${box} id=${id} popover="auto" class="signs" role="group" aria-label="Reactions" ontoggle=${ontoggle}>
      ${Object.entries(REACTIONS).map(([kind, word]) => html`<button type="button" key=${kind} class="icon-button" aria-label=${word} title=${word}
        aria-pressed=${item.user_reaction === kind} onclick=${() => choose(kind)}><${Sign} kind=${kind} /></button>`)}</div>`;
}
