/** A match that two people look at, each from their side, live: agreed to, or corrected cell by cell. */

import { batch, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Avatar, Dialog, Empty, Form, toast } from "../components.js";
import { live, now } from "../connection.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Menu } from "../menu.js";
import { Loading, useResource } from "../resource.js";
import { go } from "../router.js";
import { api } from "../session.js";
import { counted, reasonOf, timeOf, wholeTime } from "../words.js";
import { numberOf } from "./fields.js";
import { Whole } from "./picture.js";
import { askedOf, cellsOf, changedCells, differs, keyOf, nameOf, otherOf, rowsOf, standingOf } from "./share.js";
import { Link } from "./sharing.js";
import { gameOf, shownOf } from "./words.js";

/**
 * @typedef {import("./share.js").Share} Share
 * @typedef {import("./share.js").Row} Row
 * @typedef {import("./share.js").Mine} Mine
 * @typedef {{ share: Share, rows: Row[], mine: Mine, act: (verb: string, body?: object) => Promise<void> }} Seen
 */

/** Acts that answer what somebody saw. */
const VERSIONED = new Set(["agree", "correct", "answer", "bring"]);

/** The shared match of that id as its topic tells it; `gone` once it is not there for this person. @param {number} id */
function useShare(id) {
  const state = useSignal(/** @type {Record<string, any>} */ ({}));
  const mine = useSignal(/** @type {Mine | null} */ (null));
  const gone = useSignal(false);
  const askOwn = () => api("GET", `shares/${id}/`).then((view) => { mine.value = view.mine; }, (error) => { if (error.status === 404) gone.value = true; });
  useEffect(() => live.subscribe(`share.${id}`, {
    state: (now, own) => batch(() => {
      state.value = now;
      if (own) mine.value = own;
      else if (mine.value && !mine.value.match && now["meta"]?.state === "agreed") askOwn(); // another device agreed: there is an own match now
    }),
    ended: () => { gone.value = true; },
  }), [id]);
  return { state, mine, gone };
}

/** @param {{ id: number }} props */
export function SharedPage({ id }) {
  const { state, mine, gone } = useShare(id);
  const share = /** @type {Share | undefined} */ (state.value["meta"]);
  if (gone.value) return html`<${Empty} icon="people" title="There is no such shared match, or it is not yours"><a class="button" href="/matches">To your matches</a><//>`;
  if (!share || !mine.value) return html`<section class="page matches"><${Loading} /></section>`;
  const act = async (/** @type {string} */ verb, body = {}) => {
    const seen = VERSIONED.has(verb) ? { version: share.version } : {};
    const view = await live.call(`share.${verb}`, { share: id, ...seen, ...body });
    if (view) mine.value = view.mine;
  };
  return html`<section class="page matches shared"><${View} share=${share} rows=${rowsOf(state.value)} mine=${{ ...mine.value, may: share.may[mine.value.side] }} act=${act} /></section>`;
}

/** @param {Seen} props */
function View({ share, rows, mine, act }) {
  const [editing, refused] = [useSignal(false), useSignal("")];
  const asked = askedOf(rows, mine.side);
  const [title, hint] = standingOf(share, mine.side, asked.length);
  const tried = (/** @type {string} */ verb, body = {}) => {
    refused.value = "";
    return act(verb, body).catch((error) => { refused.value = error.code === "share_changed" ? "It changed a moment ago. Look at it again, then answer." : reasonOf(error); });
  };
  const score = rows.find(({ key }) => key === "score");
  const [own, other] = score ? cellsOf(score, mine.side).map(({ stands }) => stands) : [null, null];
  return html`<header class="row list-head"><div class="grow"><h1>${title}</h1><p class="hint">${hint}</p></div><${Acts} share=${share} mine=${mine} act=${tried} /></header>
    <div class="board"><p><${Person} card=${share[mine.side]} who="You" /></p><p class="result"><b>${own ?? "–"}<span aria-hidden="true">:</span><span class="unseen"> to </span>${other ?? "–"}</b></p>
      <p><${Person} card=${share[otherOf(mine.side)]} who="Nobody yet" /></p>
      <p class="hint when-played">${gameOf(share.game) && html`${gameOf(share.game)} · `}<time datetime=${share.played_at} title=${wholeTime(share.played_at)}>${timeOf(share.played_at, now.value)}</time></p></div>
    ${!editing.value && html`<${Buttons} mine=${mine} asked=${asked} act=${tried} correct=${() => { editing.value = true; }} />`}
    ${refused.value && html`<p class="wrong" role="alert">${refused.value}</p>`}
    ${mine.may.includes("agree") && !share.opponent_pictures.length && html`<${OwnLikeIt} share=${share} act=${tried} />`}
    ${(differs(rows) || share.state === "disputed") && html`<${BothPictures} share=${share} mine=${mine} />`}
    ${editing.value ? html`<${Correcting} rows=${rows} mine=${mine} act=${act} onclose=${() => { editing.value = false; }} />`
      : html`<${Cells} rows=${rows} mine=${mine} act=${tried} />`}
    ${!differs(rows) && share.state !== "disputed" && html`<${BothPictures} share=${share} mine=${mine} />`}`;
}

/** @param {{ card: import("../session.js").UserCard | null, who: string }} props */
function Person({ card, who }) {
  if (!card) return html`<span class="hint">${who}</span>`;
  return html`<span class="person-of"><${Avatar} card=${card} /><b class="cut-2">${who === "You" ? "You" : card.name}</b></span>`;
}

/** @param {{ share: Share, mine: Mine, act: (verb: string, body?: object) => Promise<void> }} props */
function Acts({ share, mine, act }) {
  const asks = useSignal(/** @type {"leave" | "withdraw" | "link" | null} */ (null));
  const choices = [
    ...(mine.match ? [{ icon: "matches", label: "Your own match", act: () => go(`/matches/${mine.match}`) }] : []),
    ...(mine.match && !share.opponent && mine.side === "owner" ? [{ icon: "link", label: "Show the link…", act: () => { asks.value = "link"; } }] : []),
    ...(mine.may.includes("withdraw") ? [{ icon: "close", label: "Take it back…", act: () => { asks.value = "withdraw"; }, danger: true }] : []),
    ...(mine.may.includes("leave") ? [{ icon: "leave", label: "Leave the shared match…", act: () => { asks.value = "leave"; }, danger: true }] : []),
  ];
  const leaves = asks.value === "leave";
  const sure = async () => {
    await act(/** @type {string} */ (asks.value));
    go(leaves ? "/matches" : `/matches/${mine.match}`);
    toast(leaves ? "The match is out of your statistics." : "Nobody is asked about it any more.");
  };
  return html`${choices.length > 0 && html`<${Menu} label="What to do with this shared match" choices=${choices} />`}
    ${asks.value === "link" && html`<${Dialog} label="The link for your opponent" onclose=${() => { asks.value = null; }}><${Link} match=${mine.match} /><//>`}
    ${(leaves || asks.value === "withdraw") && html`<${Dialog} label=${leaves ? "Leave the shared match?" : "Take it back?"} onclose=${() => { asks.value = null; }}><${Form} act=${sure} submit=${leaves ? "Leave" : "Take it back"} danger>
      ${() => html`<p class="hint">${leaves ? `Your side of it is deleted, with your picture. ${share[otherOf(mine.side)]?.name ?? "The other one"} keeps theirs.` : "The match stays yours alone, and the link leads nowhere."}</p>`}<//><//>`}`;
}

/** @param {{ mine: Mine, asked: string[], act: (verb: string, body?: object) => Promise<void>, correct: () => void }} props */
function Buttons({ mine: { may }, asked, act, correct }) {
  if (!["agree", "answer", "correct"].some((verb) => may.includes(verb))) return null;
  const answering = may.includes("answer") && asked.length > 0;
  return html`<div class="row wrap answers">${answering && html`<button type="button" class="button primary" onclick=${() => act("answer", { accept: asked })}>${asked.length === 1 ? "They are right" : `They are right, ${counted(asked.length, "number")}`}</button>`}
    ${may.includes("agree") && html`<button type="button" class="button primary" onclick=${() => act("agree")}><${Icon} name="check" />That is right</button>`}
    ${may.includes("correct") && html`<button type="button" class="button" onclick=${correct}>${may.includes("agree") ? "Something is wrong…" : "Correct a number…"}</button>`}
    ${may.includes("decline") && html`<button type="button" class="button quiet-button" onclick=${() => act("decline")}>Not my match</button>`}</div>`;
}

/** Matches that this person has already and that may be the same one: brought, both pictures are seen. @param {{ share: Share, act: (verb: string, body?: object) => Promise<void> }} props */
function OwnLikeIt({ share, act }) {
  const { found } = useResource(`shares/${share.id}/candidates/`);
  const likely = (found.value?.results ?? []).filter((/** @type {any} */ { verdict }) => verdict === "equal" || verdict === "differs").slice(0, 2);
  return likely.map((/** @type {any} */ { match, played_at, differences }) => html`<div class="card row own-like-it" key=${match}><${Icon} name="matches" /><p class="grow">You have this match already, of ${timeOf(played_at, now.value)}.
      <span class="hint"> ${differences.length ? `It differs in ${counted(differences.length, "number")}.` : "All numbers are equal."}</span></p>
    <button type="button" class="button" onclick=${() => act("bring", { match })}>Use mine</button></div>`);
}

/** Every cell as it stands, and as the other one wants it. @param {{ rows: Row[], mine: Mine, act: (verb: string, body?: object) => Promise<void> }} props */
function Cells({ rows, mine, act }) {
  const said = rows.filter(({ corrections }) => corrections.length > 0);
  const ordered = [...said, ...rows.filter((row) => !said.includes(row))];
  return html`<div class="card plot"><table class="cells"><caption class="unseen">What both of you say</caption><thead><tr><th scope="col">You</th><th scope="col">Number</th><th scope="col">Opponent</th></tr></thead>
    <tbody>${ordered.map((row) => {
      const [own, other] = cellsOf(row, mine.side);
      return html`<tr key=${row.key} class=${row.corrections.length ? "said" : ""}><td><${One} cell=${own} row=${row} mine=${mine} act=${act} /></td><th scope="row">${nameOf(row.key)}</th><td><${One} cell=${other} row=${row} mine=${mine} act=${act} /></td></tr>`;
    })}</tbody></table></div>`;
}

/** @param {{ cell: import("./share.js").Cell, row: Row, mine: Mine, act: (verb: string, body?: object) => Promise<void> }} props */
function One({ cell: { cell, stands, said, asked }, row, mine, act }) {
  const key = keyOf(row.key);
  if (!said) return html`${shownOf(key, stands)}`;
  const who = said.by === mine.side ? "you say" : "they say";
  return html`<span class=${said.declined ? "proposal declined" : "proposal"}><del>${shownOf(key, stands)}</del> <ins>${shownOf(key, said.value)}</ins><span class="hint">${who}${said.declined ? ", declined" : ""}</span>
    ${asked && mine.may.includes("answer") && html`<span class="verdicts"><button type="button" class="icon-button" aria-label="Accept ${said.value} for ${nameOf(row.key)}" title="They are right" onclick=${() => act("answer", { accept: [cell] })}><${Icon} name="check" /></button>
      <button type="button" class="icon-button" aria-label="Keep ${stands ?? "nothing"} for ${nameOf(row.key)}" title="It stays" onclick=${() => act("answer", { decline: [cell] })}><${Icon} name="close" /></button></span>`}</span>`;
}

/** @param {{ rows: Row[], mine: Mine, act: (verb: string, body?: object) => Promise<void>, onclose: () => void }} props */
function Correcting({ rows, mine, act, onclose }) {
  const save = async (/** @type {Record<string, string>} */ values) => {
    const typed = Object.fromEntries(Object.entries(values).map(([cell, text]) => [cell, numberOf(text)]));
    const cells = changedCells(rows, typed);
    if (!Object.keys(cells).length) return onclose();
    await act("correct", { cells });
    onclose();
  };
  return html`<${Form} act=${save} submit="Send the correction" aside=${html`<button type="button" class="button" onclick=${onclose}>Cancel</button>`}>${() => html`<p class="hint">Change what is wrong. The other one is asked about each number.</p>
    <div class="stat-rows">${rows.map((row) => {
      const [own, other] = cellsOf(row, mine.side);
      const input = (/** @type {import("./share.js").Cell} */ { cell, stands, said }, /** @type {string} */ whose) => html`<input class="cell" name=${cell} inputmode="decimal" autocomplete="off" maxlength="7" aria-label="${nameOf(row.key)}, ${whose}"
        defaultValue=${said?.by === mine.side && !said.declined ? said.value : stands ?? ""} onfocus=${(/** @type {any} */ { currentTarget }) => currentTarget.select()} />`;
      return html`<div class="stat-row" key=${row.key}>${input(own, "you")}<span class="what">${nameOf(row.key)}</span>${input(other, "opponent")}</div>`;
    })}</div>`}<//>`;
}

/** @param {{ share: Share, mine: Mine }} props */
function BothPictures({ share, mine }) {
  const open = useSignal(/** @type {any} */ (null));
  const of = (/** @type {import("./share.js").Whose} */ whose) => ({ owner: share.owner_pictures, opponent: share.opponent_pictures })[whose];
  const sides = /** @type {[string, any[]][]} */ ([["Your picture", of(mine.side)], [`${share[otherOf(mine.side)]?.name ?? "Opponent"}’s picture`, of(otherOf(mine.side))]]).filter(([, pictures]) => pictures.length > 0);
  if (!sides.length) return null;
  return html`<div class="both">${sides.map(([title, pictures]) => html`<figure key=${title}><figcaption class="hint">${title}</figcaption>${pictures.map((picture) => html`
    <button type="button" key=${picture.url} aria-label=${title} onclick=${() => { open.value = picture; }}><img src=${picture.url} width=${picture.width} height=${picture.height} alt="" loading="lazy" /></button>`)}</figure>`)}</div>
    ${open.value && html`<${Whole} picture=${open.value} onclose=${() => { open.value = null; }} />`}`;
}
