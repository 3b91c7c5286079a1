/** A message with what its reader did to it and the server has not acknowledged: pure. */

/**
 * @typedef {import("./conversation.js").Message} Message
 * @typedef {{ text: string | null, reason: string | null, again: () => void }} Change an edit, or with no text a deletion; `reason`
 *   says why it was refused, null: on its way
 */

/** @param {Message} message @param {Change | undefined} change @returns {Message} */
export function withChange(message, change) {
  if (!change || change.reason) return message;
  if (change.text === null) return { ...message, text: "", deleted: true };
  return { ...message, text: change.text, edited_at: message.edited_at ?? message.created_at };
}
