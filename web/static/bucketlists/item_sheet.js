/** One item from near: all that is said of it, how the votes fall, what can be done with it, what people say. */

import { useSignal } from "@preact/signals";
import { Dialog, Form, toast } from "../components.js";
import { html } from "../html.js";
import { Menu } from "../menu.js";
import { back } from "../router.js";
import { api } from "../session.js";
import { Words } from "../chat/words.js";
import { counted, reasonOf } from "../words.js";
import { CoverDialog, Picture } from "../pictures.js";
import { Comments } from "./comments.js";
import { EditItemDialog } from "./forms.js";
import { Facts, reacting, TallyBar, Vote } from "./item.js";
import { Reactions } from "./reactions.js";

/**
 * @typedef {import("./rules.js").Item} Item
 * @typedef {import("./store.js").OpenList} OpenList
 */

/** @param {{ list: OpenList, id: number }} props */
export function ItemSheet({ list, id }) {
  const item = list.item(id);
  const close = () => back(`/lists/${list.id}`);
  if (!item) return html`<${Dialog} label="This item is not there" onclose=${close}><p class="hint">It may have been deleted.</p><//>`;
  return html`<${Dialog} key=${id} label=${item.title} class="item-sheet" onclose=${close}>
    <div class="sheet-body" style=${{ "--most": Math.max(1, item.upvotes_count + item.downvotes_count) }}>
      <${Picture} cover=${item.cover} />
      <div class="row sheet-vote"><p class="hint facts grow"><${Facts} item=${item} category /></p>
        <${Vote} item=${item} list=${list} /><${Acts} item=${item} list=${list} onclose=${close} /></div>
      <${TallyBar} item=${item} />
      <p class="hint"><${Split} item=${item} /></p>
      ${item.description && html`<${Words} text=${item.description} />`}
      <${Reactions} item=${item} react=${reacting(item, list)} />
      ${list.refusals.value.has(id) && html`<p class="refused" role="alert">${list.refusals.value.get(id)}</p>`}
      <${Comments} list=${list} item=${id} /></div><//>`;
}

/** @param {{ item: Item }} props */
function Split({ item: { upvotes_count, downvotes_count, guests } }) {
  const ofGuests = guests.upvotes + guests.downvotes;
  return html`${counted(upvotes_count, "vote")} for it, ${downvotes_count} against${ofGuests > 0 && html`; ${counted(ofGuests, "vote")} of guests among them`}`;
}

/** @param {{ item: Item, list: OpenList, onclose: () => void }} props */
function Acts({ item, list, onclose }) {
  const asks = useSignal(/** @type {"edit" | "delete" | "cover" | null} */ (null));
  const { isOwner } = list.rights.value;
  const isMine = item.creator.id !== null && item.creator.id === list.me && item.status === "proposed" && list.rights.value.mayAdd;
  if (!isOwner && !isMine) return null;
  const turn = (/** @type {string} */ status) => api("PATCH", `items/${item.id}/`, { status }).catch((error) => toast(reasonOf(error)));
  const done = () => { asks.value = null; };
  const choices = [
    ...(isOwner ? turnsOf(item.status).map(([status, icon, label]) => ({ icon, label, act: () => turn(status) })) : []),
    { icon: "edit", label: "Edit…", act: () => { asks.value = "edit"; } },
    { icon: "image", label: "Picture…", act: () => { asks.value = "cover"; } },
    { icon: "delete", label: "Delete…", act: () => { asks.value = "delete"; }, danger: true },
  ];
  const remove = async () => {
    await api("DELETE", `items/${item.id}/`);
    onclose();
    toast(`“${item.title}” is deleted.`, isOwner ? () => api("POST", `items/${item.id}/restore/`, {}) : undefined);
  };
  return html`<${Menu} label="What to do with this item" choices=${choices} />
    ${asks.value === "edit" && html`<${EditItemDialog} item=${item} onclose=${done} />`}
    ${asks.value === "cover" && html`<${CoverDialog} route="items/${item.id}/cover/" cover=${item.cover} onclose=${done} />`}
    ${asks.value === "delete" && html`<${Dialog} label="Delete this item?" onclose=${done}><${Form} act=${remove} submit="Delete" danger>
      ${() => html`<p class="hint">It leaves the list with its votes. The owner can bring it back for 30 days.</p>`}<//><//>`}`;
}

/** What the owner can make of an item (V14, V15). @param {string} status @returns {[string, string, string][]} */
function turnsOf(status) {
  if (status === "proposed") return [["locked_in", "lock", "Lock in"], ["cancelled", "block", "Cancel it"]];
  if (status === "locked_in") return [["complete", "check", "Mark as done"], ["proposed", "reply", "Propose again"], ["cancelled", "block", "Cancel it"]];
  if (status === "complete") return [["locked_in", "reply", "Not done yet"]];
  return [["proposed", "reply", "Propose again"]];
}
