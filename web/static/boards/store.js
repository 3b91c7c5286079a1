/** One board, live: its first hundred as everybody sees them, and where this person stands. */

import { batch, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { live, publicly } from "../connection.js";
import { api, user } from "../session.js";

/**
 * @typedef {import("../session.js").UserCard} UserCard
 * @typedef {{ id: string, name: string, people: number }} Board
 * @typedef {{ id: number, rank: number, user: UserCard, score: number, reached_at: string }} Line
 */

const NEAR = 7; // lines around one's own
const PAUSE_MS = 5_000; // before what others' moves make of one's own place is asked again

/** `lines` is null until they are known, `near` who is around this person where that is further down. @param {string} name */
export function useBoard(name) {
  const board = useSignal(/** @type {Board | null} */ (null));
  const lines = useSignal(/** @type {Line[] | null} */ (null));
  const near = useSignal(/** @type {Line[]} */ ([]));
  const me = useSignal(/** @type {Line | null} */ (null));
  const gone = useSignal(false);
  useEffect(() => {
    publicly.value = true;
    return () => { publicly.value = false; };
  }, []);
  useEffect(() => {
    let /** @type {ReturnType<typeof setTimeout> | undefined} */ again, /** @type {string | undefined} */ above, ended = false;
    const ask = async () => {
      again = undefined;
      const page = await api("GET", `leaderboards/${name}/?around=me&limit=${NEAR}`).catch(() => null);
      if (page && !ended) batch(() => { [me.value, near.value] = [page.me, page.results]; });
    };
    const stop = live.subscribe(`board.${name}`, {
      state: (now, own) => batch(() => {
        board.value = now["meta"];
        lines.value = Object.keys(now).filter((key) => key.startsWith("line.")).map((key) => now[key]).sort(inOrder);
        const mine = lines.value.find((line) => line.id === (own ?? me.value)?.id) ?? own;
        if (mine) me.value = mine;
        const told = JSON.stringify([mine?.rank, board.value?.people, lines.value.at(-1)]);
        if (user.value && !lines.value.some(({ id }) => id === me.value?.id) && told !== above) again ??= setTimeout(ask, above === undefined ? 0 : PAUSE_MS);
        above = told;
      }),
      ended: () => { gone.value = true; },
    });
    return () => {
      ended = true;
      clearTimeout(again);
      stop();
    };
  }, [name, user.value?.id]);
  return { board, lines, near, me, gone };
}

/** @param {Line} one @param {Line} other */
export const inOrder = (one, other) => other.score - one.score || one.reached_at.localeCompare(other.reached_at) || one.id - other.id;
