/** Lists, whatever of them an address names; fetched when one is first looked at. */

import { effect, untracked } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { token } from "../accounts/links.js";
import { local } from "../chat/chat.js";
import { html } from "../html.js";
import { heading } from "../layout.js";
import { user } from "../session.js";
import { Index } from "./index.js";
import { Join } from "./join.js";
import "./look.js";
import { ListPage } from "./page.js";
import { openList, opened } from "./store.js";

effect(() => { local.value = opened.value?.chat.value ?? null; });
effect(() => { heading.value = opened.value?.meta.value?.title ?? ""; });

/** Where a link to join leads. */
export const Joining = () => html`<${Join} token=${token} />`;

/** @param {{ at: string }} props */
export function Lists({ at }) {
  const found = /^\/lists\/(\d+)(?:\/(\w+)(?:\/(\d+))?)?$/.exec(at);
  const id = found ? Number(found[1]) : null;
  useEffect(() => {
    const stop = effect(() => {
      user.value?.id;
      untracked(() => openList(id));
    });
    return () => {
      stop();
      openList(null);
    };
  }, [id]);
  if (id === null) return html`<${Index} at=${at} />`;
  const list = opened.value;
  if (!list || list.id !== id) return html`<section class="page list-page"></section>`;
  return html`<${ListPage} key="${list.id}-${list.me}" list=${list} part=${found?.[2] ?? ""} item=${found?.[3] ? Number(found[3]) : null} />`;
}
