/** What a competition is, as its host says it: a short form with good defaults; the rest is folded away. */

import { useSignal } from "@preact/signals";
import { askToSignIn } from "../../accounts/sign_in.js";
import { Empty, Field, Form, Switch, toast } from "../../components.js";
import { serverTime } from "../../connection.js";
import { html } from "../../html.js";
import { CoverDialog } from "../../pictures.js";
import { Loading, useResource } from "../../resource.js";
import { go } from "../../router.js";
import { api, user } from "../../session.js";
import { wear } from "../../styles.js";
import { gameOf, games } from "../../teams/games.js";
import { options, zones } from "../../zones.js";
import { FORMATS, MODES } from "../words.js";
import { Choice } from "./acting.js";
import { bodyOf, changesOf, inWords } from "./fields.js";
import { presetOf, stageOf, startOf, timesOf } from "./presets.js";
import { fieldOf } from "./times.js";

await wear("tournaments/console/console.css");

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("../shapes.js").Competition} Competition
 * @typedef {Record<string, string[]>} Wrong
 */

/** Making one, for hosts. */
export function NewCompetition() {
  if (!user.value) return html`<${Empty} icon="play" title="Hold a scrim or a tournament"><p>Sign in first.</p><button type="button" class="button primary" onclick=${() => askToSignIn("in")}>Sign in</button><//>`;
  return html`<${ForHosts} key=${user.value.id} />`;
}

function ForHosts() {
  const { found, refusal } = useResource("profiles/user/");
  if (!found.value || !games.value.length) return html`<section class="page narrow">${refusal || html`<${Loading} />`}</section>`;
  if (found.value.host !== "approved") {
    return html`<${Empty} icon="play" title="Become a host first"><p>${found.value.host ? "Your application is not approved yet." : "Hosts hold scrims and tournaments. Tell us who you are; an administrator decides."}</p>
      <a class="button primary" href="/me/hosting">${found.value.host ? "To your application" : "Become a host"}</a><//>`;
  }
  return html`<section class="page narrow"><h1>Hold a scrim or a tournament</h1><${Make} /></section>`;
}

function Make() {
  const kind = useSignal(/** @type {"scrim" | "tournament"} */ ("scrim"));
  const game = useSignal(games.value.find(({ id }) => id === "bgmi")?.id ?? games.value[0]?.id ?? "");
  const made = useSignal(/** @type {number | null} */ (null)); // so that a second attempt makes no second one
  const preset = presetOf(kind.value, gameOf(game.value)?.kind ?? "any");
  const act = async (/** @type {Record<string, string>} */ values) => {
    const route = `${kind.value}s/`;
    if (made.value === null) made.value = (await api("POST", route, bodyOf(values)).catch(inWords)).id;
    await api("POST", `${route}${made.value}/stages/`, stageOf({ ...values, kind: kind.value })).catch(() => toast("It is made, but not its stage: add that under Stages."));
    go(`/tournaments/${made.value}/console`);
  };
  const put = (/** @type {"scrim" | "tournament"} */ one) => () => { kind.value = one; };
  return html`<div class="chips" role="group" aria-label="Which kind"><button type="button" class="chip" aria-pressed=${kind.value === "scrim"} onclick=${put("scrim")}>Scrim</button>
      <button type="button" class="chip" aria-pressed=${kind.value === "tournament"} onclick=${put("tournament")}>Tournament</button></div>
    <p class="hint">${kind.value === "scrim" ? "One stage, up to 25 entrants and 6 matches: a night." : "As many stages as it takes, from groups to a final."}</p>
    <${Form} act=${act} submit="Make the draft">${(/** @type {Wrong} */ wrong) => html`<${Fields} key="${kind.value}-${gameOf(game.value)?.kind}" wrong=${wrong} game=${game} preset=${preset} scrim=${kind.value === "scrim"} meta=${null} />`}<//>`;
}

/** @param {{ open: OpenCompetition }} props */
export function Edit({ open }) {
  const meta = /** @type {Competition} */ (open.meta.value);
  const game = useSignal(meta.game);
  const banner = useSignal(false);
  const act = async (/** @type {Record<string, string>} */ values) => {
    const changes = changesOf(values, /** @type {Competition} */ (open.meta.value));
    if (Object.keys(changes).length) await api("PATCH", open.route, changes).catch(inWords);
    toast("Saved.");
  };
  if (!games.value.length) return html`<${Loading} />`;
  const aside = html`<button type="button" class="button" onclick=${() => { banner.value = true; }}>Banner…</button>`;
  return html`<${Form} act=${act} submit="Save" aside=${aside}>${(/** @type {Wrong} */ wrong) => html`<${Fields} wrong=${wrong} game=${game} preset=${null} scrim=${meta.kind === "scrim"} meta=${meta} />`}<//>
    ${banner.value && html`<${CoverDialog} route="${open.route}banner/" cover=${meta.banner} onclose=${() => { banner.value = false; }} />`}`;
}

/** @param {{ wrong: Wrong, game: import("@preact/signals").Signal<string>, preset: import("./presets.js").Preset | null, scrim: boolean, meta: Competition | null }} props */
function Fields({ wrong, game, preset, scrim, meta }) {
  const [start, checks] = [useSignal(meta ? fieldOf(meta.starts_at) : startOf(serverTime())), useSignal(meta ? meta.checkin_opens !== null : true)];
  const format = useSignal(preset?.format ?? "lobby");
  const modes = gameOf(game.value)?.modes ?? [];
  const mode = meta?.mode ?? (modes.some(({ id }) => id === "squad") && gameOf(game.value)?.kind === "lobby" ? "squad" : modes[0]?.id);
  return html`<${Field} label="Title" name="title" maxlength="100" autocomplete="off" placeholder="Tuesday scrim" defaultValue=${meta?.title} error=${wrong.title} />
    <div class="pair"><${Choice} label="Game" name="game" choices=${games.value.map(({ id, name }) => [id, name])} chosen=${game.value} onchange=${(/** @type {string} */ id) => { game.value = id; }} error=${wrong.game} />
      <${Choice} key=${game.value} label="Played by" name="mode" choices=${modes.map(({ id, lineup }) => [id, `${MODES[id] ?? id}${lineup > 1 ? ` of ${lineup}` : ""}`])} chosen=${mode} error=${wrong.mode} /></div>
    <div class="pair"><${Field} type="datetime-local" label="Starts" name="starts_at" value=${start.value} oninput=${(/** @type {any} */ event) => { start.value = event.currentTarget.value; }} hint="By your own clock." error=${wrong.starts_at} />
      <${Field} type="number" inputmode="numeric" min="2" label="Seats" name="capacity" defaultValue=${meta?.capacity ?? preset?.capacity} error=${wrong.capacity} /></div>
    ${preset && html`<div class="pair"><${Choice} label="Format" name="format" choices=${Object.entries(FORMATS)} chosen=${format.value} onchange=${(/** @type {string} */ value) => { format.value = value; }} />
      ${format.value === "lobby" && html`<${Field} type="number" inputmode="numeric" min="1" max=${scrim ? 6 : 99} label="Matches" name="matches" defaultValue=${preset.matches} />`}</div>`}
    <${Times} wrong=${wrong} start=${start} checks=${checks} meta=${meta} /><${More} wrong=${wrong} preset=${preset} meta=${meta} />`;
}

/** They follow the start until somebody sets them. @param {{ wrong: Wrong, start: import("@preact/signals").Signal<string>, checks: import("@preact/signals").Signal<boolean>, meta: Competition | null }} props */
function Times({ wrong, start, checks, meta }) {
  const own = useSignal(/** @type {Record<string, string>} */ (meta ? { reg_opens: fieldOf(meta.reg_opens), reg_closes: fieldOf(meta.reg_closes), ...(meta.checkin_opens && { checkin_opens: fieldOf(meta.checkin_opens), checkin_closes: fieldOf(meta.checkin_closes) }) } : {}));
  const begun = useSignal(serverTime());
  const shown = { ...timesOf(start.value, begun.value, checks.value), ...own.value };
  const time = (/** @type {keyof typeof shown} */ name, /** @type {string} */ label) => html`<${Field} type="datetime-local" label=${label} name=${name} value=${shown[name]} error=${wrong[name]} oninput=${(/** @type {any} */ event) => { own.value = { ...own.value, [name]: event.currentTarget.value }; }} />`;
  const bad = ["reg_opens", "reg_closes", "checkin_opens", "checkin_closes"].some((name) => wrong[name]);
  return html`<details class="more-fields" open=${bad || meta !== null}><summary>Registration and check-in</summary><div class="form">
    <div class="pair">${time("reg_opens", "Registration opens")}${time("reg_closes", "Registration closes")}</div>
    <label class="tick-row"><input type="checkbox" name="checks" checked=${checks.value} onchange=${(/** @type {any} */ event) => { checks.value = event.currentTarget.checked; }} />Teams check in before it starts</label>
    ${checks.value && html`<div class="pair">${time("checkin_opens", "Check-in opens")}${time("checkin_closes", "Check-in closes")}</div>`}</div></details>`;
}

/** @param {{ wrong: Wrong, preset: import("./presets.js").Preset | null, meta: Competition | null }} props */
function More({ wrong, preset, meta }) {
  const bad = ["waitlist_capacity", "visibility", "rules_text", "prizes", "time_zone", "confirm_window_s", "protest_window_s"].some((name) => wrong[name]);
  const zone = meta?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const prizes = meta?.prizes.map(({ places, prize }) => `${places}: ${prize}`).join("\n");
  const minutes = (/** @type {string} */ name, /** @type {string} */ label, /** @type {number} */ seconds, /** @type {string} */ hint) => html`<${Field} type="number" inputmode="numeric" min="0" label="${label}, minutes" name=${name} defaultValue=${seconds / 60} hint=${hint} error=${wrong[name]} />`;
  return html`<details class="more-fields" open=${bad || meta !== null}><summary>Waitlist, rules, prizes, and how results are answered</summary><div class="form">
    <div class="pair"><${Field} type="number" inputmode="numeric" min="0" label="Waitlist" name="waitlist_capacity" defaultValue=${meta?.waitlist_capacity ?? preset?.waitlist_capacity} error=${wrong.waitlist_capacity} />
      <${Choice} label="Who finds it" name="visibility" choices=${[["public", "Everybody"], ["unlisted", "Whoever has the address"]]} chosen=${meta?.visibility === "unlisted" ? "unlisted" : "public"} error=${wrong.visibility} /></div>
    <${Field} label="Rules" name="rules_text" as="textarea" rows="4" maxlength="10000" error=${wrong.rules_text}>${meta?.rules_text}<//>
    <${Field} label="Prizes" name="prizes" as="textarea" rows="3" placeholder=${"1: ₹5,000\n2-3: ₹1,000"} hint="One a line: a place or a range, a colon, the prize." error=${wrong.prizes}>${prizes}<//>
    <div class="pair">${minutes("confirm_window_s", "Answer to a claim within", meta?.confirm_window_s ?? 900, "Then a referee decides.")}${minutes("protest_window_s", "Protest within", meta?.protest_window_s ?? 1800, "After a result.")}</div>
    <${Switch} label="Confirm by itself" name="auto_confirm" checked=${meta?.auto_confirm ?? false} hint="What nobody answers to in time, where a screenshot shows it and nothing is in doubt." />
    <div class="field"><label for="zone-of-it">Its time zone</label><select id="zone-of-it" name="time_zone" aria-invalid=${wrong.time_zone ? "true" : null}>${options(zones(zone), zone)}</select><p class="hint">Everybody sees times by their own clock; this one is said beside them.</p></div></div></details>`;
}
