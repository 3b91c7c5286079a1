/** What a competition is: what the host says, when things happen, prizes, rules, who runs it. */

import { Words } from "../chat/words.js";
import { Avatar, Time } from "../components.js";
import { now } from "../connection.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { momentOf } from "../moments.js";
import { useResource } from "../resource.js";
import { counted, lastingOf, wholeTime } from "../words.js";
import { Banner } from "./card.js";
import { capital, feeOf, FORMATS, MODES, ROLES } from "./words.js";

/**
 * @typedef {import("./store.js").OpenCompetition} OpenCompetition
 * @typedef {import("./shapes.js").Competition} Competition
 */

/** @param {{ open: OpenCompetition }} props */
export function Info({ open }) {
  const meta = /** @type {Competition} */ (open.meta.value);
  return html`<${Said} open=${open} /><${Banner} card=${meta} />
    <div class="about"><div class="about-main"><${Facts} meta=${meta} /><${Stages} open=${open} />
        ${meta.rules_text && html`<section aria-labelledby="rules"><h2 id="rules">Rules</h2><${Words} text=${meta.rules_text} /></section>`}</div>
      <div class="about-side">${meta.prizes.length > 0 && html`<${Prizes} meta=${meta} />`}<${Staff} open=${open} /></div></div>`;
}

/** What the host announced, the newest first. @param {{ open: OpenCompetition }} props */
function Said({ open }) {
  const said = open.announcements.value;
  const groups = new Map(open.stages.value.flatMap((stage) => stage.groups.map((group) => [group.id, group.name])));
  return said.length > 0 && html`<section aria-label="Announcements"><ul class="said">${said.slice(0, 3).map(({ id, author, group, words, at }) => html`<li key=${id}><${Words} text=${words} />
    <p class="hint">${author.name}${group !== null && groups.has(group) && ` to ${groups.get(group)}`} · <${Time} at=${at} /></p></li>`)}</ul></section>`;
}

/** @param {{ meta: Competition }} props */
function Facts({ meta }) {
  const day = (/** @type {string} */ at, /** @type {string | null} */ looks = "first-up") => html`<time datetime=${at} title=${wholeTime(at)} class=${looks}>${momentOf(at, now.value)}</time>`;
  /** @type {[string, any][]} */
  const facts = [
    ["Starts", day(meta.starts_at)],
    ["Registration", html`${day(meta.reg_opens)} to ${day(meta.reg_closes, null)}`],
    ...(meta.checkin_opens && meta.checkin_closes ? [/** @type {[string, any]} */ (["Check-in", html`${day(meta.checkin_opens)} to ${day(meta.checkin_closes, null)}`])] : []),
    ["Entry", feeOf(meta.entry_fee_paise)],
    ["Played by", `${capital(MODES[meta.mode] ?? meta.mode)}${meta.lineup > 1 ? ` of ${meta.lineup}` : ""}${meta.roster_most > meta.lineup ? `, up to ${counted(meta.roster_most - meta.lineup, "substitute")}` : ""}`],
    ["Seats", `${meta.capacity}${meta.waitlist_capacity ? `, and ${meta.waitlist_capacity} on the waitlist` : ""}`],
    ["Results", `Answered within ${lastingOf(meta.confirm_window_s)}, protests within ${lastingOf(meta.protest_window_s)}`],
  ];
  return html`<dl class="facts-list">${facts.map(([words, what]) => html`<div key=${words}><dt>${words}</dt><dd>${what}</dd></div>`)}</dl>
    <p class="hint zone">Times are those of your device; the host's are of ${meta.time_zone.replaceAll("_", " ")}.</p>`;
}

/** @param {{ open: OpenCompetition }} props */
function Stages({ open }) {
  const stages = open.stages.value;
  if (!stages.length) return null;
  const words = (/** @type {import("./shapes.js").Stage} */ { number, format, groups, advance }) => [
    FORMATS[format], groups.length > 1 ? counted(groups.length, "group") : "",
    advance && number < stages.length ? `${advance.overall ? `the first ${advance.overall}` : `the first ${advance.per_group} of each group`}${advance.best_next ? ` and the ${advance.best_next} best of the next` : ""} go on` : "",
  ].filter(Boolean).join(", ");
  return html`<section aria-labelledby="format"><h2 id="format">How it is played</h2><ol class="stages">${stages.map((stage) => html`<li key=${stage.id}><span class="step" aria-hidden="true">${stage.number}</span>
    <div><b>${stage.name}</b><p class="hint">${words(stage)}. Scored by ${stage.profile.name}, ties by ${stage.chain.name}.</p></div></li>`)}</ol></section>`;
}

/** @param {{ meta: Competition }} props */
function Prizes({ meta }) {
  return html`<section aria-labelledby="prizes"><h2 id="prizes">Prizes</h2><table class="prizes"><thead class="unseen"><tr><th>Place</th><th>Prize</th></tr></thead>
    <tbody>${meta.prizes.map(({ places, prize }) => html`<tr key=${places}><th scope="row">${places === "1" ? html`<${Icon} name="crown" />` : ""}${places.replace("-", "–")}</th><td>${prize}</td></tr>`)}</tbody></table></section>`;
}

/** @param {{ open: OpenCompetition }} props */
function Staff({ open }) {
  const meta = /** @type {Competition} */ (open.meta.value);
  const { found } = useResource(`${open.route}staff/`);
  /** @type {import("./shapes.js").StaffMember[]} */
  const others = (found.value?.results ?? []).filter((/** @type {import("./shapes.js").StaffMember} */ { role }) => role !== "host");
  return html`<section aria-labelledby="staff"><h2 id="staff">Run by</h2><ul class="staff">${[{ user: meta.host, role: "host" }, ...others].map(({ user, role }) => html`<li key=${user.username ?? user.name} class="row"><${Avatar} card=${user} />
    <div class="grow"><p class="cut">${user.username ? html`<a href="/people/${user.username}">${user.name}</a>` : user.name}</p><p class="hint">${ROLES[role] ?? role}</p></div></li>`)}</ul></section>`;
}
