/** The log of results and decisions: every entry with its author and reason, what was corrected too. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Avatar, Time } from "../../components.js";
import { html } from "../../html.js";
import { api } from "../../session.js";
import { reasonOf } from "../../words.js";
import { lineOf } from "../payloads.js";
import { matchName } from "../words.js";
import { ReasonDialog } from "./acting.js";

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {{ seq: number, kind: string, stage: number, match: number | null, game_no: number | null, payload: any, recorded_at: string, author: import("../shapes.js").UserCard | null,
 *   reason: string, claim: number | null, supersedes: number | null, superseded_by: number | null }} Entry
 */

const PAGE = 20;
const FREE = new Set(["adjust", "lot", "override"]);
const QUIET_MS = 300;

/** @param {{ open: OpenCompetition }} props */
export function Log({ open }) {
  const entries = useSignal(/** @type {Entry[]} */ ([]));
  const next = useSignal(/** @type {number | null} */ (null));
  const refused = useSignal("");
  const takes = useSignal(/** @type {Entry | null} */ (null));
  const load = async (/** @type {number | null} */ before) => {
    try {
      const page = await api("GET", `${open.route}entries/?limit=${PAGE}${before ? `&before=${before}` : ""}`);
      entries.value = before ? [...entries.value, ...page.results] : page.results;
      next.value = page.next;
    } catch (error) {
      refused.value = reasonOf(error);
    }
  };
  const [matches, entrants] = [open.matches.value, open.entrants.value];
  useEffect(() => {
    const timer = setTimeout(() => load(null), QUIET_MS);
    return () => clearTimeout(timer);
  }, [matches, entrants, takes.value === null]);
  const penalises = open.mine.value?.acts.includes("penalise");
  const taken = takes.value;
  return html`<section aria-label="Log"><h2>Log</h2>${refused.value && html`<p class="wrong" role="alert">${refused.value}</p>`}
    ${!entries.value.length && html`<p class="hint">Nothing is recorded yet.</p>`}
    <ul class="talk log">${entries.value.map((entry) => html`<li key=${entry.seq} class=${entry.superseded_by ? "row past-entry" : "row"}>${entry.author ? html`<${Avatar} card=${entry.author} />` : html`<span class="avatar gone" aria-hidden="true">G</span>`}
      <div class="grow"><p><b>${wordsOf(entry, open)}</b>${entry.superseded_by ? html` <span class="hint">replaced by #${entry.superseded_by}</span>` : ""}</p>
        <p class="hint">#${entry.seq} · ${entry.author?.name ?? "Guildhall"} · <${Time} at=${entry.recorded_at} />${entry.claim ? " · from a claim" : ""}${entry.supersedes ? ` · in place of #${entry.supersedes}` : ""}</p>${entry.reason && html`<p class="said-words">${entry.reason}</p>`}</div>
      ${penalises && FREE.has(entry.kind) && !entry.superseded_by && entry.payload.points !== 0 && html`<button type="button" class="button" aria-label="Take entry ${entry.seq} back" onclick=${() => { takes.value = entry; }}>Take back…</button>`}</li>`)}</ul>
    ${next.value !== null && html`<p><button type="button" class="button" onclick=${() => load(next.value)}>Show earlier</button></p>`}
    ${taken && html`<${ReasonDialog} label="Take entry ${taken.seq} back?" submit="Take back" hint="It stays in the log, and counts no more." onclose=${() => { takes.value = null; }} act=${(/** @type {any} */ { reason }) => api("POST", `${open.route}entries/${taken.seq}/take-back/`, { reason })} />`}</section>`;
}

/** "Match 3: Ember won, 16 placed". @param {Entry} entry @param {OpenCompetition} open */
function wordsOf({ kind, match, game_no, payload }, open) {
  const nameOf = (/** @type {number} */ id) => open.entrants.value.find((one) => one.id === id)?.name ?? `Entrant ${id}`;
  const of = match === null ? undefined : open.matches.value.find(({ id }) => id === match);
  if (of) return `${matchName(of)}${game_no ? `, game ${game_no}` : ""}: ${lineOf(payload, of)}`;
  const points = payload.points;
  if (kind === "adjust") return points === 0 ? "A decision was taken back" : `${nameOf(payload.entrant)}: ${String(points).startsWith("-") ? "" : "+"}${points} points`;
  if (kind === "lot") return `Lot: ${payload.order.map(nameOf).join(", ")}`;
  if (kind === "override") return `${nameOf(payload.entrant)} set at place ${payload.place}`;
  if (kind === "disqualify") return `${nameOf(payload.entrant)} disqualified`;
  if (kind === "reinstate") return `${nameOf(payload.entrant)} reinstated`;
  return kind === "carry" ? `${nameOf(payload.entrant)} carries points along` : kind.replaceAll("_", " ");
}
