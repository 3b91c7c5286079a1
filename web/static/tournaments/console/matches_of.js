/** The matches of a stage as those who arrange them need them: when, where, on which map, one more or fewer. */

import { useSignal } from "@preact/signals";
import { Field } from "../../components.js";
import { now } from "../../connection.js";
import { html } from "../../html.js";
import { Icon } from "../../icons.js";
import { Menu } from "../../menu.js";
import { momentOf } from "../../moments.js";
import { api } from "../../session.js";
import { How } from "../schedule.js";
import { matchName, pairingOf, SETTLED } from "../words.js";
import { Choice, PlainDialog, Refused, useActs } from "./acting.js";
import { RoomDialog } from "./room.js";
import { fieldOf, instantOf } from "./times.js";

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("../shapes.js").Stage} Stage
 * @typedef {import("../shapes.js").MatchCard} MatchCard
 */

/** @param {{ open: OpenCompetition, stage: Stage }} props */
export function MatchesOf({ open, stage }) {
  const adds = useSignal(false);
  const matches = open.matches.value.filter((match) => match.stage === stage.id);
  return html`<details open=${matches.length <= 12}><summary>Matches (${matches.length})</summary>
    <ul class="schedule">${matches.map((match) => html`<li key=${match.id}><${Row} open=${open} stage=${stage} match=${match} /></li>`)}</ul>
    <p class="row wrap"><button type="button" class="button" onclick=${() => { adds.value = true; }}><${Icon} name="plus" />Add a match</button></p></details>
    ${adds.value && html`<${MatchDialog} open=${open} stage=${stage} match=${null} onclose=${() => { adds.value = false; }} />`}`;
}

/** @param {{ open: OpenCompetition, stage: Stage, match: MatchCard }} props */
function Row({ open, stage, match }) {
  const acts = useActs(open);
  const asks = useSignal(/** @type {"edit" | "room" | null} */ (null));
  const close = () => { asks.value = null; };
  const group = stage.groups.length > 1 ? stage.groups.find(({ id }) => id === match.group)?.name : "";
  const played = SETTLED.has(match.state);
  const choices = [
    { icon: "clock", label: "Schedule…", act: () => { asks.value = "edit"; } },
    ...(played ? [] : [{ icon: "lock", label: match.release_at ? "Change the room…" : "Set the room…", act: () => { asks.value = "room"; } }]),
    ...(stage.format !== "single_elimination" && (match.state === "scheduled" || match.state === "ready") ? [{ icon: "delete", label: "Remove", act: () => void acts.run("match", () => api("DELETE", `${open.route}matches/${match.id}/`)), danger: true }] : []),
  ];
  return html`<div class="match-row host-row">${match.scheduled_at && html`<span class="at">${momentOf(match.scheduled_at, now.value)}</span>`}<a class="grow" href="/tournaments/${open.id}/matches/${match.id}"><span class="row"><b>${matchName(match)}</b><${How} match=${match} /></span><span class="hint more">${[pairingOf(match), group, match.map, match.release_at ? `room ${momentOf(match.release_at, now.value)}` : ""].filter(Boolean).join(" · ")}</span></a>
    <${Menu} label="What to do with ${matchName(match)}" choices=${choices} /></div><${Refused} acts=${acts} name="match" />
    ${asks.value === "edit" && html`<${MatchDialog} open=${open} stage=${stage} match=${match} onclose=${close} />`}${asks.value === "room" && html`<${RoomDialog} open=${open} match=${match} onclose=${close} />`}`;
}

/** @param {{ open: OpenCompetition, stage: Stage, match: MatchCard | null, onclose: () => void }} props */
function MatchDialog({ open, stage, match, onclose }) {
  const route = `${open.route}matches/`;
  const lobby = stage.format === "lobby";
  const names = new Map(open.entrants.value.map(({ id, name }) => [id, name]));
  const act = (/** @type {Record<string, string>} */ { name = "", map = "", at, group, one, other }) => {
    const body = { name: name.trim(), map: map.trim(), scheduled_at: instantOf(at) };
    if (match) return api("PATCH", `${route}${match.id}/`, body);
    return api("POST", route, { ...body, group: Number(group ?? stage.groups[0]?.id), ...(!lobby && { entrants: [Number(one), Number(other)] }) });
  };
  const members = stage.groups.flatMap(({ entrants }) => entrants).map((id) => /** @type {[string, string]} */ ([String(id), names.get(id) ?? `Entrant ${id}`]));
  return html`<${PlainDialog} label=${match ? matchName(match) : "New match"} submit=${match ? "Save" : "Add the match"} hint=${match ? "Who plays it hears when it is scheduled or moved." : ""} act=${act} onclose=${onclose}>${(/** @type {Record<string, string[]>} */ wrong) => html`
    ${!match && stage.groups.length > 1 && html`<${Choice} label="Group" name="group" choices=${stage.groups.map(({ id, name }) => [String(id), name])} error=${wrong.group} />`}
    ${!match && !lobby && html`<div class="pair"><${Choice} label="One side" name="one" choices=${members} error=${wrong.entrants} /><${Choice} label="The other" name="other" choices=${members} chosen=${members[1]?.[0]} /></div>`}
    <${Field} type="datetime-local" label="When" name="at" defaultValue=${fieldOf(match?.scheduled_at)} hint="By your own clock; may be empty." error=${wrong.scheduled_at} />
    <div class="pair"><${Field} label="Map" name="map" maxlength="60" autocomplete="off" defaultValue=${match?.map} error=${wrong.map} /><${Field} label="Name" name="name" maxlength="60" autocomplete="off" placeholder=${match ? `Match ${match.number}` : ""} defaultValue=${match?.name} error=${wrong.name} /></div>`}<//>`;
}
