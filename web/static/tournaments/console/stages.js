/** Stages: how each is played, its draw, who goes on, and the matches of it. */

import { useSignal } from "@preact/signals";
import { Empty, toast } from "../../components.js";
import { html } from "../../html.js";
import { Icon } from "../../icons.js";
import { Menu } from "../../menu.js";
import { api } from "../../session.js";
import { counted } from "../../words.js";
import { ActButton, PlainDialog, Refused, useActs } from "./acting.js";
import { Lot, Ordering } from "./lots.js";
import { MatchesOf } from "./matches_of.js";
import { StageDialog } from "./stage_form.js";
import { advanceWords, shapeWords, STAGE_STATES } from "./stage_words.js";

/**
 * @typedef {import("../store.js").OpenCompetition} OpenCompetition
 * @typedef {import("../shapes.js").Stage} Stage
 * @typedef {import("./acting.js").Acts} Acts
 */

/** @param {{ open: OpenCompetition }} props */
export function Stages({ open }) {
  const adds = useSignal(false);
  const stages = open.stages.value;
  const mayAdd = open.meta.value?.kind !== "scrim" || !stages.length;
  const add = () => { adds.value = true; };
  return html`${!stages.length && html`<${Empty} icon="play" title="How is it played?" heading="h2"><p>A stage says it: a lobby, everybody against everybody, or a knockout.</p><button type="button" class="button primary" onclick=${add}>Add a stage</button><//>`}
    ${stages.map((stage) => html`<${One} key=${stage.id} open=${open} stage=${stage} next=${stages.find(({ number }) => number === stage.number + 1)} />`)}
    ${stages.length > 0 && mayAdd && html`<p><button type="button" class="button" onclick=${add}><${Icon} name="plus" />Add a stage</button></p>`}
    ${adds.value && html`<${StageDialog} open=${open} stage=${null} onclose=${() => { adds.value = false; }} />`}`;
}

/** @param {{ open: OpenCompetition, stage: Stage, next: Stage | undefined }} props */
function One({ open, stage, next }) {
  const acts = useActs(open);
  const asks = useSignal(/** @type {"edit" | "order" | null} */ (null));
  const close = () => { asks.value = null; };
  const refusal = acts.refusal.value;
  const words = [shapeWords(stage), `scored by ${stage.profile.name}, ties by ${stage.chain.name}`].filter(Boolean).join("; ");
  return html`<section class="card stage-card" aria-label=${stage.name}><header class="row"><div class="grow"><h2>${stage.name}</h2><p class="hint">${STAGE_STATES[stage.state]}</p></div><${Acts} open=${open} acts=${acts} stage=${stage} ask=${(/** @type {any} */ what) => { asks.value = what; }} /></header>
    <p>${words}.</p>${stage.advance && next && html`<p>${advanceWords(stage.advance)}</p>`}
    ${stage.groups.length > 1 && stage.state !== "planned" && html`<${Groups} open=${open} stage=${stage} />`}
    <${Main} open=${open} acts=${acts} stage=${stage} next=${next} order=${() => { asks.value = "order"; }} />
    <${Refused} acts=${acts} name="stage" />
    ${refusal?.code === "tied_at_the_cut" && html`<${Lot} open=${open} stage=${stage} tied=${refusal.facts.tied} words="They are tied across the last place that goes on. Draw, or enter how their play-off ended; then advance again." done=${() => { acts.refusal.value = null; }} />`}
    ${stage.state !== "planned" && html`<${MatchesOf} open=${open} stage=${stage} />`}
    ${asks.value === "edit" && html`<${StageDialog} open=${open} stage=${stage} onclose=${close} />`}
    ${asks.value === "order" && html`<${OrderDialog} open=${open} stage=${stage} onclose=${close} />`}</section>`;
}

/** The next thing that a stage wants. @param {{ open: OpenCompetition, acts: Acts, stage: Stage, next: Stage | undefined, order: () => void }} props */
function Main({ open, acts, stage, next, order }) {
  const route = `${open.route}stages/${stage.id}/`;
  const closed = ["registration_closed", "check_in", "live", "paused"].includes(open.meta.value?.state ?? "");
  const advance = async () => {
    await api("POST", `${route}advance/`, {});
    toast(`${next?.name} is drawn.`);
  };
  if (stage.state === "planned" && closed && stage.number === 1) {
    if (stage.seeding === "hand") return html`<p><button type="button" class="button primary" onclick=${order}>Seed and draw…</button></p>`;
    return html`<p><${ActButton} acts=${acts} name="stage" look="primary" words="Draw it" label="Draw ${stage.name}" call=${() => api("POST", `${route}draw/`, {})} /></p>`;
  }
  if (stage.state === "planned" && stage.number === 1) return html`<p class="hint">It is drawn once registration is closed, or by itself at the start.</p>`;
  if (stage.state === "settled" && next) return html`<p><${ActButton} acts=${acts} name="stage" look="primary" words="Advance to ${next.name}" call=${advance} /></p>`;
  return null;
}

/** @param {{ open: OpenCompetition, acts: Acts, stage: Stage, ask: (what: string) => void }} props */
function Acts({ open, acts, stage, ask }) {
  const route = `${open.route}stages/${stage.id}/`;
  const run = (/** @type {string} */ method, /** @type {string} */ below) => () => void acts.run("stage", () => api(method, `${route}${below}`, method === "POST" ? {} : undefined));
  const last = open.stages.value.at(-1)?.id === stage.id;
  const choices = [
    { icon: "edit", label: "Edit…", act: () => ask("edit") },
    ...(stage.state === "drawn" ? [{ icon: "play", label: "Draw again", act: stage.seeding === "hand" ? () => ask("order") : run("POST", "draw/") }, { icon: "back", label: "Take the draw back", act: run("DELETE", "draw/") }] : []),
    ...(stage.state === "planned" && last ? [{ icon: "delete", label: "Remove", act: run("DELETE", ""), danger: true }] : []),
  ];
  return html`<${Menu} label="What to do with ${stage.name}" choices=${choices} />`;
}

/** @param {{ open: OpenCompetition, stage: Stage }} props */
function Groups({ open, stage }) {
  const names = new Map(open.entrants.value.map(({ id, name }) => [id, name]));
  const renames = useSignal(/** @type {import("../shapes.js").Group | null} */ (null));
  const group = renames.value;
  return html`<details><summary>${counted(stage.groups.length, "group")}</summary><ul class="groups">${stage.groups.map((one) => html`<li key=${one.id}><p class="row"><b class="grow">${one.name}</b><button type="button" class="link" aria-label="Rename ${one.name}" onclick=${() => { renames.value = one; }}>Rename</button></p>
      <ol>${one.entrants.map((id) => html`<li key=${id} class="cut">${names.get(id) ?? `Entrant ${id}`}</li>`)}</ol></li>`)}</ul></details>
    ${group && html`<${PlainDialog} label="Rename ${group.name}" submit="Save" onclose=${() => { renames.value = null; }} act=${(/** @type {any} */ { name }) => api("PATCH", `${open.route}groups/${group.id}/`, { name })}>${(/** @type {any} */ wrong) => html`
      <div class="field"><input name="name" aria-label="Name" maxlength="60" autofocus defaultValue=${group.name} />${wrong.name && html`<p class="wrong">${wrong.name}</p>`}</div>`}<//>`}`;
}

/** Seeds put by hand. @param {{ open: OpenCompetition, stage: Stage, onclose: () => void }} props */
function OrderDialog({ open, stage, onclose }) {
  const there = stage.groups.flatMap(({ entrants }) => entrants);
  const playing = open.entrants.value.filter(({ state }) => ["confirmed", "checked_in", "active"].includes(state)).sort((one, other) => (one.seat ?? 0) - (other.seat ?? 0));
  const order = useSignal(there.length ? there : playing.map(({ id }) => id));
  const act = () => api("POST", `${open.route}stages/${stage.id}/draw/`, { order: order.value });
  return html`<${PlainDialog} label="Seeds of ${stage.name}" submit="Draw it" hint="The first seed first." act=${act} onclose=${onclose}>${() => html`<${Ordering} open=${open} order=${order} />`}<//>`;
}
