/** The few small pieces that every room is made of. */

import { signal, useSignal } from "@preact/signals";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { now, serverTime } from "./connection.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { reasonOf, timeOf, wholeTime } from "./words.js";

const TOAST_MS = 4_000;
const UNDO_MS = 10_000;
const HUES = 6;

/** @param {{ at: string }} props */
export function Time({ at }) {
  return html`<time datetime=${at} title=${wholeTime(at)}>${timeOf(at, now.value)}</time>`;
}

/** How many ms are left until `at` (ms of the server's clock), told anew every second until none are. @param {number} at */
export function useServerTime(at) {
  const left = useSignal(0);
  useLayoutEffect(() => { left.value = at - serverTime(); }, [at]);
  useEffect(() => {
    const timer = setInterval(() => {
      left.value = at - serverTime();
      if (left.value <= 0) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [at]);
  return Math.max(0, left.value);
}

/** @param {{ card: import("./session.js").UserCard, large?: boolean }} props */
export function Avatar({ card, large = false }) {
  const failed = useSignal("");
  const size = large ? "avatar large" : "avatar";
  if (card.avatar && failed.value !== card.avatar) {
    const onerror = () => { failed.value = card.avatar; };
    return html`<img class=${size} src=${card.avatar} alt="" referrerpolicy="no-referrer" loading="lazy" onerror=${onerror} />`;
  }
  const hue = card.id === null ? "gone" : `hue-${card.id % HUES}`;
  return html`<span class="${size} ${hue}" aria-hidden="true">${[...card.name][0]?.toUpperCase()}</span>`;
}

/** A button that is only an icon; `label` is its name for everyone else. @param {any} props */
export function IconButton({ icon, label, children, ...rest }) {
  return html`<button type="button" class="icon-button" aria-label=${label} title=${label} ...${rest}>
    <${Icon} name=${icon} />${children}
  </button>`;
}

/** A labelled input with what is wrong with it below. @param {any} props */
export function Field({ label, name, error, hint, as = "input", children, ...rest }) {
  const id = useId();
  const note = error?.join(" ") ?? hint;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <${as} id=${id} name=${name} aria-invalid=${error ? "true" : null} aria-describedby=${note ? `${id}-note` : null} ...${rest}>${children}<//>
    ${note && html`<p id="${id}-note" class=${error ? "wrong" : "hint"}>${note}</p>`}
  </div>`;
}

/** A choice between on and off; a form has it as "on" or not at all. @param {any} props */
export function Switch({ label, name, checked, hint }) {
  const id = useId();
  return html`<div class="switch"><input type="checkbox" role="switch" id=${id} name=${name} defaultChecked=${checked} aria-describedby=${hint ? `${id}-note` : null} />
    <label for=${id}>${label}</label>${hint && html`<p id="${id}-note" class="hint">${hint}</p>`}</div>`;
}

/**
 * A form that runs `act` with its values, is busy meanwhile, and shows a refusal where it belongs.
 * `children` is a function of the refused fields.
 * @param {{ act: (values: Record<string, string>, form: HTMLFormElement) => Promise<unknown>, submit: string, danger?: boolean,
 *   children: (fields: Record<string, string[]>) => any, aside?: any }} props
 */
export function Form({ act, submit, danger = false, children, aside }) {
  const busy = useSignal(false);
  const refusal = useSignal(/** @type {any} */ (null));
  /** @param {SubmitEvent} event */
  const onsubmit = async (event) => {
    event.preventDefault();
    if (busy.value) return;
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    busy.value = true;
    refusal.value = null;
    try {
      await act(/** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form))), form);
    } catch (error) {
      refusal.value = error;
    } finally {
      busy.value = false;
    }
  };
  const fields = refusal.value?.fields ?? {};
  const elsewhere = refusal.value && Object.keys(fields).length === 0;
  return html`<form class="form" onsubmit=${onsubmit} novalidate>
    ${children(fields)}
    ${elsewhere && html`<p class="wrong" role="alert">${reasonOf(refusal.value)}</p>`}
    <div class="row">
      <button class=${danger ? "button danger" : "button primary"} aria-disabled=${busy.value}>${submit}</button>${aside}
    </div>
  </form>`;
}

/** A modal dialog; on phones it is a sheet. Escape and a press beside it close it. @param {any} props */
export function Dialog({ label, onclose, children, ...rest }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => { if (before instanceof HTMLElement) before.focus(); };
  }, []);
  /** @param {MouseEvent} event */
  const onpointerdown = (event) => { if (event.target === dialog.current) onclose(); };
  return html`<dialog ref=${dialog} aria-label=${label} onclose=${onclose} onpointerdown=${onpointerdown} ...${rest}>
    <header class="row"><h2 class="grow">${label}</h2><${IconButton} icon="close" label="Close" onclick=${onclose} /></header>
    ${children}
  </dialog>`;
}

/** What a room says when there is nothing in it. @param {any} props `heading`: "h1" where it is all there is in the middle */
export function Empty({ icon, title, heading = "h1", children }) {
  return html`<section class="empty"><${Icon} name=${icon} /><${heading}>${title}<//>${children}</section>`;
}

const toasts = signal(/** @type {{ id: number, text: string, undo?: (() => void) | undefined }[]} */ ([]));
let lastToast = 0;

/** Say something in passing, and how to take back what it tells of. @param {string} text @param {() => Promise<unknown>} [undo] */
export function toast(text, undo) {
  const id = ++lastToast;
  const gone = () => { toasts.value = toasts.value.filter((one) => one.id !== id); };
  const act = undo && (() => {
    gone();
    undo().catch((error) => toast(reasonOf(error)));
  });
  toasts.value = [...toasts.value, { id, text, undo: act }];
  setTimeout(gone, undo ? UNDO_MS : TOAST_MS);
}

export function Toasts() {
  return html`<div class="toasts" role="status">${toasts.value.map(({ id, text, undo }) => html`<p key=${id}>${text}${undo && html`<button type="button" onclick=${undo}>Undo</button>`}</p>`)}</div>`;
}
