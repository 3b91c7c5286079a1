/** Registering: which team, who plays, and what they are called in the game; and changing that until it locks. */

import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Dialog, Empty, toast } from "../components.js";
import { html } from "../html.js";
import { Loading } from "../resource.js";
import { api, user } from "../session.js";
import { gameOf, nameOf } from "../teams/games.js";
import { counted, reasonOf } from "../words.js";
import { pick, rosterOf, wrongOf } from "./rosters.js";

/**
 * @typedef {import("./store.js").OpenCompetition} OpenCompetition
 * @typedef {import("./shapes.js").Competition} Competition
 * @typedef {import("./shapes.js").UserCard} UserCard
 * @typedef {import("./rosters.js").Player} Player
 * @typedef {{ id: number, name: string, tag: string, members_count: number }} TeamLine
 */

/** What somebody called themselves in a game, kept so that it is typed once. */
const remembered = signal(/** @type {Record<string, string>} */ (JSON.parse(localStorage.getItem("guildhall.ids") ?? "{}")));

/** @param {string} game @param {Player[]} players */
function remember(game, players) {
  remembered.value = { ...remembered.value, ...Object.fromEntries(players.filter(({ chosen }) => chosen).map(({ user, in_game_id }) => [`${game}.${user.id}`, in_game_id])) };
  localStorage.setItem("guildhall.ids", JSON.stringify(remembered.value));
}

/** @param {{ open: OpenCompetition, onclose: () => void }} props */
export function RegisterDialog({ open, onclose }) {
  const meta = /** @type {Competition} */ (open.meta.value);
  const alone = meta.lineup === 1;
  const teams = useSignal(/** @type {TeamLine[] | null} */ (alone ? [] : null));
  const team = useSignal(/** @type {number | null} */ (null));
  const refused = useSignal("");
  useEffect(() => {
    if (alone) return;
    api("GET", `teams/?mine=true&game=${meta.game}`).then(({ results }) => {
      teams.value = results.filter((/** @type {any} */ { role }) => role === "captain");
      team.value = teams.value?.[0]?.id ?? null;
    }, (error) => { refused.value = reasonOf(error); });
  }, []);
  const full = meta.entrants_count >= meta.capacity;
  const label = full ? "Join the waitlist" : "Register";
  const send = async (/** @type {any} */ roster) => {
    const { user_id: _, is_substitute: __, ...own } = roster[0] ?? {};
    const entrant = await api("POST", `${open.route}register/`, alone ? own : { team_id: team.value, roster });
    onclose();
    open.askOwn();
    toast(entrant?.state === "waitlisted" ? "You are on the waitlist." : "You are in.");
  };
  if (refused.value) return html`<${Dialog} label=${label} onclose=${onclose}><p class="wrong" role="alert">${refused.value}</p><//>`;
  if (!teams.value) return html`<${Dialog} label=${label} onclose=${onclose}><${Loading} /><//>`;
  if (!alone && !teams.value.length) {
    return html`<${Dialog} label=${label} onclose=${onclose}><${Empty} icon="people" title="You lead no ${nameOf(meta.game)} team" heading="h3"><p>Its captain registers a team. Found one, and send its link to your people.</p><a class="button primary" href="/teams">To the teams</a><//><//>`;
  }
  return html`<${Dialog} label=${label} onclose=${onclose}>${!alone && teams.value.length > 1 && html`<div class="field"><label for="entry-team">Team</label><select id="entry-team" onchange=${(/** @type {any} */ event) => { team.value = Number(event.currentTarget.value); }}>
      ${teams.value.map(({ id, name, tag }) => html`<option key=${id} value=${id}>${tag} ${name}</option>`)}</select></div>`}
    <${RosterForm} key=${team.value} meta=${meta} team=${team.value} known=${[]} submit=${label} send=${send} /><//>`;
}

/** @param {{ open: OpenCompetition, onclose: () => void }} props */
export function RosterDialog({ open, onclose }) {
  const meta = /** @type {Competition} */ (open.meta.value);
  const entrant = open.entrant.value;
  if (!entrant) return null;
  const send = async (/** @type {any} */ roster) => {
    await api("PUT", `${open.route}roster/`, { roster });
    onclose();
    open.askOwn();
    toast("Saved.");
  };
  return html`<${Dialog} label="Roster of ${entrant.name}" onclose=${onclose}><${RosterForm} meta=${meta} team=${entrant.team} known=${entrant.roster} submit="Save" send=${send} /><//>`;
}

/** @param {{ meta: Competition, team: number | null, known: import("./shapes.js").RosterMember[], submit: string, send: (roster: any) => Promise<void> }} props */
function RosterForm({ meta, team, known, submit, send }) {
  const players = useSignal(/** @type {Player[] | null} */ (null));
  const wrong = useSignal(/** @type {Record<string, string>} */ ({}));
  const refused = useSignal("");
  const busy = useSignal(false);
  useEffect(() => {
    const idOf = (/** @type {UserCard} */ { id }) => remembered.value[`${meta.game}.${id}`] ?? "";
    const own = /** @type {UserCard} */ (user.value);
    if (team === null) return void (players.value = pick([own], known, meta, idOf));
    api("GET", `teams/${team}/`).then(({ members }) => { players.value = pick(members.map((/** @type {any} */ one) => one.user), known, meta, idOf); }, (error) => { refused.value = reasonOf(error); });
  }, [team]);
  if (!players.value) return refused.value ? html`<p class="wrong" role="alert">${refused.value}</p>` : html`<${Loading} />`;
  const put = (/** @type {number | null} */ id, /** @type {Partial<Player>} */ change) => { players.value = players.value?.map((one) => (one.user.id === id ? { ...one, ...change } : one)) ?? null; };
  const chosen = players.value.filter((one) => one.chosen);
  const onsubmit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (busy.value || !players.value) return;
    const form = /** @type {HTMLElement} */ (event.currentTarget);
    [wrong.value, refused.value] = [wrongOf(players.value, meta, gameOf(meta.game)), ""];
    busy.value = true;
    if (!Object.keys(wrong.value).length) {
      remember(meta.game, players.value);
      await send(rosterOf(players.value)).catch((error) => { [wrong.value, refused.value] = placed(error, chosen); });
    }
    busy.value = false;
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (form.querySelector("[aria-invalid=true]"))?.focus());
  };
  const alone = players.value.length === 1 && meta.lineup === 1;
  return html`<form class="form" onsubmit=${onsubmit} novalidate>
    <p class="hint">${alone ? gameOf(meta.game)?.id_hint : `${counted(meta.lineup, "player")}${meta.roster_most > meta.lineup ? ` and up to ${counted(meta.roster_most - meta.lineup, "substitute")}` : ""}. ${gameOf(meta.game)?.id_hint ?? ""}`}</p>
    <ul class="roster-form" aria-label="Roster">${players.value.map((one) => html`<${PlayerFields} key=${one.user.id} player=${one} alone=${alone} wrong=${wrong.value[String(one.user.id)]} put=${(/** @type {Partial<Player>} */ change) => put(one.user.id, change)} />`)}</ul>
    ${(wrong.value["all"] ?? refused.value) && html`<p class="wrong" role="alert">${wrong.value["all"] ?? refused.value}</p>`}
    <div class="row"><button class="button primary" aria-disabled=${busy.value}>${submit}</button>${!alone && html`<span class="hint">${chosen.filter((one) => !one.is_substitute).length} of ${meta.lineup} chosen</span>`}</div></form>`;
}

/** @param {{ player: Player, alone: boolean, wrong: string | undefined, put: (change: Partial<Player>) => void }} props */
function PlayerFields({ player: { user, chosen, is_substitute, in_game_id, in_game_name }, alone, wrong, put }) {
  const id = `entry-${user.id}`;
  return html`<li class=${chosen ? "chosen" : null}>${!alone && html`<div class="row"><label class="tick-row grow"><input type="checkbox" checked=${chosen} onchange=${(/** @type {any} */ event) => put({ chosen: event.currentTarget.checked })} /><span class="cut">${user.name}</span></label>
      ${chosen && html`<button type="button" class="chip" aria-pressed=${is_substitute} onclick=${() => put({ is_substitute: !is_substitute })}>Substitute<span class="unseen">: ${user.name}</span></button>`}</div>`}
    ${chosen && html`<div class="pair"><div class="field"><label for=${id}>In-game id<span class="unseen"> of ${user.name}</span></label><input id=${id} value=${in_game_id} maxlength="60" autocomplete="off" placeholder="as on the profile" aria-invalid=${wrong ? "true" : null} aria-describedby=${wrong ? `${id}-note` : null} oninput=${(/** @type {any} */ event) => put({ in_game_id: event.currentTarget.value })} />${wrong && html`<p id="${id}-note" class="wrong">${wrong}</p>`}</div>
      <div class="field"><label for="${id}-name">Name in the game<span class="unseen"> of ${user.name}</span></label><input id="${id}-name" value=${in_game_name} maxlength="60" autocomplete="off" oninput=${(/** @type {any} */ event) => put({ in_game_name: event.currentTarget.value })} /></div></div>`}</li>`;
}

/** A refusal beside the player whom it is about, as far as it says; and what is left of it. @param {any} error @param {Player[]} chosen @returns {[Record<string, string>, string]} */
function placed(error, chosen) {
  /** @type {Record<string, string>} */
  const wrong = {};
  for (const [field, words] of Object.entries(error.fields ?? {})) {
    const at = field === "in_game_id" ? "0" : /^roster\.(\d+)/.exec(field)?.[1];
    const player = at === undefined ? undefined : chosen[Number(at)];
    wrong[player ? String(player.user.id) : "all"] = [words].flat().join(" ");
  }
  for (const { user } of chosen) if (error.facts?.usernames?.includes(user.username)) wrong[String(user.id)] = error.message;
  return [wrong, Object.keys(wrong).length ? "" : reasonOf(error)];
}
