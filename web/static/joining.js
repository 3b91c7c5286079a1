/** Links by which people join something: shown as text and as a square to be photographed, renewed, ended. */

import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { encode } from "uqr";
import { Dialog, toast } from "./components.js";
import { html } from "./html.js";
import { api } from "./session.js";
import { reasonOf, timeAhead } from "./words.js";

/**
 * The link that stands at `route`, once it was asked for.
 * @param {string} route
 */
export function useInvite(route) {
  const invite = useSignal(/** @type {{ invite_url: string, expires_at: string } | null} */ (null));
  const ask = (/** @type {string} */ method) => api(method, route, {}).then((body) => { invite.value = body; }, (error) => toast(reasonOf(error)));
  const end = () => api("DELETE", route).then(() => {
    invite.value = null;
    toast("The link leads nowhere now.");
  }, (error) => toast(reasonOf(error)));
  return { invite, open: () => ask("POST"), renew: () => ask("PUT"), end, close: () => { invite.value = null; } };
}

/** The link, while it is asked for. @param {{ label: string, what: string, link: ReturnType<typeof useInvite> }} props `what`: what whoever has it becomes */
export function InviteDialog({ label, what, link: { invite, renew, end, close } }) {
  if (!invite.value) return null;
  const { invite_url: url, expires_at } = invite.value;
  return html`<${Dialog} label=${label} onclose=${close}><${Square} text=${url} /><${CopyField} text=${url} />
    <p class="hint">${what} It is good until ${timeAhead(expires_at)}.
      <button type="button" class="link" onclick=${renew}>Make a new one, end this one</button>
      <button type="button" class="link" onclick=${end}>End it</button></p><//>`;
}

/** @param {{ text: string }} props */
function CopyField({ text }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toast("Copied.");
    } catch {
      toast("Select the link and copy it.");
    }
  };
  const share = () => navigator.share({ url: text }).catch(() => {}); // they thought better of it
  return html`<div class="row copy"><input readonly aria-label="Link to join" value=${text} onfocus=${(/** @type {any} */ event) => event.currentTarget.select()} />
    <button type="button" class="button primary" onclick=${copy}>Copy</button>
    ${"share" in navigator && html`<button type="button" class="button" onclick=${share}>Share</button>`}</div>`;
}

/** The text as a QR code. @param {{ text: string }} props */
export function Square({ text }) {
  const { size, data } = useMemo(() => encode(text, { ecc: "M", border: 4 }), [text]);
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join("");
  return html`<svg class="square" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR code of the link" shape-rendering="crispEdges"><path d=${path} /></svg>`;
}
