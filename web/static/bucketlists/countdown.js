/** How long a list stays open, by the server's clock, to the second; and that it is closed, once it is. */

import { now } from "../connection.js";
import { Ring, SOON_S, useSecondsLeft } from "../countdown.js";
import { html } from "../html.js";
import { Icon } from "../icons.js";
import { leftOf, momentOf, ringOf, secondOf } from "../moments.js";
import { counted, wholeTime } from "../words.js";

/** @typedef {import("./store.js").OpenList} OpenList */

/** @param {{ list: OpenList }} props */
export function Deadline({ list }) {
  const meta = list.meta.value;
  if (!meta) return null;
  if (list.frozen.value) return html`<${Closed} list=${list} />`;
  if (meta.decision_deadline) return html`<${Open} list=${list} due=${meta.decision_deadline} />`;
  return html`<section class="deadline" aria-label="Deadline"><span class="ring still"><${Icon} name="clock" /></span>
    <div class="grow"><p><b>Open, without a deadline</b></p><p class="hint"><${Waiting} list=${list} /></p></div></section>`;
}

/** @param {{ list: OpenList, due: string }} props */
function Open({ list, due }) {
  const left = useSecondsLeft(due);
  return html`<section class=${left <= SOON_S ? "deadline soon" : "deadline"} aria-label="Deadline">
    <${Ring} part=${ringOf(left)} />
    <div class="grow"><p role="timer"><b>Closes in ${leftOf(left)}</b></p>
      <p class="hint"><time datetime=${due} title=${wholeTime(due)} class="first-up">${momentOf(due, now.value)}</time>. <${Waiting} list=${list} /></p></div></section>`;
}

/** What this person has not voted on yet. @param {{ list: OpenList }} props */
function Waiting({ list }) {
  const proposed = list.items.value.filter(({ status }) => status === "proposed");
  const waiting = proposed.filter(({ user_vote }) => !user_vote).length;
  if (!list.rights.value.mayVote || !proposed.length) return html`${counted(proposed.length, "item")} to decide on.`;
  return waiting ? html`You have <b>${counted(waiting, "item")}</b> left to vote on.` : html`You have voted on everything.`;
}

/** @param {{ list: OpenList }} props */
function Closed({ list }) {
  const { frozen_at, frozen_reason, decision_deadline, owner } = /** @type {import("./rules.js").List} */ (list.meta.value);
  const at = frozen_at ?? decision_deadline ?? "";
  const why = frozen_reason === "manual" ? `${owner.name} closed it` : "The deadline came";
  return html`<section class=${list.turned.value === "frozen" ? "deadline closed just" : "deadline closed"} aria-label="Deadline">
    <span class="ring still"><${Icon} name="lock" /></span>
    <div class="grow"><p><b>Closed <time datetime=${at} title=${wholeTime(at)}>${secondOf(at, now.value)}</time></b></p><p class="hint">${why}. The votes are sealed.</p></div>
    <a class="button" href="/lists/${list.id}/result">Result</a></section>`;
}
