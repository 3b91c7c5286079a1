/** The form of a stage: format, groups, rules by name, and who goes on, in words. */

import { useSignal } from "@preact/signals";
import { Dialog, Field, Switch } from "../../components.js";
import { html } from "../../html.js";
import { Loading, useResource } from "../../resource.js";
import { api } from "../../session.js";
import { FORMATS } from "../words.js";
import { Choice, PlainDialog } from "./acting.js";
import { advanceWords, SEEDINGS, stageChanges } from "./stage_words.js";

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("../shapes.js").Stage} Stage
 * @typedef {Record<string, string[]>} Wrong
 * @typedef {{ name: string, body: any, published_at: string | null, id: number | null }} Rule
 */

/** @param {{ open: OpenCompetition, stage: Stage | null, onclose: () => void }} props */
export function StageDialog({ open, stage, onclose }) {
  const profiles = useResource("scoring-profiles/");
  const chains = useResource("tiebreak-chains/");
  const format = useSignal(/** @type {string} */ (stage?.format ?? "lobby"));
  const label = stage ? `Edit ${stage.name}` : "New stage";
  const act = (/** @type {Record<string, string>} */ values) => {
    const body = stageChanges({ ...values, format: format.value }, stage !== null && stage.state !== "planned", stage?.plan);
    return stage ? api("PATCH", `${open.route}stages/${stage.id}/`, body) : api("POST", `${open.route}stages/`, body);
  };
  if (!profiles.found.value || !chains.found.value) return html`<${Dialog} label=${label} onclose=${onclose}>${profiles.refusal || chains.refusal || html`<${Loading} />`}<//>`;
  return html`<${PlainDialog} label=${label} submit=${stage ? "Save" : "Add the stage"} act=${act} onclose=${onclose}>${(/** @type {Wrong} */ wrong) => html`
    <${Field} label="Name" name="name" maxlength="60" autocomplete="off" defaultValue=${stage?.name ?? (open.stages.value.length ? `Stage ${open.stages.value.length + 1}` : "Stage 1")} error=${wrong.name} />
    ${stage === null || stage.state === "planned" ? html`<${Shape} stage=${stage} format=${format} wrong=${wrong} scrim=${open.meta.value?.kind === "scrim"} />` : html`<p class="hint">It is drawn: take the draw back to change how it is played.</p>`}
    <${RuleFields} key=${format.value} stage=${stage} format=${format.value} profiles=${profiles.found.value.results} chains=${chains.found.value.results} wrong=${wrong} />
    ${open.meta.value?.kind !== "scrim" && html`<${Advance} stage=${stage} wrong=${wrong} />`}`}<//>`;
}

/** @param {{ stage: Stage | null, format: import("@preact/signals").Signal<string>, wrong: Wrong, scrim: boolean }} props */
function Shape({ stage, format, wrong, scrim }) {
  const plan = stage?.plan ?? {};
  const number = (/** @type {string} */ name, /** @type {string} */ label, /** @type {number} */ value, /** @type {number} */ most) => html`<${Field} type="number" inputmode="numeric" min="1" max=${most} label=${label} name=${name} defaultValue=${value} error=${wrong[name]} />`;
  return html`<${Choice} label="Format" name="format" choices=${Object.entries(FORMATS)} chosen=${format.value} onchange=${(/** @type {string} */ value) => { format.value = value; }} error=${wrong.format} />
    <div class="pair">${number("groups_count", "Groups", stage?.groups_count ?? 1, 64)}<${Choice} label="Seeds" name="seeding" choices=${Object.entries(SEEDINGS)} chosen=${stage?.seeding ?? "rank"} error=${wrong.seeding} /></div>
    <div class="pair">${format.value === "lobby" ? html`${number("matches", "Matches a group", plan.matches ?? 6, scrim ? 6 : 99)}${number("games", "Games a match", plan.games ?? 1, 99)}`
      : html`${number("best_of", "Best of", plan.best_of ?? 1, 99)}${format.value === "round_robin" && number("legs", "Times they meet", plan.legs ?? 1, 10)}`}</div>
    ${format.value === "round_robin" && html`<${Switch} label="A match may end level" name="draws" checked=${plan.draws ?? true} />`}
    <${Field} label="Maps" name="maps" autocomplete="off" placeholder="Erangel, Miramar" hint="In turn, one a round; may be empty." defaultValue=${(plan.maps ?? []).join(", ")} error=${wrong.maps} />${wrong.plan && html`<p class="wrong" role="alert">${wrong.plan}</p>`}`;
}

/** Rules by their names: those that fit the format. @param {{ stage: Stage | null, format: string, profiles: Rule[], chains: Rule[], wrong: Wrong }} props */
function RuleFields({ stage, format, profiles, chains, wrong }) {
  const sort = format === "lobby" ? "lobby" : "duel";
  const usual = /** @type {[string, string]} */ (["", "What is usual for the game"]);
  const names = (/** @type {Rule[]} */ rules) => [...new Set(rules.filter(({ id, published_at }) => id === null || published_at !== null).map(({ name }) => name))].map((name) => /** @type {[string, string]} */ ([name, name]));
  const same = stage?.format === format;
  return html`<div class="pair"><${Choice} label="Scored by" name="profile" choices=${[...(stage ? [] : [usual]), ...names(profiles.filter(({ body }) => body.format === sort))]} chosen=${same ? stage?.profile.name : ""} error=${wrong.profile} />
    <${Choice} label="Ties by" name="chain" choices=${[...(stage ? [] : [usual]), ...names(chains)]} chosen=${same ? stage?.chain.name : ""} error=${wrong.chain} /></div>`;
}

/** @param {{ stage: Stage | null, wrong: Wrong }} props */
function Advance({ stage, wrong }) {
  const advance = /** @type {any} */ (stage?.advance);
  const goes = useSignal(advance?.overall ? "overall" : advance ? "groups" : "none");
  const [going, best, carry] = [useSignal(Number(advance?.overall || advance?.per_group || 2)), useSignal(Number(advance?.best_next ?? 0)), useSignal(advance?.carry === "all" ? "all" : "none")];
  const rule = goes.value === "none" ? null : goes.value === "overall" ? { overall: going.value, carry: carry.value } : { per_group: going.value, best_next: best.value, carry: carry.value };
  const whole = (/** @type {import("@preact/signals").Signal<number>} */ of) => (/** @type {any} */ event) => { of.value = Number(event.currentTarget.value); };
  return html`<fieldset class="form"><legend>Who goes on</legend>
    <${Choice} label="To the next stage" name="goes" choices=${[["none", "Nobody: it is the last"], ["groups", "The first of each group"], ["overall", "The first of all"]]} chosen=${goes.value} onchange=${(/** @type {string} */ value) => { goes.value = value; }} error=${wrong.advance} />
    ${rule && html`<div class="pair"><${Field} type="number" inputmode="numeric" min="1" label="How many" name="going" value=${going.value} oninput=${whole(going)} />
      ${goes.value === "groups" && html`<${Field} type="number" inputmode="numeric" min="0" label="And the best of the next" name="best_next" value=${best.value} oninput=${whole(best)} />`}
      <${Choice} label="Points" name="carry" choices=${[["none", "Start from zero"], ["all", "Are carried along"]]} chosen=${carry.value} onchange=${(/** @type {string} */ value) => { carry.value = value; }} /></div><p class="hint" role="status">${advanceWords(/** @type {any} */ (rule))}</p>`}</fieldset>`;
}
