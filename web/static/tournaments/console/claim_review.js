/** One claim before a referee: its pictures and its table side by side, what is in doubt, and the answer. */

import { useSignal } from "@preact/signals";
import { toast } from "../../components.js";
import { html } from "../../html.js";
import { Icon } from "../../icons.js";
import { later, Loading, useResource } from "../../resource.js";
import { api } from "../../session.js";
import { Whole } from "../../matches/picture.js";
import { Pictures } from "../claim_pictures.js";
import { matchName, warningOf } from "../words.js";
import { ReasonDialog } from "./acting.js";
import { sameResult } from "./same.js";

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("../shapes.js").Claim} Claim
 * @typedef {import("../shapes.js").Picture} Picture
 */

const ClaimForm = later(() => import("../claim_form.js").then((part) => part.ClaimForm));

/** @type {Record<string, string>} */
const SOURCES = { hand: "typed", import: "from a file", picture: "from screenshots", pictures: "from screenshots", screenshot: "from screenshots" };

/** @param {{ open: OpenCompetition, claim: Claim, all: Claim[] }} props */
export function ClaimReview({ open, claim, all }) {
  const { found, refusal } = useResource(`${open.route}matches/${claim.match}/`);
  const rejects = useSignal(false);
  const match = found.value;
  if (!match) return refusal || html`<${Loading} />`;
  const stage = open.stages.value.find(({ id }) => id === match.stage);
  const route = `${open.route}claims/${claim.id}/`;
  const pictures = claim.pictures.filter(({ picture }) => picture);
  const nameOf = (/** @type {number} */ id) => match.sides.find((/** @type {any} */ side) => side.entrant?.id === id)?.entrant?.name ?? "somebody";
  const confirm = async (/** @type {any} */ payload) => {
    const { version } = sameResult(payload, claim.payload) ? claim : await api("PATCH", route, { payload, version: claim.version });
    await api("POST", `${route}confirm/`, { version });
    toast("Confirmed. The board moves.");
  };
  const others = all.filter((one) => one.match === claim.match && one.id !== claim.id);
  return html`<article class="review" aria-label="Claim of ${claim.side?.name ?? "the staff"}"><header class="row"><div class="grow"><h2><a href="/tournaments/${open.id}/matches/${match.id}">${matchName(match)}</a>${claim.game_no ? `, game ${claim.game_no}` : ""}: ${claim.side?.name ?? "staff"}</h2>
      <p class="hint">${claim.author.name}, ${SOURCES[claim.source] ?? claim.source}${others.length ? ` · ${others.length} more of this match` : ""}</p></div>
      ${claim.state !== "reading" && html`<button type="button" class="button danger" onclick=${() => { rejects.value = true; }}>Reject…</button>`}</header>
    ${claim.warnings.map((one) => html`<p key=${one} class="doubt"><${Icon} name="warn" />${warningOf(one, nameOf)}</p>`)}
    ${claim.reason && html`<p class="quote">${claim.reason}</p>`}
    <${Twins} open=${open} pictures=${pictures} />
    ${claim.state === "reading" ? html`<${Pictures} pictures=${pictures} reading /><p class="hint" role="status">Reading the numbers…</p>`
      : html`<${ClaimForm} key=${claim.version} match=${match} stage=${stage} claim=${{ ...claim, pictures }} submit="Confirm these numbers" act=${confirm} cancel=${null} />`}
    ${rejects.value && html`<${ReasonDialog} label="Reject this claim?" submit="Reject" danger hint="Who plays the match reads the reason." onclose=${() => { rejects.value = false; }} act=${(/** @type {any} */ { reason }) => api("POST", `${route}reject/`, { reason })} />`}</article>`;
}

/** Pictures that were sent before, each beside what it looks like. @param {{ open: OpenCompetition, pictures: import("../shapes.js").ClaimPicture[] }} props */
function Twins({ open, pictures }) {
  const large = useSignal(/** @type {Picture | null} */ (null));
  const twins = pictures.filter(({ suspect }) => suspect);
  const numberOf = (/** @type {number} */ id) => matchName(open.matches.value.find((match) => match.id === id) ?? { name: "", number: id });
  const figure = (/** @type {Picture | null} */ picture, /** @type {string} */ words) => html`<figure>${picture ? html`<button type="button" aria-label="Enlarge: ${words}" onclick=${() => { large.value = picture; }}><img src=${picture.thumbnail_url} alt="" loading="lazy" /></button>` : html`<span class="hint">No picture</span>`}<figcaption class="hint">${words}</figcaption></figure>`;
  return html`${twins.map(({ id, position, picture, suspect }) => suspect && html`<div key=${id} class="twins">${figure(picture, `Picture ${position + 1} of this claim`)}${figure(suspect.picture, `${suspect.side?.name ?? "Staff"}, ${numberOf(suspect.match)}`)}</div>`)}
    ${large.value && html`<${Whole} picture=${large.value} onclose=${() => { large.value = null; }} />`}`;
}
