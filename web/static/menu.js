/** A button that opens a short list of acts: beside it on a desk, at the bottom edge on a phone. */

import { useId, useRef } from "preact/hooks";
import { IconButton } from "./components.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";

const EDGE_PX = 8;

/** @typedef {{ icon: string, label: string, act: () => void, danger?: boolean }} Choice */

/** Whether a menu is open somewhere. */
export const isChoosing = () => document.querySelector(".menu:popover-open") !== null;

/** @param {{ icon?: string, label: string, choices: Choice[] }} props */
export function Menu({ icon = "more", label, choices }) {
  const id = useId();
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => {
    const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 })[event.key];
    if (!step) return;
    const acts = /** @type {HTMLElement[]} */ ([.../** @type {HTMLElement} */ (list.current).children]);
    acts.at((acts.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + step) % acts.length)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  /** @param {any} event */
  const ontoggle = ({ newState, currentTarget }) => {
    if (newState !== "open") return;
    place(currentTarget, /** @type {HTMLElement} */ (document.querySelector(`[popovertarget="${id}"]`)));
    currentTarget.firstElementChild?.focus();
  };
  return html`<${IconButton} icon=${icon} label=${label} aria-haspopup="menu" popovertarget=${id} />
    <div ref=${list} id=${id} popover="auto" class="menu" role="menu" aria-label=${label} onkeydown=${onkeydown} ontoggle=${ontoggle}>
      ${choices.map(({ icon, label, act, danger }) => html`<button type="button" role="menuitem" tabindex="-1" class=${danger ? "danger" : null} key=${label}
        onclick=${() => { list.current?.hidePopover(); act(); }}><${Icon} name=${icon} />${label}</button>`)}</div>`;
}

/** Below the opener where there is room, else above it. @param {HTMLElement} box @param {HTMLElement} opener */
function place(box, opener) {
  const { top, bottom, right } = opener.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const y = bottom + height + EDGE_PX < innerHeight ? bottom : Math.max(EDGE_PX, top - height);
  box.style.setProperty("--x", `${Math.max(EDGE_PX, right - width)}px`);
  box.style.setProperty("--y", `${y}px`);
}
