/** One proposal in its row: what it is, how it stands, and the two buttons that decide. */

import { useEffect, useRef } from "preact/hooks";
import { askToSignIn } from "../accounts/sign_in.js";
import { status } from "../connection.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { user } from "../session.js";
import { counted } from "../words.js";
import { Reactions } from "./reactions.js";
import { CATEGORIES, signed, whenOf } from "./rules.js";
import { opened } from "./store.js";

/**
 * @typedef {import("./rules.js").Item} Item
 * @typedef {import("./store.js").OpenList} OpenList
 */

const HELD_MS = 900; // rows do not run away from a finger or a mouse that is at them
const AIMED_MS = 250; // what was pressed sooner after it came there was aimed at what stood there before

/** The order stays for a moment. @param {OpenList} list */
export const hold = (list) => { list.heldUntil = Date.now() + HELD_MS; };

/** @type {Record<string, [string, string]>} The icon and the words of what an item has become. */
export const STATUSES = { locked_in: ["lock", "locked in"], complete: ["check", "done"], cancelled: ["block", "cancelled"] };

/** @param {{ item: Item, list: OpenList }} props */
export function ItemRow({ item, list }) {
  const refusal = list.refusals.value.get(item.id);
  const top = list.frozen.value && item.rank === 1 && !item.tied && item.score > 0;
  return html`<li class=${`item ${item.status}${top ? " top-choice" : ""}`} id="item-${item.id}" data-key=${item.id}>
    <div class="what">
      <a class="item-title" href="/lists/${list.id}/items/${item.id}" title=${item.title}>${item.title}</a>
      <p class="hint facts"><${Facts} item=${item} top=${top} /></p></div>
    <${Vote} item=${item} list=${list} />
    <${TallyBar} item=${item} />
    <div class="below"><${Reactions} item=${item} react=${reacting(item, list)} />
      <a class="chip" href="/lists/${list.id}/items/${item.id}" aria-label="${counted(item.comments_count, "comment")} on ${item.title}"><${Icon} name="chat" />${item.comments_count || ""}</a></div>
    ${item.sending && status.value !== "online" && html`<p class="hint waits"><${Icon} name="clock" />Your vote waits for the connection.</p>`}
    ${refusal && html`<p class="refused" role="alert"><${Icon} name="warn" /><span class="grow">${refusal}</span>
      <button type="button" class="link" onclick=${() => list.forgive(item.id)}>Dismiss</button></p>`}
  </li>`;
}

/** How this person reacts to an item; null if they may not. @param {Item} item @param {OpenList} list */
export const reacting = (item, list) => (list.rights.value.mayReact ? (/** @type {string} */ kind) => list.react(item.id, kind) : null);

/** @param {{ item: Item, top?: boolean, category?: boolean }} props */
export function Facts({ item, top = false, category = false }) {
  const [icon, words] = STATUSES[item.status] ?? [];
  const marks = [
    top && html`<b class="mark won"><${Icon} name="crown" />top choice</b>`,
    words && html`<b class="mark ${item.status}"><${Icon} name=${icon} />${words}</b>`,
    item.tied && html`<span class="mark">tied</span>`,
    whenOf(item), item.creator.name,
    category && CATEGORIES[/** @type {keyof typeof CATEGORIES} */ (item.category)], item.added_after_freeze && "added after the close", item.edited_after_votes && "edited after votes", item.edited_after_freeze && "edited after the close",
  ].filter(Boolean);
  return marks.map((mark, place) => html`<span class="fact">${mark}${place < marks.length - 1 && html`<span aria-hidden="true">·</span>`}</span>${" "}`);
}

/** @param {{ item: Item, list: OpenList }} props */
export function Vote({ item, list }) {
  const { allow_viewer_voting, is_public } = list.meta.value ?? {};
  const could = list.rights.value.mayVote || (!user.value && allow_viewer_voting && is_public);
  const open = item.status === "proposed" && !list.frozen.value;
  if (!could || (!open && !item.user_vote)) return html`<div class="vote seen"><${Score} item=${item} /></div>`;
  /** @param {import("./rules.js").VoteType} type @param {string} words */
  const button = (type, words) => html`<button type="button" class=${type} aria-pressed=${item.user_vote === type} aria-disabled=${open ? null : "true"}
    aria-label="${words}: ${item.title}" title=${words} onclick=${(/** @type {any} */ event) => { if (open && !justMoved(event)) voteOn(list, item.id, type); }}><${Icon} name=${type} /></button>`;
  return html`<div class=${`vote${open ? "" : " shut"}${item.sending ? " sending" : ""}`} role="group" aria-label="Vote on ${item.title}">
    ${button("upvote", "Vote up")}<${Score} item=${item} />${button("downvote", "Vote down")}</div>`;
}

/** @param {OpenList} list @param {number} item @param {import("./rules.js").VoteType} type */
function voteOn(list, item, type) {
  hold(list);
  if (list.me) return list.vote(item, type);
  askToSignIn("in", () => opened.peek()?.whenOpen((mine) => mine.cast(item, type)));
}

/** Whether a row came under the finger only now; the keyboard stays with its button. @param {{ detail: number, currentTarget: HTMLElement }} event */
function justMoved({ detail, currentTarget }) {
  const row = /** @type {HTMLElement | null} */ (currentTarget.closest("[data-key]"));
  return detail > 0 && Date.now() - Number(row?.dataset["movedAt"] ?? 0) < AIMED_MS;
}

/** @param {{ item: Item }} props */
function Score({ item }) {
  const before = useRef(item.score);
  const moved = before.current === item.score ? "" : before.current < item.score ? "up" : "down";
  useEffect(() => { before.current = item.score; }, [item.score]);
  const said = `Score ${item.score}: ${item.upvotes_count} up, ${item.downvotes_count} down`;
  return html`<b class="score" title="${item.upvotes_count} up, ${item.downvotes_count} down"><span key=${item.score} class=${`number ${moved}`} aria-hidden="true">${signed(item.score)}</span>
    <span class="unseen">${said}</span></b>`;
}

/** How many are for it and how many against, in proportion to `--most`, those on the item that has most. @param {{ item: Item }} props */
export function TallyBar({ item }) {
  const share = (/** @type {number} */ votes) => ({ "--votes": votes });
  return html`<div class="tally" aria-hidden="true"><i class="for" style=${share(item.upvotes_count)}></i><i class="against" style=${share(item.downvotes_count)}></i></div>`;
}
