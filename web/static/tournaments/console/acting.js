/** Acts of those who run a competition: on their way, done, or refused with the reason beside the thing. */

import { useSignal } from "@preact/signals";
import { Dialog, Field, Form } from "../../components.js";
import { html } from "../../html.js";
import { Icon } from "../../icons.js";
import { reasonOf } from "../../words.js";

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {{ act: string, words: string, code: string, facts: Record<string, any> }} Refusal
 * @typedef {ReturnType<typeof useActs>} Acts
 */

/** One act at a time, by its name. @param {OpenCompetition} open */
export function useActs(open) {
  const busy = useSignal("");
  const refusal = useSignal(/** @type {Refusal | null} */ (null));
  /** Whether it was done. @param {string} act @param {() => Promise<unknown>} call */
  const run = async (act, call) => {
    if (busy.value) return false;
    [busy.value, refusal.value] = [act, null];
    try {
      await call();
      return true;
    } catch (/** @type {any} */ error) {
      refusal.value = { act, words: reasonOf(error), code: error.code ?? "failed", facts: error.facts ?? {} };
      return false;
    } finally {
      busy.value = "";
      open.askOwn();
    }
  };
  return { busy, refusal, run };
}

/** @param {{ acts: Acts, name: string, words: string, call: () => Promise<unknown>, look?: string, label?: string }} props `label`: its name where the words alone do not say of what */
export function ActButton({ acts, name, words, call, look = "", label }) {
  return html`<button type="button" class="button ${look}" aria-label=${label} aria-disabled=${acts.busy.value !== ""} onclick=${() => acts.run(name, call)}>${words}</button>`;
}

/** Why the last act of these names was refused. @param {{ acts: Acts, name: string }} props */
export function Refused({ acts, name }) {
  const refusal = acts.refusal.value;
  if (refusal?.act !== name) return null;
  return html`<p class="refused" role="alert"><${Icon} name="warn" /><span class="grow">${refusal.words}</span></p>`;
}

/**
 * An act that wants a reason. @param {{ label: string, hint?: string, submit: string, act: (values: Record<string, string>) => Promise<unknown>, onclose: () => void,
 *   danger?: boolean, optional?: boolean, ask?: string, children?: (wrong: Record<string, string[]>) => any }} props `act` closes nothing: that happens once it is done
 */
export function ReasonDialog({ children, optional = false, ask = "Reason", ...rest }) {
  return html`<${PlainDialog} ...${rest}>${(/** @type {Record<string, string[]>} */ wrong) => html`${children?.(wrong)}
    <${Field} label=${optional ? `${ask} (not needed)` : ask} name="reason" as="textarea" rows="2" maxlength="500" autofocus=${!children} error=${wrong.reason} />`}<//>`;
}

/** A choice in a form. @param {{ label: string, name: string, choices: [string, string][], chosen?: string | undefined, error?: string[] | undefined, hint?: string | undefined, onchange?: (value: string) => void }} props */
export function Choice({ label, name, choices, chosen, error, hint, onchange }) {
  return html`<${Field} as="select" label=${label} name=${name} error=${error} hint=${hint} onchange=${(/** @type {any} */ event) => onchange?.(event.currentTarget.value)}>
    ${choices.map(([value, words]) => html`<option key=${value} value=${value} selected=${value === chosen}>${words}</option>`)}<//>`;
}

/** @param {import("../shapes.js").EntrantCard[]} entrants @returns {[string, string][]} */
export const choicesOf = (entrants) => entrants.map(({ id, name }) => [String(id), name]);

/** A form in a dialog that closes once it is done. @param {{ label: string, hint?: string, submit: string, act: (values: Record<string, string>, form: HTMLFormElement) => Promise<unknown>, onclose: () => void, danger?: boolean, children: (wrong: Record<string, string[]>) => any }} props */
export function PlainDialog({ label, hint, submit, act, onclose, danger = false, children }) {
  const send = async (/** @type {Record<string, string>} */ values, /** @type {HTMLFormElement} */ form) => {
    await act(values, form);
    onclose();
  };
  return html`<${Dialog} label=${label} onclose=${onclose}><${Form} act=${send} submit=${submit} danger=${danger}>${(/** @type {Record<string, string[]>} */ wrong) => html`${hint && html`<p class="hint">${hint}</p>`}${children(wrong)}`}<//><//>`;
}
