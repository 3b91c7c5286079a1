/** The console of those who run a competition: its parts by their address, each for whom it is. */

import { askToSignIn } from "../../accounts/sign_in.js";
import { Empty } from "../../components.js";
import { html } from "../../html.js";
import { later } from "../../resource.js";
import { user } from "../../session.js";
import { wear } from "../../styles.js";
import { State } from "../card.js";
import { Tonight } from "./tonight.js";
import { useWork } from "./work.js";

await wear("tournaments/console/console.css");

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("./work.js").Work} Work
 * @typedef {{ open: OpenCompetition, work: Work, match: number | null }} Part
 */

const Entrants = later(() => import("./entrants.js").then((part) => part.Entrants));
const Stages = later(() => import("./stages.js").then((part) => part.Stages));
const Results = later(() => import("./results.js").then((part) => part.Results));
const Queue = later(() => import("./queue.js").then((part) => part.Queue));
const Announce = later(() => import("./announce.js").then((part) => part.Announce));
const Staff = later(() => import("./staff.js").then((part) => part.StaffPart));
const Edit = later(() => import("./form.js").then((part) => part.Edit));

/** By address: what it is called, what one must be allowed to do, and the part. @type {[string, string, string, any][]} */
const PARTS = [
  ["", "Tonight", "watch", Tonight], ["entrants", "Entrants", "watch", Entrants], ["stages", "Stages", "arrange", Stages], ["results", "Results", "settle", Results],
  ["queue", "Queue", "settle", Queue], ["announce", "Announce", "announce", Announce], ["staff", "Staff", "watch", Staff], ["edit", "Edit", "edit", Edit],
];

/** @param {{ open: OpenCompetition, part: string, match: number | null }} props */
export function Console({ open, part, match }) {
  const acts = open.mine.value?.acts ?? [];
  const work = useWork(open, acts.includes("watch"));
  const meta = /** @type {import("../shapes.js").Competition} */ (open.meta.value);
  if (!acts.includes("watch")) return open.mine.value || !user.value ? html`<${Closed} id=${open.id} />` : html`<section class="page"></section>`;
  const parts = PARTS.filter(([, , act]) => acts.includes(act));
  const [name, title, , Shown] = parts.find(([one]) => one === part) ?? /** @type {[string, string, string, any]} */ (parts[0]);
  const waiting = work.claims.length + work.disputes.length;
  const base = `/tournaments/${open.id}`;
  return html`<section class="page play-page console"><header class="row play-head"><div class="grow"><p class="hint"><a href=${base}>${meta.title}</a></p>
      <h1>${title} <span class="beside"><${State} card=${meta} /></span></h1></div>
    ${acts.includes("overlay") && html`<a class="button" href="${base}/overlays">On air</a>`}</header>
    <nav class="tabs" aria-label="Parts of the console">${parts.map(([one, words]) => html`
      <a key=${one} href=${`${base}/console${one && `/${one}`}`} aria-current=${one === name ? "page" : null}>${words}${one === "queue" && waiting > 0 ? html` <span class="badge">${waiting}<span class="unseen"> waiting</span></span>` : ""}</a>`)}</nav>
    <${Shown} key=${name} open=${open} work=${work} match=${match} /></section>`;
}

/** @param {{ id: number }} props */
function Closed({ id }) {
  return html`<${Empty} icon="shield" title="The console is for those who run it"><p>Its host appoints them.</p>
    ${!user.value && html`<button type="button" class="button" onclick=${() => askToSignIn("in")}>Sign in</button>`}<a class="button" href="/tournaments/${id}">To the competition</a><//>`;
}
