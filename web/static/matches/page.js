/** One match: what is read of it, what is asked, what it says once it is confirmed. */

import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Dialog, Empty, Form, toast } from "../components.js";
import { now } from "../connection.js";
import { html } from "../html.js";
import { heading } from "../layout.js";
import { Menu } from "../menu.js";
import { Loading } from "../resource.js";
import { go } from "../router.js";
import { api } from "../session.js";
import { counted, timeOf, wholeTime } from "../words.js";
import { sent } from "./adding.js";
import { Editor } from "./editor.js";
import { fieldsOf } from "./fields.js";
import { Mark } from "./index.js";
import { Local, Whole } from "./picture.js";
import { Lobby } from "./players.js";
import { Sharing } from "./sharing.js";
import { LobbySheet, Sheet } from "./sheet.js";
import { Bars } from "./statistics.js";
import { rowsOf, useMatch } from "./store.js";
import { MoreRows, Opponent } from "./typing.js";
import { gameOf, reasonWords } from "./words.js";

/**
 * @typedef {import("./store.js").Match} Match
 * @typedef {{ match: Match, put: (match: Match) => void }} Props
 */

/** Why a picture was not read that can be looked at nevertheless. */
const SEEN = new Set(["no_table", "wrong_screen", "took_too_long", "reader_failed"]);

/** @param {{ id: string }} props */
export function MatchPage({ id }) {
  const { match, gone, refused, put, load } = useMatch(id);
  const shown = match.value;
  const name = shown ? titleOf(shown) : "";
  useEffect(() => {
    heading.value = name;
    return () => { heading.value = ""; };
  }, [name]);
  if (gone.value) return html`<${Empty} icon="matches" title="There is no such match, or it is not yours"><a class="button" href="/matches">To your matches</a><//>`;
  if (refused.value && !shown) return html`<p class="note wrong" role="alert">${refused.value} <button type="button" class="link" onclick=${load}>Retry</button></p>`;
  if (!shown) return html`<section class="page matches"><${Loading} /></section>`;
  return html`<section class="page matches one is-${shown.state}"><${Body} match=${shown} put=${put} /></section>`;
}

/** @param {Props} props */
function Body({ match, put }) {
  const editing = useSignal(false);
  if (match.state === "reading") return html`<${Reading} match=${match} />`;
  if (match.state === "refused" || match.state === "failed") return html`<${Unread} match=${match} put=${put} />`;
  if (match.state === "proposed") return html`<${Proposal} match=${match} put=${put} />`;
  if (editing.value) return html`<${Correction} match=${match} put=${put} onclose=${() => { editing.value = false; }} />`;
  return html`<${Confirmed} match=${match} put=${put} correct=${() => (match.share && match.state === "shared" ? go(`/matches/shared/${match.share.id}`) : (editing.value = true))} />`;
}

/** @param {Match} match */
const nameOf = ({ opponent, opponent_name }) => opponent?.person?.name || opponent_name || opponent?.name || "";
/** @param {Match} match */
const titleOf = (match) => (nameOf(match) ? `Against ${nameOf(match)}` : "A match");

/** @param {{ match: Match, children?: any, correct?: () => void }} props */
function Head({ match, children, correct }) {
  const asks = useSignal(false);
  const remove = async () => {
    await api("DELETE", `matches/${match.id}/`);
    go("/matches");
    toast("The match and its pictures are deleted.");
  };
  const choices = [...(correct ? [{ icon: "edit", label: "Correct it…", act: correct }] : []), { icon: "delete", label: "Delete…", act: () => { asks.value = true; }, danger: true }];
  return html`<header class="row list-head"><div class="grow">${children}</div><${Menu} label="What to do with this match" choices=${choices} /></header>
    ${asks.value && html`<${Dialog} label="Delete this match?" onclose=${() => { asks.value = false; }}><${Form} act=${remove} submit="Delete" danger>
      ${() => html`<p class="hint">Its numbers leave your statistics, and its pictures are deleted for good.</p>`}<//><//>`}`;
}

/** @param {{ match: Match }} props */
function Facts({ match: { game, played_at } }) {
  return html`<p class="hint">${gameOf(game) && html`${gameOf(game)} · `}<time datetime=${played_at} title=${wholeTime(played_at)}>${timeOf(played_at, now.value)}</time></p>`;
}

/** @param {{ match: Match }} props */
function Reading({ match }) {
  const own = sent.get(match.id)?.[0];
  return html`<${Head} match=${match}><h1>Reading your screenshot…</h1><p class="hint" role="status">This takes a second. You can leave; it goes on.</p><//>
    <div class="editor with-picture"><div class="lens"><div class="frame scanning">${own ? html`<${Local} file=${own} />` : match.pictures[0]?.url && html`<img class="still" src=${match.pictures[0].url} alt="The screenshot of this match" />`}</div></div>
      <div class="sheet-fields"><${Loading} /></div></div>`;
}

/** @param {Props} props */
function Unread({ match, put }) {
  const typing = useSignal(false);
  const reason = match.extracted_data?.reason;
  const [title, what] = reasonWords(reason);
  if (typing.value) return html`<${Proposal} match=${match} put=${put} />`;
  return html`<${Head} match=${match}><h1>${title}</h1><p class="hint">${what}</p><//>
    ${SEEN.has(reason) && html`<${Strip} match=${match} />`}<div class="row wrap"><a class="button primary" href="/matches">Send another picture</a>
      <button type="button" class="button" onclick=${() => { typing.value = true; }}>Type this match in</button></div>`;
}

/** What was read, to be looked over and confirmed (S2 to S5). @param {Props} props */
function Proposal({ match, put }) {
  const data = match.extracted_data;
  const sheet = useMemo(() => sheetOf(match), [match.id, data?.reader, data?.status]);
  const lobby = sheet instanceof LobbySheet;
  const save = async (/** @type {any} */ given) => put(await api("PUT", `matches/${match.id}/`, { ...given, version: match.version }));
  const open = sheet.open.value.length;
  const rows = sheet.rows.value.doubtful.length + sheet.rows.value.sure.length;
  return html`<${Head} match=${match}><h1>${open ? `${counted(open, "number")} to look at` : rows ? "Is everything right?" : "Type the numbers in"}</h1><${Facts} match=${match} /><//>
    <${Editor} sheet=${sheet} pictures=${shownOf(match)} submit="Confirm" save=${save} after=${!lobby && html`<${MoreRows} sheet=${sheet} />`}>${!lobby && html`<${Opponent} sheet=${sheet} />`}<//>`;
}

/** @param {Match} match */
function sheetOf({ extracted_data: data, side, opponent_name }) {
  if (data?.players?.length) return new LobbySheet(data, { ownRow: data.own_row ?? undefined });
  const names = /** @type {[string, string]} */ ([data?.names?.[0] ?? "", data?.names?.[1] ?? ""]);
  return new Sheet(fieldsOf(data), { own: side, names, opponent: names.includes(opponent_name) ? "" : opponent_name });
}

/** The pictures in the size that boxes are told in. @param {Match} match @returns {import("./picture.js").Shown[]} */
const shownOf = ({ id, pictures }) => pictures.flatMap(({ url, width, height }, place) => (url && width && height ? [{ url, width, height, file: sent.get(id)?.[place] }] : []));

/** The pictures, small; each opens. @param {{ match: Match }} props */
function Strip({ match }) {
  const open = useSignal(/** @type {number | null} */ (null));
  const shown = match.pictures.filter(({ url, thumbnail_url }) => url && thumbnail_url);
  const picture = open.value === null ? null : shown[open.value];
  if (!shown.length) return null;
  return html`<div class="row wrap strip">${shown.map(({ thumbnail_url }, place) => html`<button type="button" key=${place} aria-label="Picture ${place + 1}" onclick=${() => { open.value = place; }}><img src=${thumbnail_url} alt="" loading="lazy" /></button>`)}</div>
    ${picture && html`<${Whole} picture=${picture} onclose=${() => { open.value = null; }} />`}`;
}

/** @param {Props & { correct: () => void }} props */
function Confirmed({ match, put, correct }) {
  const { lobby } = match;
  const name = nameOf(match);
  const rows = Object.entries(rowsOf(match)).filter(([, { user, opponent }]) => user !== null || opponent !== null).map(([key, { user, opponent }]) => [key, user, opponent]);
  return html`<${Head} match=${match} correct=${correct}><h1 class="unseen">${titleOf(match)}</h1><${Facts} match=${match} /><//>
    ${lobby ? html`<p class="placement"><b>#${match.placement ?? "–"}</b>${lobby.total && html`<span class="hint"> of ${lobby.total}</span>`}</p><${Lobby} lobby=${lobby} />` : html`<div class="board"><p class="cut-2"><b>You</b></p><p class="result"><${Mark} match=${match} /><b>${match.score_user ?? "–"}<span aria-hidden="true">:</span><span class="unseen"> to </span>${match.score_opponent ?? "–"}</b></p>
      <p class="cut-2">${match.opponent?.person?.username ? html`<a href="/people/${match.opponent.person.username}"><b>${name}</b></a>` : html`<b>${name || "Opponent"}</b>`}</p></div>`}
    ${!lobby && html`<${Sharing} match=${match} put=${put} />`}
    ${!lobby && rows.length > 0 && html`<div class="card plot"><${Bars} rows=${rows} caption="Statistics of this match" /></div>`}
    <${Strip} match=${match} />`;
}

/** @param {Props & { onclose: () => void }} props */
function Correction({ match, put, onclose }) {
  const sheet = useMemo(() => confirmedSheet(match), []);
  const lobby = sheet instanceof LobbySheet;
  const save = async (/** @type {any} */ { side: _, ...given }) => {
    put(await api("PUT", `matches/${match.id}/`, { ...given, version: match.version }));
    onclose();
  };
  return html`<header class="row"><h1 class="grow">Correct this match</h1><button type="button" class="button" onclick=${onclose}>Cancel</button></header>
    <${Editor} sheet=${sheet} pictures=${shownOf(match)} submit="Save" save=${save} after=${!lobby && html`<${MoreRows} sheet=${sheet} />`}>${!lobby && html`<${Opponent} sheet=${sheet} />`}<//>`;
}

/** What stands, to be corrected: nothing of it is asked. @param {Match} match */
function confirmedSheet(match) {
  const { lobby, extracted_data: data } = match;
  if (!lobby) return new Sheet(fieldsOf(confirmedReading(match)).map((field) => ({ ...field, doubtful: false })), { own: "home", opponent: nameOf(match) });
  const players = lobby.players.map((row, at) => ({ ...row, boxes: data?.players?.[at]?.boxes, pictures: data?.players?.[at]?.pictures }));
  return new LobbySheet({ ...lobby, players, place_boxes: data?.place_boxes }, { ownRow: lobby.own_row, asks: false });
}

/** What stands, as if it had been read with the person at the left; with the boxes that the picture has for it. @param {Match} match */
function confirmedReading({ score_user, score_opponent, extracted_data: data, side, ...match }) {
  const turn = (/** @type {any[] | null | undefined} */ pair) => (pair && side === "away" ? [pair[1], pair[0]] : pair);
  const rows = Object.entries(rowsOf(match)).map(([key, { user, opponent }]) => [key, { home: user, away: opponent, boxes: turn(data?.stats?.[key]?.boxes), pictures: turn(data?.stats?.[key]?.pictures), label_box: data?.stats?.[key]?.label_box }]);
  return { score: [score_user, score_opponent], score_boxes: turn(data?.score_boxes), score_pictures: turn(data?.score_pictures), stats: Object.fromEntries(rows) };
}
