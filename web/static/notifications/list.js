/** A list of notifications as it changes: pure. */

/**
 * @typedef {{ id: number, kind: string, text: string, by: import("../session.js").UserCard | null, target: { kind: string, id: string },
 *   data: Record<string, any>, created_at: string, read: boolean }} Notification
 */

/** Newest first, each once, as `fresh` has it. @param {Notification[]} fresh @param {Notification[]} known */
export function merged(fresh, known) {
  const byId = new Map([...known, ...fresh].map((one) => [one.id, one]));
  return [...byId.values()].sort((one, other) => other.created_at.localeCompare(one.created_at) || other.id - one.id);
}

/** The list once those that are `meant` are read, or taken away. @param {Notification[]} known @param {(one: Notification) => boolean} meant @param {boolean} dismissed */
export function without(known, meant, dismissed) {
  if (dismissed) return known.filter((one) => !meant(one));
  return known.map((one) => (meant(one) ? { ...one, read: true } : one));
}

/** Where a notification leads; null where nothing is to be seen. @param {Notification} notification */
export function addressOf({ kind, target, data }) {
  const [, list, tournament, match, seq] = (target.kind === "chat.message" && /^(?:global|list-(\d+)|tournament-(\d+)|match-(\d+))\/(\d+)$/.exec(target.id)) || [];
  const place = list ? `/lists/${list}` : tournament ? `/tournaments/${tournament}` : match ? `/tournaments/${data?.competition_id}/matches/${match}` : "";
  if (seq) return `${place}/chat#m${seq}`;
  if (data?.competition_id) return `/tournaments/${data.competition_id}${data.match_id ? `/matches/${data.match_id}` : ""}`;
  if (target.kind === "tracker.share" && kind !== "match_left") return `/matches/shared/${target.id}`;
  if (!data?.list_id || target.kind === "bucketlists.membership") return null;
  if (data.item_id) return `/lists/${data.list_id}/items/${data.item_id}`;
  return `/lists/${data.list_id}${kind === "list_frozen" ? "/result" : ""}`;
}
