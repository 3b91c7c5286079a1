/** The numbers of a match as somebody types them: the games of a duel, the table of a lobby; beside the picture where there is one. */

import { useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { html } from "../html.js";
import { Lens } from "../matches/picture.js";
import { counted, reasonOf } from "../words.js";
import { duelDraft, duelPayload, isLevel, lobbyPayload, lobbyRows } from "./payloads.js";
import { whyOf } from "./words.js";

/**
 * @typedef {import("./shapes.js").Match} Match
 * @typedef {import("./shapes.js").Claim} Claim
 * @typedef {import("./shapes.js").Cell} Cell
 * @typedef {import("./payloads.js").LobbyRow} LobbyRow
 * @typedef {import("./payloads.js").DuelDraft} DuelDraft
 * @typedef {Record<string, string>} Wrong
 */

/** @param {{ match: Match, stage: import("./shapes.js").Stage | undefined, claim?: Claim, submit: string, act: (payload: any) => Promise<void>, cancel: (() => void) | null }} props */
export function ClaimForm({ match, stage, claim, submit, act, cancel }) {
  const lobby = stage?.format === "lobby";
  const rows = useSignal(/** @type {LobbyRow[]} */ (lobby ? lobbyRows(match, claim?.payload, claim?.cells ?? []) : []));
  const duel = useSignal(/** @type {DuelDraft} */ (duelDraft(match, lobby ? null : claim?.payload, claim?.cells ?? [])));
  const wrong = useSignal(/** @type {Wrong} */ ({}));
  const refused = useSignal("");
  const busy = useSignal(false);
  const at = useSignal(/** @type {string | null} */ (claim?.cells[0]?.path ?? null));
  const onsubmit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (busy.value) return;
    const form = /** @type {HTMLElement} */ (event.currentTarget);
    const taken = lobby ? lobbyPayload(rows.value) : duelPayload(duel.value, match);
    [wrong.value, refused.value] = [taken.wrong, ""];
    if (Object.keys(taken.wrong).length) return void requestAnimationFrame(() => /** @type {HTMLElement | null} */ (form.querySelector("[aria-invalid=true]"))?.focus());
    busy.value = true;
    await act(taken.payload).catch((error) => { refused.value = reasonOf(error); });
    busy.value = false;
  };
  const left = claim?.cells.length ?? 0;
  return html`<form class=${claim?.pictures.length ? "claim-form beside-picture" : "claim-form"} onsubmit=${onsubmit} onkeydown=${onward} novalidate>
    ${claim && claim.pictures.length > 0 && html`<${Beside} claim=${claim} at=${at} />`}
    <div class="claim-fields">${lobby ? html`<${LobbyFields} rows=${rows} wrong=${wrong.value} at=${at} />` : html`<${DuelFields} match=${match} draft=${duel} wrong=${wrong.value} at=${at} />`}
      ${claim && claim.unknown.length > 0 && html`<p class="hint">In the picture, but nobody's name here: ${claim.unknown.map((name) => `“${name}”`).join(", ")}.</p>`}
      ${wrong.value["all"] && html`<p class="wrong" role="alert">${wrong.value["all"]}</p>`}${refused.value && html`<p class="wrong" role="alert">${refused.value}</p>`}
      <div class="row wrap"><button class="button primary" aria-disabled=${busy.value}>${submit}</button>${cancel && html`<button type="button" class="button" onclick=${cancel}>Cancel</button>`}
        ${left > 0 && html`<span class="hint">${counted(left, "number")} to look at.</span>`}</div></div></form>`;
}

/** Enter leads to the next field, as on a keypad. @param {KeyboardEvent} event */
function onward(event) {
  if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
  const fields = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("input:not([type=checkbox])")];
  const next = fields[fields.indexOf(event.target) + 1];
  if (!(next instanceof HTMLInputElement)) return;
  event.preventDefault();
  next.focus();
  next.select();
}

/** The picture, near the cell that is looked at. @param {{ claim: Claim, at: import("@preact/signals").Signal<string | null> }} props */
function Beside({ claim, at }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const pictures = claim.pictures.map(({ picture }) => ({ url: picture.url, width: picture.width, height: picture.height }));
  const fields = useSignal(claim.cells.map((cell) => fieldOf(cell, claim)));
  const sheet = useMemo(() => ({ fields, at, answers: { value: {} }, field: (/** @type {string} */ id) => fields.value.find((field) => field.id === id) ?? null }), []);
  const onfield = (/** @type {string} */ id) => { /** @type {HTMLElement | null | undefined} */ (box.current?.closest("form")?.querySelector(`[data-cell="${CSS.escape(id)}"]`))?.focus(); };
  return html`<div ref=${box} class="claim-picture"><${Lens} pictures=${pictures} sheet=${/** @type {any} */ (sheet)} onfield=${onfield} /></div>`;
}

/** A cell, as the picture knows fields: its box in pixels. @param {Cell} cell @param {Claim} claim */
function fieldOf({ path, position, box }, { pictures }) {
  const place = Math.max(0, pictures.findIndex((one) => one.position === position));
  const { width = 1, height = 1 } = pictures[place]?.picture ?? {};
  const [left, top, right, bottom] = box ?? [0, 0, 0, 0];
  return { id: path, key: path.split(".").slice(0, 2).join("."), label: "", picture: position === null ? 0 : place, near: null, box: box ? [left * width, top * height, (right - left) * width, (bottom - top) * height] : null };
}

/**
 * One number. @param {{ label: string, value: string, put: (text: string) => void, error: string | undefined, cell: Cell | undefined, at: import("@preact/signals").Signal<string | null>, most?: number }} props
 */
function Digits({ label, value, put, error, cell, at, most = 5 }) {
  const looks = error ? "broken" : cell && value === "" ? "asked" : cell ? "settled" : "";
  return html`<input class="cell ${looks}" inputmode="numeric" autocomplete="off" maxlength=${most} aria-label=${cell ? `${label}, ${whyOf(cell.why)}` : label} aria-invalid=${error ? "true" : null} title=${error ?? null} data-cell=${cell?.path} value=${value}
    onfocus=${(/** @type {any} */ { currentTarget }) => { if (cell) at.value = cell.path; currentTarget.select(); }} oninput=${(/** @type {any} */ { currentTarget }) => put(currentTarget.value.trim())} />`;
}

/** @param {{ match: Match, draft: import("@preact/signals").Signal<DuelDraft>, wrong: Wrong, at: import("@preact/signals").Signal<string | null> }} props */
function DuelFields({ match, draft, wrong, at }) {
  const names = match.sides.map(({ entrant }) => entrant?.name ?? "Open");
  const { scores, decider, asks } = draft.value;
  const put = (/** @type {number} */ game, /** @type {number} */ side) => (/** @type {string} */ text) => {
    draft.value = { ...draft.value, scores: draft.value.scores.map((score, no) => (no === game ? /** @type {[string, string]} */ (score.map((one, which) => (which === side ? text : one))) : score)) };
  };
  const shoot = (/** @type {number} */ side) => (/** @type {string} */ text) => { draft.value = { ...draft.value, decider: /** @type {[string, string]} */ (draft.value.decider.map((one, which) => (which === side ? text : one))) }; };
  const game = (/** @type {number} */ no) => (scores.length > 1 ? `, game ${no + 1}` : "");
  return html`<div class="duel-fields"><span class="cut-2"><b>${names[0]}</b></span><span></span><span class="cut-2"><b>${names[1]}</b></span>
    ${scores.map((score, no) => html`<${Digits} key=${`${no}-0`} label=${`${names[0]}${game(no)}`} value=${score[0]} put=${put(no, 0)} error=${wrong[`games.${no}.0`]} cell=${asks[`games.${no}.score.0`]} at=${at} />
      <span class="hint">${scores.length > 1 ? `Game ${no + 1}` : "to"}</span>
      <${Digits} key=${`${no}-1`} label=${`${names[1]}${game(no)}`} value=${score[1]} put=${put(no, 1)} error=${wrong[`games.${no}.1`]} cell=${asks[`games.${no}.score.1`]} at=${at} />`)}
    ${isLevel(draft.value, match) && html`<${Digits} label="Shoot-out, ${names[0]}" value=${decider[0]} put=${shoot(0)} error=${wrong["decider"]} cell=${undefined} at=${at} /><span class="hint">Shoot-out</span><${Digits} label="Shoot-out, ${names[1]}" value=${decider[1]} put=${shoot(1)} error=${wrong["decider"]} cell=${undefined} at=${at} />`}</div>
    ${Object.entries(wrong).filter(([key]) => key !== "all").slice(0, 1).map(([key, words]) => html`<p key=${key} class="wrong" role="alert">${words}</p>`)}`;
}

/** @param {{ rows: import("@preact/signals").Signal<LobbyRow[]>, wrong: Wrong, at: import("@preact/signals").Signal<string | null> }} props */
function LobbyFields({ rows, wrong, at }) {
  const put = (/** @type {number} */ id, /** @type {Partial<LobbyRow>} */ change) => { rows.value = rows.value.map((row) => (row.entrant === id ? { ...row, ...change } : row)); };
  /** @param {LobbyRow} row @param {"placement" | "kills"} what @param {string} words */
  const digits = (row, what, words) => !row.absent && html`<${Digits} label=${`${words}, ${row.name}`} value=${row[what]} put=${(/** @type {string} */ text) => put(row.entrant, { [what]: text })}
    error=${wrong[`${row.entrant}.${what}`]} cell=${row.asks[what]} at=${at} most=${3} />`;
  return html`<table class="lobby-fields"><thead><tr><th scope="col">Team</th><th scope="col">Place</th><th scope="col">Kills</th><th scope="col"><abbr title="Absent">Abs.</abbr></th></tr></thead>
    <tbody>${rows.value.map((row) => html`<tr key=${row.entrant} class=${row.absent ? "is-absent" : null}><th scope="row"><span class="cut" title=${row.name}>${row.name}</span></th>
      <td>${digits(row, "placement", "Place")}</td><td>${digits(row, "kills", "Kills")}</td>
      <td><label class="tick"><input type="checkbox" aria-label="Absent, ${row.name}" checked=${row.absent} onchange=${(/** @type {any} */ event) => put(row.entrant, { absent: event.currentTarget.checked })} /></label></td></tr>
      ${["placement", "kills"].flatMap((name) => wrong[`${row.entrant}.${name}`] ?? []).slice(0, 1).map((words) => html`<tr key="${row.entrant}-wrong" class="wrong-row"><td colspan="4"><span class="wrong" role="alert">${words}</span></td></tr>`)}`)}</tbody></table>`;
}
