/** Tonight: the one next act, what waits, who is absent, and the matches; to be held in one hand. */

import { useSignal } from "@preact/signals";
import { Field, toast } from "../../components.js";
import { now } from "../../connection.js";
import { Ring, SOON_S, useSecondsLeft } from "../../countdown.js";
import { html } from "../../html.js";
import { Icon } from "../../icons.js";
import { Menu } from "../../menu.js";
import { leftOf, momentOf, ringOf } from "../../moments.js";
import { api } from "../../session.js";
import { wholeTime } from "../../words.js";
import { Seats } from "../card.js";
import { seatsOf } from "../words.js";
import { Absent } from "./absent.js";
import { ActButton, PlainDialog, ReasonDialog, Refused, useActs } from "./acting.js";
import { Lot } from "./lots.js";
import { MatchesNow } from "./matches_now.js";
import { nextOf } from "./next_act.js";
import { RoomDialog } from "./room.js";
import { instantOf } from "./times.js";

/**
 * @typedef {import("./page.js").Part} Part
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("../shapes.js").Competition} Competition
 * @typedef {import("./next_act.js").Next} Next
 * @typedef {import("./acting.js").Acts} Acts
 */

/** @param {Part} props */
export function Tonight({ open, work }) {
  const acts = useActs(open);
  const room = useSignal(/** @type {import("../shapes.js").MatchCard | null} */ (null));
  const meta = /** @type {Competition} */ (open.meta.value);
  const next = nextOf({ meta, acts: open.mine.value?.acts ?? [], moves: open.mine.value?.moves ?? [], matches: open.matches.value, stages: open.stages.value, waiting: work.claims.length + work.disputes.length });
  return html`<${NextAct} open=${open} acts=${acts} next=${next} setRoom=${() => { room.value = next.match ?? null; }} />
    ${waitingWords(work) && next.to !== "queue" && html`<a class="card row" href="/tournaments/${open.id}/console/queue"><${Icon} name="shield" /><span class="grow">${waitingWords(work)}</span><span class="link">Look</span></a>`}
    ${meta.state === "check_in" && html`<${Absent} open=${open} absent=${work.absent} />`}
    <${MatchesNow} open=${open} setRoom=${(/** @type {any} */ match) => { room.value = match; }} />
    ${room.value && html`<${RoomDialog} open=${open} match=${room.value} onclose=${() => { room.value = null; }} />`}`;
}

/** "2 claims and a dispute wait"; empty where nothing does. @param {import("./work.js").Work} work */
function waitingWords({ claims, disputes }) {
  const parts = [claims.length && (claims.length === 1 ? "one claim" : `${claims.length} claims`), disputes.length && (disputes.length === 1 ? "one dispute" : `${disputes.length} disputes`)].filter(Boolean);
  if (!parts.length) return "";
  const words = parts.join(" and ");
  return `${words[0]?.toUpperCase()}${words.slice(1)} ${claims.length + disputes.length === 1 ? "waits" : "wait"}`;
}

/** @param {{ open: OpenCompetition, acts: Acts, next: Next, setRoom: () => void }} props */
function NextAct({ open, acts, next, setRoom }) {
  const meta = /** @type {Competition} */ (open.meta.value);
  const left = useSecondsLeft(next.until);
  const counts = next.until !== null && left > 0;
  const seated = ["published", "registration_open", "registration_closed", "check_in"].includes(meta.state);
  const refusal = acts.refusal.value;
  return html`<section class=${`deadline stance next-act is-${next.tone}${counts && left <= SOON_S ? " soon" : ""}`} aria-label="What comes next">
    ${counts ? html`<${Ring} part=${ringOf(left)} />` : html`<span class="ring still"><${Icon} name=${next.icon} /></span>`}
    <div class="grow"><p role=${next.until ? "timer" : null}><b>${counts ? `${next.title} ${leftOf(left)}` : next.title.replace(/ in$/, " now")}</b></p>
      <p class="hint">${next.until && html`<time datetime=${next.until} title=${wholeTime(next.until)} class="first-up">${momentOf(next.until, now.value)}</time>. `}${next.hint}</p>
      ${seated && html`<p class="row seats-line"><${Seats} card=${meta} /><span class="hint">${seatsOf(meta)}</span></p>`}</div>
    <${More} open=${open} acts=${acts} />
    ${next.words && html`<div class="stance-acts"><${Press} open=${open} acts=${acts} next=${next} setRoom=${setRoom} />${next.move === "complete" && html`<${Winner} open=${open} acts=${acts} />`}</div>`}
    ${["next", "more", "winner"].map((name) => html`<${Refused} key=${name} acts=${acts} name=${name} />`)}</section>
    ${refusal?.code === "tied" && html`<${Lot} open=${open} stage=${open.stages.value.at(-1)} tied=${refusal.facts.tied} words="They share the first place. Draw, or enter how their play-off ended." done=${() => { acts.refusal.value = null; }} />`}`;
}

/** The one big button. @param {{ open: OpenCompetition, acts: Acts, next: Next, setRoom: () => void }} props */
function Press({ open, acts, next, setRoom }) {
  if (next.to) return html`<a class="button primary" href="/tournaments/${open.id}/console/${next.to}">${next.words}</a>`;
  if (next.on === "room") return html`<button type="button" class="button primary" onclick=${setRoom}>${next.words}</button>`;
  const route = next.on && next.match ? `matches/${next.match.id}/${next.on}/` : `${next.move}/`;
  return html`<${ActButton} acts=${acts} name="next" words=${next.words} look="primary" call=${() => api("POST", `${open.route}${route}`, {})} />`;
}

/** @param {{ open: OpenCompetition, acts: Acts }} props */
function Winner({ open, acts }) {
  const ask = async () => toast(`${(await api("POST", `${open.route}select-winner/`, {})).name} won.`);
  return html`<${ActButton} acts=${acts} name="winner" words="Who won?" call=${ask} />`;
}

/** What else may be done with the whole of it. @param {{ open: OpenCompetition, acts: Acts }} props */
function More({ open, acts }) {
  const asks = useSignal(/** @type {"cancel" | "freeze" | null} */ (null));
  const { moves = [], acts: may = [] } = open.mine.value ?? {};
  const meta = /** @type {Competition} */ (open.meta.value);
  const close = () => { asks.value = null; };
  const post = (/** @type {string} */ route) => () => void acts.run("more", () => api("POST", `${open.route}${route}/`, {}));
  const frozen = meta.frozen_at !== null;
  const choices = [
    ...(moves.includes("paused") ? [{ icon: "clock", label: "Pause", act: post("pause") }] : []),
    ...(may.includes("freeze") && !["completed", "archived", "cancelled"].includes(meta.state) ? [frozen
      ? { icon: "lock", label: "Unfreeze the boards", act: () => void acts.run("more", () => api("DELETE", `${open.route}freeze/`)) }
      : { icon: "lock", label: "Freeze the boards…", act: () => { asks.value = "freeze"; } }] : []),
    ...(moves.includes("cancelled") ? [{ icon: "close", label: "Cancel it…", act: () => { asks.value = "cancel"; }, danger: true }] : []),
  ];
  return html`${choices.length > 0 && html`<${Menu} label="More acts" choices=${choices} />`}
    ${frozen && html`<p class="hint frozen-line"><${Icon} name="lock" />The public boards stand still ${Date.parse(meta.frozen_at ?? "") > now.value ? "from" : "since"} ${momentOf(meta.frozen_at ?? "", now.value)}.</p>`}
    ${asks.value === "cancel" && html`<${ReasonDialog} label="Cancel ${meta.title}?" submit="Cancel it" danger hint="For good. Everybody who is in it reads the reason." onclose=${close} act=${(/** @type {any} */ { reason }) => api("POST", `${open.route}cancel/`, { reason })} />`}
    ${asks.value === "freeze" && html`<${FreezeDialog} open=${open} onclose=${close} />`}`;
}

/** @param {{ open: OpenCompetition, onclose: () => void }} props */
function FreezeDialog({ open, onclose }) {
  const act = ({ at = "" }) => api("POST", `${open.route}freeze/`, at ? { at: instantOf(at) } : {});
  return html`<${PlainDialog} label="Freeze the boards" submit="Freeze" hint="Staff see on. What is confirmed meanwhile shows to all once you unfreeze, or complete it." act=${act} onclose=${onclose}>${(/** @type {any} */ wrong) => html`
    <${Field} type="datetime-local" label="From (empty: now)" name="at" error=${wrong.at} />`}<//>`;
}
