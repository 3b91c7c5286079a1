/** What a board on air shows, as its host steers it: every change is on air at once, and here as it is there. */

import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { live } from "../connection.js";
import { html } from "../html.js";
import { Board, WIDTH } from "../overlay/board.js";
import { reasonOf } from "../words.js";

/**
 * @typedef {import("./overlays.js").Overlay} Overlay
 * @typedef {import("./overlays.js").Place} Place
 * @typedef {import("../overlay/board.js").Settings} Settings
 * @typedef {(change: Partial<Settings>) => void} Steer
 */

const THEMES = { table: "Table", ticker: "Ticker", top_three: "Top three" };
const TURNS = [0, 5, 10, 15, 30, 60];
const LOOK = new URL("../overlay/board.css", import.meta.url).href;
const COLOURS = /** @type {const} */ ([["accent", "Accent", "#d9a94c"], ["text", "Text", "#ffffff"], ["plate", "Plate", "#0a0c0e"]]);

/** @param {{ overlay: Overlay, place: Place }} props */
export function Steering({ overlay, place }) {
  const state = useSignal(/** @type {Record<string, any>} */ ({}));
  const sent = useSignal(/** @type {Partial<Settings>} */ ({}));
  const refused = useSignal("");
  useEffect(() => live.subscribe(`overlay.${overlay.id}`, { state: (now) => { state.value = now; }, ended: () => {} }), [overlay.id]);
  const steer = async (/** @type {Partial<Settings>} */ change) => {
    [sent.value, refused.value] = [{ ...sent.value, ...change }, ""];
    try {
      await live.call("overlay.steer", { overlay: overlay.id, ...change }, { repeatable: true });
    } catch (error) {
      refused.value = reasonOf(error);
    }
    const left = { ...sent.value };
    for (const name of /** @type {(keyof Settings)[]} */ (Object.keys(change))) if (left[name] === change[name]) delete left[name];
    sent.value = left;
  };
  /** @type {Settings} */
  const settings = { ...(state.value["meta"]?.settings ?? overlay.settings), ...sent.value };
  return html`<${Preview} state=${state.value} />
    ${refused.value && html`<p class="wrong" role="alert">${refused.value}</p>`}
    <div class="row"><button type="button" class="button ${settings.hidden ? "primary" : ""}" aria-pressed=${settings.hidden} onclick=${() => steer({ hidden: !settings.hidden })}>${settings.hidden ? "Show the board" : "Hide the board"}</button>
      <p class="hint" role="status">${settings.hidden ? "The screen is empty." : "What you see is what is on air."}</p></div>
    <div class="pair"><${Shape} settings=${settings} steer=${steer} place=${place} /><${Words} settings=${settings} steer=${steer} place=${place} /></div>
    <fieldset class="colours"><legend>Colours</legend>${COLOURS.map(([name, label, usual]) => html`<${Colour} key=${name} label=${label} colour=${settings[name]} usual=${usual} choose=${(/** @type {string} */ colour) => steer({ [name]: colour })} />`)}</fieldset>`;
}

/** The board as it is on air, small. @param {{ state: Record<string, any> }} props */
function Preview({ state }) {
  const frame = useRef(/** @type {HTMLDivElement | null} */ (null));
  const board = useRef(/** @type {Board | null} */ (null));
  useEffect(() => {
    const here = /** @type {HTMLDivElement} */ (frame.current);
    const inside = here.shadowRoot ?? here.attachShadow({ mode: "open" }); // what the page wears is not for the board
    inside.replaceChildren(Object.assign(document.createElement("link"), { rel: "stylesheet", href: LOOK }));
    const shown = new Board(inside);
    board.current = shown;
    const watch = new ResizeObserver(() => shown.scale(here.clientWidth / WIDTH));
    watch.observe(here);
    return () => {
      watch.disconnect();
      shown.clear();
    };
  }, []);
  useEffect(() => { board.current?.show(state); }, [state]);
  return html`<div class="preview" ref=${frame} role="img" aria-label="The board as it is on air"></div>`;
}

/** What is being typed stays, whatever else changes on air. @param {{ label: string, value: any, change: (value: string) => void, children?: any, as?: string, [more: string]: any }} props */
function Choice({ label, value, change, children, as = "select", ...rest }) {
  const id = useId();
  const typed = useSignal(/** @type {string | null} */ (null));
  const oninput = (/** @type {any} */ event) => { typed.value = event.currentTarget.value; };
  const onchange = (/** @type {any} */ event) => {
    typed.value = null;
    change(event.currentTarget.value);
  };
  return html`<div class="field"><label for=${id}>${label}</label><${as} id=${id} value=${typed.value ?? value} oninput=${oninput} onchange=${onchange} ...${rest}>${children}<//></div>`;
}

/** @param {{ settings: Settings, steer: Steer, place: Place }} props */
function Shape({ settings, steer, place }) {
  const board = [settings.stage ?? "", settings.group ?? ""].join(".");
  const choose = (/** @type {string} */ value) => {
    const [stage, group] = value.split(".").map((part) => Number(part) || null);
    steer({ stage: stage ?? null, group: group ?? null });
  };
  return html`<div class="form">
    <${Choice} label="Theme" value=${settings.theme} change=${(/** @type {string} */ theme) => steer({ theme })}>${Object.entries(THEMES).map(([name, words]) => html`<option key=${name} value=${name}>${words}</option>`)}<//>
    <${Choice} label="Board" value=${board} change=${choose}><option value=".">The last stage that is drawn</option>
      ${place.stages.map(({ id, name, groups }) => html`<option key=${id} value=${`${id}.`}>${name}</option>
        ${groups.length > 1 && groups.map((group) => html`<option key=${group.id} value=${`${id}.${group.id}`}>${name} · ${group.name}</option>`)}`)}<//>
    <${Choice} label="Rows on a page" as="input" type="number" min="1" max="100" value=${settings.rows} change=${(/** @type {string} */ rows) => steer({ rows: Number(rows) })} />
    <${Choice} label="Turn the page" value=${settings.page_s} change=${(/** @type {string} */ seconds) => steer({ page_s: Number(seconds) })}>
      ${[...new Set([...TURNS, settings.page_s])].map((seconds) => html`<option key=${seconds} value=${seconds}>${seconds ? `Every ${seconds} s` : "Never"}</option>`)}<//></div>`;
}

/** @param {{ settings: Settings, steer: Steer, place: Place }} props */
function Words({ settings, steer, place }) {
  return html`<div class="form">
    <${Choice} label="Highlight" value=${settings.highlight ?? ""} change=${(/** @type {string} */ entrant) => steer({ highlight: Number(entrant) || null })}><option value="">Nobody</option>
      ${place.entrants.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}<//>
    <${Choice} label="Title" as="input" maxlength="60" placeholder="The competition's own" autocomplete="off" value=${settings.title} change=${(/** @type {string} */ title) => steer({ title })} />
    <${Choice} label="A line of your own" as="input" maxlength="200" autocomplete="off" value=${settings.words} change=${(/** @type {string} */ words) => steer({ words })} /></div>`;
}

/** @param {{ label: string, colour: string, usual: string, choose: (colour: string) => void }} props */
function Colour({ label, colour, usual, choose }) {
  const id = useId();
  return html`<div class="row"><input type="color" id=${id} value=${colour || usual} onchange=${(/** @type {any} */ event) => choose(event.currentTarget.value)} /><label for=${id}>${label}</label>
    ${colour && html`<button type="button" class="link" aria-label="${label}: the theme's own" onclick=${() => choose("")}>Reset</button>`}</div>`;
}
