/** Boards on air, for those who run a competition: a key for each scene, what it shows, and its end. */

import { useSignal } from "@preact/signals";
import { Dialog, Empty, Field, Form, toast } from "../components.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Menu } from "../menu.js";
import { Loading, useResource } from "../resource.js";
import { api } from "../session.js";
import { wear } from "../styles.js";
import { hasSeat } from "./shapes.js";
import { Steering } from "./steering.js";

await wear("tournaments/overlays.css");

/**
 * @typedef {import("../overlay/board.js").Settings} Settings
 * @typedef {{ id: number, name: string, settings: Settings, created_at: string }} Overlay
 * @typedef {{ route: string, stages: import("./shapes.js").Stage[], entrants: import("./shapes.js").EntrantCard[] }} Place `route` is where REST has the competition
 */

/** @param {{ open: import("./store.js").OpenCompetition }} props */
export function Overlays({ open }) {
  /** @type {Place} */
  const place = { route: open.route, stages: open.stages.value, entrants: open.entrants.value.filter(hasSeat) };
  const { found, load, refusal } = useResource(`${place.route}overlays/`);
  const chosen = useSignal(/** @type {number | null} */ (null));
  const makes = useSignal(false);
  const fresh = useSignal("");
  if (!found.value) return refusal || html`<${Loading} />`;
  /** @type {Overlay[]} */
  const overlays = found.value.results;
  const overlay = overlays.find(({ id }) => id === chosen.value) ?? overlays[0];
  const make = () => { makes.value = true; };
  const shown = (/** @type {{ id: number, overlay_url: string }} */ { id, overlay_url }) => {
    [makes.value, chosen.value, fresh.value] = [false, id, overlay_url];
    load();
  };
  return html`<section class="on-air" aria-label="Boards on air">
    ${overlay ? html`<header class="row"><${Scenes} overlays=${overlays} chosen=${overlay.id} choose=${(/** @type {number} */ id) => { chosen.value = id; }} />
        <button type="button" class="button" onclick=${make}><${Icon} name="plus" />New key</button><${Acts} overlay=${overlay} place=${place} shown=${shown} load=${load} /></header>
      <${Steering} key=${overlay.id} overlay=${overlay} place=${place} />`
    : html`<${Empty} icon="play" title="Put the board on air" heading="h2"><p>A key gives your stream the live board: a browser source in OBS, transparent, moved by every confirmed result.</p>
      <button type="button" class="button primary" onclick=${make}>Make a key</button><//>`}
    ${makes.value && html`<${MakeDialog} place=${place} shown=${shown} onclose=${() => { makes.value = false; }} />`}
    ${fresh.value && html`<${AddressDialog} url=${fresh.value} onclose=${() => { fresh.value = ""; }} />`}</section>`;
}

/** @param {{ overlays: Overlay[], chosen: number, choose: (id: number) => void }} props */
function Scenes({ overlays, chosen, choose }) {
  return html`<div class="field grow"><select aria-label="Key" value=${chosen} onchange=${(/** @type {any} */ event) => choose(Number(event.currentTarget.value))}>
    ${overlays.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}</select></div>`;
}

/** @param {{ overlay: Overlay, place: Place, shown: (made: any) => void, load: () => void }} props */
function Acts({ overlay, place, shown, load }) {
  const asks = useSignal(/** @type {"rotate" | "revoke" | null} */ (null));
  const done = () => { asks.value = null; };
  const route = `${place.route}overlays/${overlay.id}/`;
  const rotate = async () => {
    const made = await api("POST", `${route}rotate/`);
    done();
    shown(made);
  };
  const revoke = async () => {
    await api("DELETE", route);
    done();
    load();
    toast(`${overlay.name} is off air.`);
  };
  const ask = (/** @type {"rotate" | "revoke"} */ what) => () => { asks.value = what; };
  const choices = [{ icon: "link", label: "Replace the key…", act: ask("rotate") }, { icon: "delete", label: "Revoke…", act: ask("revoke"), danger: true }];
  return html`<${Menu} label="What to do with ${overlay.name}" choices=${choices} />
    ${asks.value === "rotate" && html`<${Sure} label="Replace the key?" submit="Replace" words="Scenes that use the old address go blank within two seconds." act=${rotate} onclose=${done} />`}
    ${asks.value === "revoke" && html`<${Sure} label="Revoke the key?" submit="Revoke" words="Whatever shows this board goes blank within two seconds, for good." act=${revoke} onclose=${done} />`}`;
}

/** @param {{ label: string, submit: string, words: string, act: () => Promise<void>, onclose: () => void }} props */
function Sure({ label, submit, words, act, onclose }) {
  return html`<${Dialog} label=${label} onclose=${onclose}><${Form} act=${act} submit=${submit} danger>${() => html`<p class="hint">${words}</p>`}<//><//>`;
}

/** @param {{ place: Place, shown: (made: any) => void, onclose: () => void }} props */
function MakeDialog({ place, shown, onclose }) {
  const act = async (/** @type {Record<string, string>} */ { name }) => shown(await api("POST", `${place.route}overlays/`, { name }));
  return html`<${Dialog} label="New key" onclose=${onclose}><${Form} act=${act} submit="Make the key">${(/** @type {Record<string, string[]>} */ wrong) => html`
    <${Field} label="Name" name="name" maxlength="60" autofocus autocomplete="off" placeholder="Main scene" hint="For you and your staff." error=${wrong.name} />`}<//><//>`;
}

/** The address that holds a key, while it is known. @param {{ url: string, onclose: () => void }} props */
function AddressDialog({ url, onclose }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      toast("Copied.");
    } catch {
      toast("Select the address and copy it.");
    }
  };
  return html`<${Dialog} label="Its address, shown once" onclose=${onclose}>
    <div class="row copy"><input readonly aria-label="Address of the board" value=${url} onfocus=${(/** @type {any} */ event) => event.currentTarget.select()} />
      <button type="button" class="button primary" onclick=${copy}>Copy</button></div>
    <ol class="steps"><li>In OBS, add a source: <b>Browser</b>.</li><li>Paste the address as its URL.</li><li>Width <b>1920</b>, height <b>1080</b>. Leave the custom CSS as it is.</li></ol>
    <p class="hint">Whoever has the address sees the board, and nothing else. It is not kept here: if it is lost, replace the key.</p><//>`;
}
