/** Where a match is played in the game: its id and password, and when its players see them. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Dialog, Field, toast } from "../../components.js";
import { serverTime } from "../../connection.js";
import { html } from "../../html.js";
import { Loading } from "../../resource.js";
import { api } from "../../session.js";
import { matchName } from "../words.js";
import { Choice, PlainDialog } from "./acting.js";
import { fieldOf, instantOf } from "./times.js";

/**
 * @typedef {import("../shapes.js").MatchCard} MatchCard
 * @typedef {import("../shapes.js").Room} Room
 */

const MINUTE_MS = 60_000;
const BEFORE_MS = 15 * MINUTE_MS; // a room opens so long before its match, unless somebody says otherwise

/** @type {[string, string][]} */
const WHENS = [["0", "Now"], ["5", "In 5 minutes"], ["10", "In 10 minutes"], ["at", "At a time"], ["never", "Not yet: staff only"]];

/** @param {{ open: import("../store.js").OpenCompetition, match: MatchCard, onclose: () => void }} props */
export function RoomDialog({ open, match, onclose }) {
  const room = useSignal(/** @type {Room | null} */ (null));
  const route = `${open.route}matches/${match.id}/room/`;
  useEffect(() => { api("GET", route).then((body) => { room.value = body; }, () => { room.value = { room_id: "", room_password: "", release_at: null, released: false }; }); }, []);
  const label = `Room of ${matchName(match)}`;
  if (!room.value) return html`<${Dialog} label=${label} onclose=${onclose}><${Loading} /><//>`;
  return html`<${RoomForm} label=${label} match=${match} room=${room.value} route=${route} onclose=${onclose} />`;
}

/** @param {{ label: string, match: MatchCard, room: Room, route: string, onclose: () => void }} props */
function RoomForm({ label, match, room, route, onclose }) {
  const planned = room.release_at ?? (match.scheduled_at && Date.parse(match.scheduled_at) - BEFORE_MS > serverTime() ? Date.parse(match.scheduled_at) - BEFORE_MS : null);
  const when = useSignal(room.released ? "0" : planned ? "at" : room.room_id ? "never" : "0");
  const act = async (/** @type {Record<string, string>} */ { room_id = "", room_password = "", at }) => {
    const minutes = Number(when.value);
    const release_at = when.value === "never" ? null : when.value === "at" ? instantOf(at) : room.released && minutes === 0 ? room.release_at : new Date(serverTime() + minutes * MINUTE_MS).toISOString();
    await api("PUT", route, { room_id: room_id.trim(), room_password: room_password.trim(), release_at });
    toast(room_id.trim() ? "The room is set." : "There is no room any more.");
  };
  return html`<${PlainDialog} label=${label} submit="Set the room" act=${act} onclose=${onclose}>${(/** @type {Record<string, string[]>} */ wrong) => html`
    <div class="pair"><${Field} label="Room id" name="room_id" autocomplete="off" maxlength="60" autofocus defaultValue=${room.room_id} error=${wrong.room_id} />
      <${Field} label="Password" name="room_password" autocomplete="off" maxlength="60" defaultValue=${room.room_password} error=${wrong.room_password} /></div>
    <${Choice} label="Its players see it" name="when" choices=${WHENS} chosen=${when.value} onchange=${(/** @type {string} */ value) => { when.value = value; }} error=${when.value === "at" ? undefined : wrong.release_at} />
    ${when.value === "at" && html`<${Field} type="datetime-local" label="From" name="at" defaultValue=${fieldOf(planned)} error=${wrong.release_at} />`}`}<//>`;
}
