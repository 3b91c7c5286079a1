/** The forms of a list and of an item: their words, when they take place, when voting ends. */

import { useRef } from "preact/hooks";
import { Dialog, Field, Form, Switch, toast } from "../components.js";
import { serverTime } from "../connection.js";
import { html } from "../html.js";
import { go } from "../router.js";
import { api } from "../session.js";
import { options, zones } from "../zones.js";
import { CATEGORIES } from "./rules.js";

/**
 * @typedef {import("./rules.js").List} List
 * @typedef {import("./rules.js").Item} Item
 * @typedef {Record<string, string[]>} Wrong
 * @typedef {Record<string, string>} Values
 */

const SOON = { "in 15 min": 15, "in 1 hour": 60, "in 1 day": 24 * 60, "in 1 week": 7 * 24 * 60 };
const EMPTY_SCHEDULE = { start_date: null, end_date: null, start_time: null, end_time: null };

/** @param {{ onclose: () => void }} props */
export function NewListDialog({ onclose }) {
  /** @param {Values} values */
  const act = async (values) => {
    const list = await api("POST", "bucketlists/", { ...wordsOf(values), ...settingsOf(values), ...closingOf(values) });
    onclose();
    go(`/lists/${list.id}`);
  };
  return html`<${Dialog} label="New list" onclose=${onclose}><${Form} act=${act} submit="Make the list">${(/** @type {Wrong} */ wrong) => html`
    <${Field} label="What is it about?" name="title" maxlength="200" autofocus placeholder="Road trip 2026" error=${wrong.title} />
    <${Field} label="More about it" name="description" as="textarea" rows="2" maxlength="5000" error=${wrong.description} />
    <${DeadlineFields} wrong=${wrong} />
    <${Settings} wrong=${wrong} />`}<//><//>`;
}

/** @param {{ list: List, onclose: () => void }} props */
export function EditListDialog({ list, onclose }) {
  /** @param {Values} values */
  const act = async (values) => {
    await api("PATCH", `bucketlists/${list.id}/`, { ...wordsOf(values), ...scheduleOf(values), ...settingsOf(values), time_zone: values.time_zone, ...(list.is_frozen ? {} : closingOf(values, list)) });
    onclose();
    toast("Saved.");
  };
  return html`<${Dialog} label="Edit the list" onclose=${onclose}><${Form} act=${act} submit="Save">${(/** @type {Wrong} */ wrong) => html`
    <${Field} label="Title" name="title" maxlength="200" defaultValue=${list.title} error=${wrong.title} />
    <${Field} label="More about it" name="description" as="textarea" rows="3" maxlength="5000" error=${wrong.description}>${list.description}<//>
    ${!list.is_frozen && html`<${DeadlineFields} list=${list} wrong=${wrong} />`}
    <${Settings} list=${list} wrong=${wrong} />
    <${ScheduleFields} of=${list} wrong=${wrong} />
    <${Field} label="Time zone" name="time_zone" as="select" error=${wrong.time_zone}>${options(zones(list.time_zone), list.time_zone)}<//>`}<//><//>`;
}

/** @param {{ list?: List, wrong: Wrong }} props */
function Settings({ list, wrong }) {
  return html`<fieldset><legend>Who takes part</legend>
    <${Switch} label="Public" name="is_public" checked=${list?.is_public ?? false} hint="Anyone can read it, and find it among the public lists." />
    <${Switch} label="Viewers vote too" name="allow_viewer_voting" checked=${list?.allow_viewer_voting ?? false} hint="On a public list that is everyone who is signed in." />
    ${wrong.is_public && html`<p class="wrong">${wrong.is_public.join(" ")}</p>`}</fieldset>`;
}

/** When voting ends. @param {{ list?: List, wrong: Wrong }} props */
export function DeadlineFields({ list, wrong }) {
  const box = useRef(/** @type {HTMLFieldSetElement | null} */ (null));
  const { date, time } = fieldsOf(list);
  /** @param {string} name */
  const input = (name) => /** @type {HTMLInputElement} */ (box.current?.querySelector(`[name=${name}]`));
  const set = (/** @type {number | null} */ minutes) => {
    const at = minutes === null ? { date: "", time: "" } : localOf(serverTime() + minutes * 60_000);
    [input("deadline_date").value, input("deadline_time").value] = [at.date, at.time];
  };
  const error = wrong.decision_deadline ?? wrong.deadline;
  return html`<fieldset ref=${box}><legend>Voting ends</legend>
    <div class="pair two"><${Field} label="Day" name="deadline_date" type="date" defaultValue=${date} error=${error} />
      <${Field} label="Time" name="deadline_time" type="time" defaultValue=${time} hint="Your time. Empty: at the end of the day." /></div>
    <div class="chips">${Object.entries(SOON).map(([words, minutes]) => html`<button type="button" key=${words} class="chip" onclick=${() => set(minutes)}>${words}</button>`)}
      <button type="button" class="chip" onclick=${() => set(null)}>no deadline</button></div></fieldset>`;
}

/** @param {{ of: import("./rules.js").Schedule, wrong: Wrong }} props */
function ScheduleFields({ of, wrong }) {
  /** @param {"start_date" | "end_date" | "start_time" | "end_time"} name @param {string} label */
  const field = (name, label) => html`<${Field} label=${label} name=${name} type=${name.endsWith("date") ? "date" : "time"} defaultValue=${of[name]?.slice(0, name.endsWith("date") ? 10 : 5) ?? ""} error=${wrong[name]} />`;
  return html`<fieldset><legend>When it takes place</legend><div class="pair two">${field("start_date", "From")}${field("start_time", "At")}${field("end_date", "Until")}${field("end_time", "At")}</div></fieldset>`;
}

/** @param {{ item: Item, onclose: () => void }} props */
export function EditItemDialog({ item, onclose }) {
  /** @param {Values} values */
  const act = async (values) => {
    await api("PATCH", `items/${item.id}/`, { ...wordsOf(values), ...scheduleOf(values), category: values.category ?? "" });
    onclose();
  };
  return html`<${Dialog} label="Edit the item" onclose=${onclose}><${Form} act=${act} submit="Save">${(/** @type {Wrong} */ wrong) => html`
    <${Field} label="Title" name="title" maxlength="200" defaultValue=${item.title} error=${wrong.title} />
    <${Field} label="More about it" name="description" as="textarea" rows="3" maxlength="5000" error=${wrong.description}>${item.description}<//>
    <${Field} label="Kind" name="category" as="select" error=${wrong.category}>${options([["", "Not said"], ...Object.entries(CATEGORIES)], item.category)}<//>
    <${ScheduleFields} of=${{ ...EMPTY_SCHEDULE, ...item }} wrong=${wrong} />
    ${item.upvotes_count + item.downvotes_count > 0 && html`<p class="hint">People have voted on this. Their votes stay, and they are told that it changed.</p>`}`}<//><//>`;
}

/** Close a list now, or open its next round. @param {{ list: List, onclose: () => void }} props */
export function FreezeDialog({ list, onclose }) {
  const passed = list.decision_deadline !== null && Date.parse(list.decision_deadline) <= serverTime();
  /** @param {Values} values */
  const act = async (values) => {
    const closing = list.is_frozen && passed ? { decision_deadline: null, ...closingOf(values) } : {};
    await api("PUT", `bucketlists/${list.id}/freeze/`, { is_frozen: !list.is_frozen, ...closing });
    onclose();
  };
  if (!list.is_frozen) {
    return html`<${Dialog} label="Close the list now?" onclose=${onclose}><${Form} act=${act} submit="Close now" danger>
      ${() => html`<p class="hint">It closes for everyone this moment, and the votes are sealed. You can open another round later.</p>`}<//><//>`;
  }
  return html`<${Dialog} label="Open the list again" onclose=${onclose}><${Form} act=${act} submit="Open round ${list.round + 1}">${(/** @type {Wrong} */ wrong) => html`
    <p class="hint">The sealed result stays. All votes go on into round ${list.round + 1}, where they can be changed.</p>
    ${passed && html`<${DeadlineFields} wrong=${wrong} />`}`}<//><//>`;
}

/** @param {Values} values */
const wordsOf = ({ title = "", description = "" }) => ({ title: title.trim(), description: description.trim() });
/** @param {Values} values */
const settingsOf = ({ is_public, allow_viewer_voting }) => ({ is_public: is_public === "on", allow_viewer_voting: allow_viewer_voting === "on" });
/** @param {Values} values */
const scheduleOf = (values) => Object.fromEntries(Object.keys(EMPTY_SCHEDULE).map((name) => [name, values[name] || null]));

/** What the form says of the deadline; nothing where that is what stands. @param {Values} values @param {List} [list] */
function closingOf({ deadline_date = "", deadline_time = "" }, list) {
  const before = fieldsOf(list);
  if (before.date === deadline_date && before.time === deadline_time) return {};
  if (!deadline_date) return { decision_deadline: null };
  return { decision_deadline: deadline_time ? new Date(`${deadline_date}T${deadline_time}`).toISOString() : deadline_date };
}

/** @param {List} [list] */
function fieldsOf(list) {
  if (!list?.decision_deadline) return { date: "", time: "" };
  if (!list.deadline_is_date) return localOf(Date.parse(list.decision_deadline));
  return { date: new Date(Date.parse(`${list.decision_deadline_local?.slice(0, 10)}T00:00:00Z`) - 1).toISOString().slice(0, 10), time: "" };
}

/** The day and the time of an instant, as this browser's clock has them. @param {number} ms */
function localOf(ms) {
  const at = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString();
  return { date: at.slice(0, 10), time: at.slice(11, 16) };
}
