/** What people say about one item: each comment with its replies below it. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { askToSignIn } from "../accounts/sign_in.js";
import { Composer } from "../chat/composer.js";
import { Conversation } from "../chat/conversation.js";
import { MessageRow, UnsentRow } from "../chat/message.js";
import { status } from "../connection.js";
import { html } from "../html.js";
import { Loading } from "../resource.js";
import { user } from "../session.js";

/** @typedef {import("../chat/conversation.js").Message} Message */

/** @param {{ list: import("./store.js").OpenList, item: number }} props */
export function Comments({ list, item }) {
  const talk = useSignal(/** @type {Conversation | null} */ (null));
  useEffect(() => {
    const address = `/lists/${list.id}/items/${item}`;
    const one = new Conversation(`comments-${item}`, list.me ?? 0, { called: "Comment", address, topic: `comments.${item}`, route: `items/${item}/comments/` });
    talk.value = one;
    return () => one.close();
  }, [list, item]);
  return html`<section class="comments" aria-label="Comments"><h3>Comments</h3>${talk.value ? html`<${Talk} talk=${talk.value} />` : html`<${Loading} />`}</section>`;
}

/** @param {{ talk: Conversation }} props */
function Talk({ talk }) {
  if (talk.phase.value === "closed") return html`<p class="hint">You may not read these comments.</p>`;
  if (talk.phase.value === "loading") return html`<${Loading} />`;
  const messages = talk.messages.value;
  return html`${talk.hasOlder.value && html`<p class="note"><button type="button" class="link" aria-disabled=${talk.loading.value} onclick=${() => talk.older()}>Show earlier comments</button></p>`}
    ${!messages.length && !talk.outbox.value.length && html`<p class="hint">Nobody has said anything about this yet.</p>`}
    <ol class="thread" aria-label="Comments">${threaded(messages).map((message) => html`<${MessageRow} key=${message.seq} message=${message} grouped=${false} room=${talk} />`)}
      ${talk.outbox.value.map((unsent) => html`<${UnsentRow} key=${unsent.client_id} unsent=${unsent} room=${talk} online=${status.value === "online"} />`)}</ol>
    ${user.value ? html`<${Composer} room=${talk} />` : html`<p class="note"><button type="button" class="link" onclick=${() => askToSignIn("in")}>Sign in to comment</button></p>`}`;
}

/** Each comment, then its replies, both in the order they came. @param {Message[]} messages */
export function threaded(messages) {
  const known = new Set(messages.map(({ seq }) => seq));
  const isAnswer = (/** @type {Message} */ { reply_to }) => reply_to !== null && known.has(reply_to.seq);
  return messages.filter((message) => !isAnswer(message)).flatMap((message) => [message, ...messages.filter(({ reply_to }) => reply_to?.seq === message.seq)]);
}
