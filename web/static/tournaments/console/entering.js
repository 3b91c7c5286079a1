/** The result of one match, typed or pasted; corrections, walk-overs, forfeits, voids, each with its reason. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { toast } from "../../components.js";
import { live } from "../../connection.js";
import { html } from "../../html.js";
import { later, Loading } from "../../resource.js";
import { api } from "../../session.js";
import { counted } from "../../words.js";
import { Payload } from "../result.js";
import { matchName, MATCH_STATES, SETTLED, warningOf } from "../words.js";
import { Choice, ReasonDialog } from "./acting.js";
import { pasted } from "./pasting.js";

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("../shapes.js").Match} Match
 * @typedef {{ open: OpenCompetition, match: Match, stage: import("../shapes.js").Stage | undefined, route: string }} Place
 */

const ClaimForm = later(() => import("../claim_form.js").then((part) => part.ClaimForm));

/** A match whole, live. @param {number} id */
export function useWhole(id) {
  const match = useSignal(/** @type {Match | null} */ (null));
  useEffect(() => live.subscribe(`match.${id}`, { state: (state) => { match.value = state["meta"] ?? null; }, ended: () => { match.value = null; } }), [id]);
  return match.value;
}

/** @param {{ open: OpenCompetition, id: number }} props */
export function Entering({ open, id }) {
  const match = useWhole(id);
  const game = useSignal(1);
  if (!match) return html`<${Loading} />`;
  const stage = open.stages.value.find((one) => one.id === match.stage);
  const several = stage?.format === "lobby" && match.games > 1;
  const no = several ? game.value : null;
  return html`<section aria-label="Result of ${matchName(match)}" class="entering"><header class="row"><h2 class="grow">${matchName(match)}</h2><span class="state">${MATCH_STATES[match.state]}</span></header>
    ${several && html`<${Choice} label="Game" name="game" choices=${Array.from({ length: match.games }, (_, at) => [String(at + 1), `Game ${at + 1}`])} chosen=${String(game.value)} onchange=${(/** @type {string} */ value) => { game.value = Number(value); }} />`}
    <${One} key=${`${no}-${match.seqs[String(no ?? "")] ?? "new"}`} open=${open} match=${match} stage=${stage} route=${`${open.route}matches/${id}/`} game=${no} /></section>`;
}

/** @param {Place & { game: number | null }} props */
function One({ open, match, stage, route, game }) {
  const standing = match.results[String(game ?? "")];
  const seq = match.seqs[String(game ?? "")] ?? null;
  const corrects = useSignal(false);
  const reason = useSignal("");
  const start = useSignal(/** @type {any} */ (standing?.rows || standing?.games ? standing : null));
  const nameOf = (/** @type {number} */ id) => match.sides.find(({ entrant }) => entrant?.id === id)?.entrant?.name ?? "somebody";
  const act = async (/** @type {any} */ payload) => {
    const entry = await api("PUT", `${route}result/`, { payload, ...(game && { game_no: game }), ...(seq !== null && { supersedes: seq, reason: reason.value.trim() }) });
    toast(["Recorded.", ...entry.warnings.map((/** @type {string} */ one) => warningOf(one, nameOf))].join(" "));
    corrects.value = false;
  };
  if (standing && !corrects.value) {
    return html`<${Payload} payload=${standing} match=${match} /><p class="row wrap"><button type="button" class="button" onclick=${() => { corrects.value = true; }}>Correct it…</button><${Others} open=${open} match=${match} stage=${stage} route=${route} game=${game} /></p>`;
  }
  const draft = start.value && { payload: start.value, cells: [], pictures: [], unknown: [] };
  const cancel = standing ? () => { corrects.value = false; } : null;
  return html`${stage?.format === "lobby" && html`<${Paste} match=${match} take=${(/** @type {any} */ payload) => { start.value = payload; }} />`}
    ${standing && html`<div class="field"><label for="why-corrected">Why it is corrected</label><input id="why-corrected" maxlength="500" autocomplete="off" value=${reason.value} oninput=${(/** @type {any} */ event) => { reason.value = event.currentTarget.value; }} /><p class="hint">Everybody can read it in the log.</p></div>`}
    <${ClaimForm} key=${JSON.stringify(start.value)} match=${match} stage=${stage} claim=${draft ?? undefined} submit=${standing ? "Correct it" : "Confirm this result"} act=${act} cancel=${cancel} />
    ${!standing && html`<p class="row wrap"><${Others} open=${open} match=${match} stage=${stage} route=${route} game=${game} /></p>`}`;
}

/** @param {{ match: Match, take: (payload: any) => void }} props */
function Paste({ match, take }) {
  const said = useSignal("");
  const read = (/** @type {any} */ { currentTarget }) => {
    const entrants = match.sides.flatMap(({ entrant }) => (entrant ? [entrant] : []));
    const { payload, unknown } = pasted(currentTarget.value, entrants);
    said.value = `${counted(payload.rows.length, "team")} of ${entrants.length} found.${unknown.length ? ` Nobody is called ${unknown.map((name) => `“${name}”`).join(", ")}.` : ""}`;
    if (payload.rows.length) take(payload);
  };
  return html`<details class="more-fields"><summary>Paste a table</summary><div class="field"><textarea rows="4" aria-label="Table" placeholder=${"Night Radiants\t1\t12\nEmber\t2\t7"} oninput=${read}></textarea><p class="hint" role="status">${said.value || "A line a team: its name or tag, place, kills."}</p></div></details>`;
}

/** What else may become of a match. @param {Place & { game: number | null }} props */
function Others({ match, stage, route, game }) {
  const asks = useSignal(/** @type {"walkover" | "forfeit" | "void" | null} */ (null));
  const close = () => { asks.value = null; };
  const duel = stage?.format !== "lobby";
  const settled = SETTLED.has(match.state);
  const sides = match.sides.flatMap(({ entrant }) => (entrant ? [/** @type {[string, string]} */ ([String(entrant.id), entrant.name])] : []));
  const walkover = (/** @type {Record<string, string>} */ { winner, reason }) => api("POST", `${route}walkover/`, { winner: Number(winner), reason });
  const forfeit = (/** @type {Record<string, string>} */ { reason }) => api("POST", `${route}double-forfeit/`, { reason });
  const void_ = (/** @type {Record<string, string>} */ { reason }) => api("POST", `${route}void/`, { reason, ...(game && { game_no: game }) });
  const button = (/** @type {"walkover" | "forfeit" | "void"} */ what, /** @type {string} */ words) => html`<button type="button" class="button" onclick=${() => { asks.value = what; }}>${words}</button>`;
  return html`${duel && button("walkover", "Walk-over…")}${duel && button("forfeit", "Both forfeit…")}${match.state !== "void" && button("void", "Void…")}
    ${asks.value === "walkover" && html`<${ReasonDialog} label="Walk-over" submit="Award it" optional=${!settled} act=${walkover} onclose=${close}>${(/** @type {any} */ wrong) => html`<${Choice} label="Who wins" name="winner" choices=${sides} error=${wrong.winner} />`}<//>`}
    ${asks.value === "forfeit" && html`<${ReasonDialog} label="Both sides forfeit" submit="Record it" danger optional=${!settled} act=${forfeit} onclose=${close} />`}
    ${asks.value === "void" && html`<${ReasonDialog} label="Void ${matchName(match)}${game ? `, game ${game}` : ""}?" submit="Void it" danger hint="It counts for nobody, until a correction says otherwise." act=${void_} onclose=${close} />`}`;
}
