/** Registrations as they come: who has a seat, who waits, who is out, and what a host does about it. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Empty } from "../../components.js";
import { html } from "../../html.js";
import { Menu } from "../../menu.js";
import { Loading } from "../../resource.js";
import { api } from "../../session.js";
import { reasonOf } from "../../words.js";
import { Seats } from "../card.js";
import { EntrantMark } from "../entrants.js";
import { hasSeat } from "../shapes.js";
import { ENTRANT_STATES, seatsOf } from "../words.js";
import { call, RemoveDialog } from "./absent.js";
import { Refused, useActs } from "./acting.js";
import { DisqualifyDialog, ReinstateDialog } from "./decisions.js";

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("../shapes.js").Entrant} Entrant
 */

const PAUSE_MS = 250;
const WHICH = { all: "All", seated: "With a seat", waiting: "Waiting", gone: "Out" };
const WAITING = new Set(["waitlisted", "offered", "applied", "awaiting_payment"]);

/** Everybody who ever registered, asked for anew when somebody moves. @param {OpenCompetition} open */
function useRegistrations(open) {
  const found = useSignal(/** @type {Entrant[] | null} */ (null));
  const refused = useSignal("");
  const moved = open.entrants.value.map(({ id, state }) => `${id}${state}`).join();
  useEffect(() => {
    let over = false;
    const timer = setTimeout(async () => {
      /** @type {Entrant[]} */
      const all = [];
      try {
        for (let after = 0; ;) {
          const page = await api("GET", `${open.route}registrations/?limit=100${after ? `&after=${after}` : ""}`);
          all.push(...page.results);
          if (page.next === null) break;
          after = page.next;
        }
        if (!over) found.value = all;
      } catch (error) {
        refused.value = reasonOf(error);
      }
    }, found.peek() ? PAUSE_MS : 0);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [moved]);
  return { found, refused };
}

/** @param {{ open: OpenCompetition }} props */
export function Entrants({ open }) {
  const { found, refused } = useRegistrations(open);
  const which = useSignal(/** @type {keyof typeof WHICH} */ ("all"));
  const text = useSignal("");
  const meta = /** @type {import("../shapes.js").Competition} */ (open.meta.value);
  if (refused.value) return html`<p class="wrong" role="alert">${refused.value}</p>`;
  if (!found.value) return html`<${Loading} />`;
  if (!found.value.length) return html`<${Empty} icon="people" title="Nobody has registered yet" heading="h2"><p>Whoever does shows here at once.</p><//>`;
  const kindOf = (/** @type {Entrant} */ one) => (WAITING.has(one.state) ? "waiting" : hasSeat(one) ? "seated" : "gone");
  const meets = (/** @type {Entrant} */ { name, tag, captain }) => `${tag} ${name} ${captain.name}`.toLowerCase().includes(text.value.trim().toLowerCase());
  const shown = found.value.filter((one) => (which.value === "all" || kindOf(one) === which.value) && meets(one));
  const count = (/** @type {string} */ name) => found.value?.filter((one) => name === "all" || kindOf(one) === name).length ?? 0;
  return html`<p class="row seats-line"><${Seats} card=${meta} /><span class="hint">${seatsOf(meta)}</span></p>
    <input type="search" aria-label="Find an entrant" placeholder="Find an entrant" value=${text.value} oninput=${(/** @type {any} */ event) => { text.value = event.currentTarget.value; }} />
    <div class="chips" role="group" aria-label="Which entrants">${Object.entries(WHICH).map(([name, words]) => html`<button type="button" key=${name} class="chip" aria-pressed=${which.value === name} onclick=${() => { which.value = /** @type {any} */ (name); }}>${words} ${count(name)}</button>`)}</div>
    <ul class="entrants plain" aria-label="Registrations">${shown.map((entrant) => html`<li key=${entrant.id}><${Row} open=${open} entrant=${entrant} /></li>`)}</ul>
    ${!shown.length && html`<p class="hint">Nobody is like that.</p>`}`;
}

/** @param {{ open: OpenCompetition, entrant: Entrant }} props */
function Row({ open, entrant }) {
  const acts = useActs(open);
  const asks = useSignal(/** @type {"remove" | "out" | "in" | null} */ (null));
  const close = () => { asks.value = null; };
  const { id, name, seat, waiting, state, captain, roster } = entrant;
  const may = open.mine.value?.acts ?? [];
  const phase = open.meta.value?.state;
  const route = `${open.route}registrations/${id}/check-in/`;
  const admit = may.includes("admit");
  const choices = [
    ...(admit && phase === "check_in" && state === "confirmed" ? [{ icon: "check", label: "Check in", act: () => void acts.run("one", () => api("POST", route, {})) }, { icon: "bell", label: "Call", act: () => void acts.run("one", () => call(open, [id])) }] : []),
    ...(admit && phase === "check_in" && state === "checked_in" ? [{ icon: "close", label: "Undo the check-in", act: () => void acts.run("one", () => api("DELETE", route)) }] : []),
    ...(admit && (WAITING.has(state) || ["confirmed", "checked_in", "active"].includes(state)) ? [{ icon: "delete", label: "Remove…", act: () => { asks.value = "remove"; }, danger: true }] : []),
    ...(may.includes("penalise") && ["active", "eliminated"].includes(state) ? [{ icon: "block", label: "Disqualify…", act: () => { asks.value = "out"; }, danger: true }] : []),
    ...(may.includes("penalise") && state === "disqualified" ? [{ icon: "check", label: "Reinstate…", act: () => { asks.value = "in"; } }] : []),
  ];
  return html`<div class="host-row plain-row"><span class="no">${seat ?? (waiting ? `w${waiting}` : "")}</span><${EntrantMark} entrant=${entrant} />
      <span class="grow"><span class="cut" title=${name}>${name}</span><span class="hint cut more">${captain.name}${roster.length > 1 ? ` and ${roster.length - 1} more` : ""}</span></span>
      <span class=${state === "offered" || state === "no_show" || state === "disqualified" ? "state urgent" : "state"}>${ENTRANT_STATES[state]}</span>
      ${choices.length > 0 && html`<${Menu} label="What to do with ${name}" choices=${choices} />`}</div><${Refused} acts=${acts} name="one" />
    ${asks.value === "remove" && html`<${RemoveDialog} open=${open} entrant=${entrant} onclose=${close} />`}
    ${asks.value === "out" && html`<${DisqualifyDialog} open=${open} entrant=${entrant} onclose=${close} />`}
    ${asks.value === "in" && html`<${ReinstateDialog} open=${open} entrant=${entrant} onclose=${close} />`}`;
}
