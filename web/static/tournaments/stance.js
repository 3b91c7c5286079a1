/** How this person stands to a competition, and the one thing that it wants of them now: register, take a seat, check in, play. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { askToSignIn } from "../accounts/sign_in.js";
import { Dialog, Form, toast } from "../components.js";
import { now } from "../connection.js";
import { Ring, SOON_S, useSecondsLeft } from "../countdown.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { Menu } from "../menu.js";
import { leftOf, momentOf, ringOf } from "../moments.js";
import { later } from "../resource.js";
import { api, user } from "../session.js";
import { wholeTime } from "../words.js";
import { Seats } from "./card.js";
import { mayWithdraw, nextMatch, stanceOf } from "./standing_of.js";
import { wanted } from "./store.js";
import { matchName, seatsOf } from "./words.js";

/**
 * @typedef {import("./store.js").OpenCompetition} OpenCompetition
 * @typedef {import("./shapes.js").Competition} Competition
 * @typedef {import("./standing_of.js").StanceWords} StanceWords
 */

const RegisterDialog = later(() => import("./register.js").then((part) => part.RegisterDialog), () => null);
const RosterDialog = later(() => import("./register.js").then((part) => part.RosterDialog), () => null);

/** @param {{ open: OpenCompetition }} props */
export function Stance({ open }) {
  const meta = /** @type {Competition} */ (open.meta.value);
  const asks = useSignal(/** @type {"register" | "roster" | "withdraw" | null} */ (null));
  const close = () => { asks.value = null; };
  const register = () => {
    if (user.value) return void (asks.value = "register");
    askToSignIn("in", () => { wanted.value = "register"; });
  };
  useEffect(() => {
    if (wanted.value !== "register" || !user.value || !open.mine.value) return;
    wanted.value = null;
    if (!open.mine.value.entrant) asks.value = "register";
  }, [wanted.value, open.mine.value !== null]);
  const stance = stanceOf(meta, open.mine.value, open.entrant.value, now.value, open.matches.value);
  return html`<${Panel} open=${open} meta=${meta} stance=${stance} register=${register} ask=${(/** @type {any} */ what) => { asks.value = what; }} />
    ${asks.value === "register" && html`<${RegisterDialog} open=${open} onclose=${close} />`}
    ${asks.value === "roster" && html`<${RosterDialog} open=${open} onclose=${close} />`}
    ${asks.value === "withdraw" && html`<${WithdrawDialog} open=${open} onclose=${close} />`}`;
}

/** @param {{ open: OpenCompetition, meta: Competition, stance: StanceWords, register: () => void, ask: (what: string) => void }} props */
function Panel({ open, meta, stance, register, ask }) {
  const left = useSecondsLeft(stance.until);
  const soon = stance.until !== null && left > 0 && left <= SOON_S;
  const entrant = open.entrant.value;
  const refused = open.refused.value;
  return html`<section class=${`deadline stance is-${stance.tone}${soon ? " soon" : ""}`} aria-label="Your part in it">
    ${stance.until !== null && left > 0 ? html`<${Ring} part=${ringOf(left)} />` : html`<span class="ring still"><${Icon} name=${stance.icon} /></span>`}
    <div class="grow"><p role=${stance.until ? "timer" : null}><b>${stance.title}${stance.until !== null && left > 0 ? ` ${leftOf(left)}` : ""}</b></p>
      <p class="hint">${stance.until && html`<time datetime=${stance.until} title=${wholeTime(stance.until)} class="first-up">${momentOf(stance.until, now.value)}</time>. `}${stance.hint}</p>
      ${stance.seats && html`<p class="row seats-line"><${Seats} card=${meta} /><span class="hint">${seatsOf(meta)}</span></p>`}</div>
    <${Acts} open=${open} stance=${stance} register=${register} />
    ${entrant && meta.state === "live" && html`<${NextMatch} open=${open} own=${entrant.id} />`}
    ${entrant && open.mine.value?.is_captain && html`<${Own} meta=${meta} entrant=${entrant} ask=${ask} />`}
    ${refused && html`<p class="refused" role="alert"><${Icon} name="warn" /><span class="grow">${refused.words}</span></p>`}</section>`;
}

/** @param {{ open: OpenCompetition, stance: StanceWords, register: () => void }} props */
function Acts({ open, stance, register }) {
  const busy = open.under.value !== "";
  const press = {
    register,
    check_in: () => open.act("check_in", () => api("POST", `${open.route}check-in/`, {}), { state: "checked_in", checked_in_at: new Date(now.value).toISOString() }),
    undo: () => open.act("undo", () => api("DELETE", `${open.route}check-in/`), { state: "confirmed", checked_in_at: null }),
    accept: () => open.act("accept", () => api("POST", `${open.route}offer/`, { accept: true }), { state: "confirmed", offer_expires_at: null }),
    decline: () => open.act("decline", () => api("POST", `${open.route}offer/`, { accept: false })),
  };
  if (!stance.acts.length) return null;
  return html`<div class="stance-acts">${stance.acts.map(({ act, words, main }) => html`
    <button key=${act} type="button" class=${main ? "button primary" : "button"} aria-disabled=${busy} onclick=${() => { if (!busy) press[act](); }}>${words}</button>`)}</div>`;
}

/** The way to the match that is before them. @param {{ open: OpenCompetition, own: number }} props */
function NextMatch({ open, own }) {
  const match = nextMatch(open.matches.value, own);
  return match && html`<div class="stance-acts"><a class="button primary" href="/tournaments/${open.id}/matches/${match.id}">${matchName(match)}</a></div>`;
}

/** What its captain may change. @param {{ meta: Competition, entrant: import("./shapes.js").Entrant, ask: (what: string) => void }} props */
function Own({ meta, entrant, ask }) {
  const locked = !["published", "registration_open"].includes(meta.state);
  const choices = [
    ...(locked ? [] : [{ icon: "edit", label: "Edit the roster…", act: () => ask("roster") }]),
    ...(mayWithdraw(meta, entrant) ? [{ icon: "leave", label: "Withdraw…", act: () => ask("withdraw"), danger: true }] : []),
  ];
  return choices.length > 0 && html`<${Menu} label="Your registration" choices=${choices} />`;
}

/** @param {{ open: OpenCompetition, onclose: () => void }} props */
function WithdrawDialog({ open, onclose }) {
  const entrant = open.entrant.value;
  const waits = entrant?.state === "waitlisted";
  const act = async () => {
    await api("POST", `${open.route}withdraw/`, {});
    onclose();
    open.askOwn();
    toast(waits ? "You are not on the waitlist any more." : "You withdrew.");
  };
  return html`<${Dialog} label=${waits ? "Leave the waitlist?" : `Withdraw ${entrant?.name}?`} onclose=${onclose}><${Form} act=${act} submit=${waits ? "Leave the waitlist" : "Withdraw"} danger>
    ${() => html`<p class="hint">${waits ? "Your place in the line is gone; whoever comes again stands at its end." : "Your seat goes to the first on the waitlist. While registration is open you can come again, as long as there is room."}</p>`}<//><//>`;
}
