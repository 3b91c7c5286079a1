/** Counting a sealed round again, from its ballots alone, as anyone can: the chain of hashes, and the votes it leads to. Pure. */

/**
 * @typedef {{ seq: number, item: number, voter_ref: string, choice: string, cast_at: string }} Ballot
 * @typedef {{ upvotes: number, downvotes: number }} Count
 */

/** @type {Record<string, "up" | "down">} */
const STANDING = { up: "up", down: "down", carried_up: "up", carried_down: "down" };

/** @param {string} text @returns {Promise<string>} 64 hexadecimal digits */
async function sha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** "2026-06-01T18:29:58.000000Z": an instant as the chain writes it, six digits of a second. @param {string} at */
export function momentOf(at) {
  const [, whole, part = ""] = /** @type {RegExpExecArray} */ (/^(.{19})(?:\.(\d+))?Z$/.exec(at));
  return `${whole}.${part.padEnd(6, "0")}Z`;
}

/**
 * The hash after the last ballot of a round.
 * @param {number} list @param {number} round @param {Ballot[]} ballots in their order
 */
export async function headHash(list, round, ballots) {
  let head = await sha256(`list:${list}|round:${round}`);
  for (const { seq, item, voter_ref, choice, cast_at } of ballots) head = await sha256(`${head}\n${seq}|${item}|${voter_ref}|${choice}|${momentOf(cast_at)}`);
  return head;
}

/** What counts on each item that has votes, after all ballots of a round. @param {Ballot[]} ballots @returns {Map<number, Count>} */
export function recount(ballots) {
  /** @type {Map<string, { item: number, choice: "up" | "down", counts: boolean }>} */
  const votes = new Map();
  for (const { item, voter_ref, choice } of ballots) {
    const key = `${item}|${voter_ref}`;
    const standing = STANDING[choice];
    const vote = votes.get(key);
    if (standing) votes.set(key, { item, choice: standing, counts: true });
    else if (choice === "suspended" || choice === "restored") vote && votes.set(key, { ...vote, counts: choice === "restored" });
    else votes.delete(key);
  }
  const counts = new Map();
  for (const { item, choice, counts: counted } of votes.values()) {
    const { upvotes, downvotes } = counts.get(item) ?? { upvotes: 0, downvotes: 0 };
    if (counted) counts.set(item, { upvotes: upvotes + Number(choice === "up"), downvotes: downvotes + Number(choice === "down") });
  }
  return counts;
}

/**
 * What is wrong with a result, in words; empty: it is what its ballots lead to.
 * @param {{ list: number, round: number, first_seq: number, last_seq: number, head_hash: string, items: { id: number, title: string, upvotes_count: number, downvotes_count: number }[] }} result
 * @param {Ballot[]} ballots
 */
export async function differences(result, ballots) {
  const wrong = [];
  const expected = result.last_seq ? result.last_seq - result.first_seq + 1 : 0;
  const inOrder = ballots.length === expected && ballots.every(({ seq }, place) => seq === result.first_seq + place);
  if (!inOrder) wrong.push(`The log has ${ballots.length} ballots where the result speaks of ${expected}.`);
  if ((await headHash(result.list, result.round, ballots)) !== result.head_hash) wrong.push("The chain of the ballots does not lead to the sealed hash.");
  const counts = recount(ballots);
  for (const { id, title, upvotes_count, downvotes_count } of result.items) {
    const { upvotes, downvotes } = counts.get(id) ?? { upvotes: 0, downvotes: 0 };
    if (upvotes !== upvotes_count || downvotes !== downvotes_count) wrong.push(`“${title}” has ${upvotes} up and ${downvotes} down in the log, ${upvotes_count} and ${downvotes_count} in the result.`);
  }
  return wrong;
}
