/** Applying to host tournaments and scrims, and where that stands. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Field, Form, toast } from "../components.js";
import { inbox } from "../connection.js";
import { html } from "../html.js";
import { Loading } from "../resource.js";
import { api, upload } from "../session.js";
import { reasonOf } from "../words.js";

/** @typedef {{ id: number, display_name: string, about: string, links: string[], documents: { id: number, picture: { url: string, thumbnail_url: string } | null }[], state: string, reason: string }} Application */

/** @type {Record<string, [title: string, words: string]>} */
const STANDS = {
  submitted: ["Your application waits for a decision", "You are told here and by mail. Until then you can still change it."],
  needs_info: ["More is asked of your application", "Change it below; it then waits for a decision again."],
  approved: ["You are a host", "You can hold tournaments and scrims."],
  rejected: ["Your application was rejected", "You can apply again."],
  suspended: ["You may not host for now", ""],
};
const OPEN = ["submitted", "needs_info"];
const DOCUMENTS_MOST = 5;

export function Hosting() {
  const found = useSignal(/** @type {Application | null | undefined} */ (undefined));
  const refused = useSignal("");
  const load = async () => {
    try {
      const { host } = await api("GET", "profiles/user/");
      found.value = host && await api("GET", "hosts/application/");
    } catch (error) {
      refused.value = reasonOf(error);
    }
  };
  useEffect(() => {
    const told = (/** @type {any} */ { detail }) => { if (detail.notification.kind === "host_decided") load(); };
    load();
    inbox.addEventListener("notified", told);
    return () => inbox.removeEventListener("notified", told);
  }, []);
  if (refused.value) return html`<p class="wrong" role="alert">${refused.value}</p>`;
  if (found.value === undefined) return html`<${Loading} />`;
  const application = found.value;
  const [title, words] = (application && STANDS[application.state]) || ["Hold tournaments and scrims", "Tell who you are and what you have held. An administrator decides; you are told here and by mail."];
  const open = application !== null && OPEN.includes(application.state);
  return html`<div><h2>${title}</h2><p class="hint">${words}</p></div>
    ${application?.reason && html`<p class="notice">${application.reason}</p>`}
    ${(open || !application || application.state === "rejected") && html`<${Apply} key=${`${application?.id}-${application?.state}`} application=${open ? application : null} saved=${(/** @type {Application} */ now) => { found.value = now; }} />`}
    ${open && application && html`<${Documents} application=${application} changed=${load} />`}`;
}

/** @param {{ application: Application | null, saved: (application: Application) => void }} props */
function Apply({ application, saved }) {
  const act = async (/** @type {Record<string, string>} */ { display_name, about, links = "" }) => {
    const words = { display_name, about, links: links.split(/\s+/).filter(Boolean) };
    saved(await api(application ? "PATCH" : "POST", "hosts/application/", words));
    toast(application ? "Saved." : "Your application is on its way.");
  };
  return html`<${Form} act=${act} submit=${application ? "Save" : "Apply"}>${(/** @type {Record<string, string[]>} */ wrong) => html`
    <${Field} label="Name as a host" name="display_name" maxlength="60" autocomplete="organization" defaultValue=${application?.display_name} error=${wrong.display_name} />
    <${Field} label="Who you are and what you have held" name="about" as="textarea" rows="5" maxlength="2000" error=${wrong.about}>${application?.about}<//>
    <${Field} label="Links" name="links" as="textarea" rows="2" placeholder="https://…" hint="One a line: your community, earlier events." error=${wrong.links}>${application?.links.join("\n")}<//>`}<//>`;
}

/** @param {{ application: Application, changed: () => void }} props */
function Documents({ application: { documents }, changed }) {
  const refused = useSignal("");
  const share = useSignal(/** @type {number | null} */ (null));
  const add = async (/** @type {any} */ { currentTarget }) => {
    const form = new FormData();
    form.append("file", currentTarget.files[0]);
    [refused.value, share.value] = ["", 0];
    await upload("POST", "hosts/application/documents/", form, (part) => { share.value = part; }).then(changed, (error) => { refused.value = reasonOf(error); });
    share.value = null;
    currentTarget.value = "";
  };
  const remove = (/** @type {number} */ id) => api("DELETE", `hosts/application/documents/${id}/`).then(changed, (error) => toast(reasonOf(error)));
  return html`<h2>Documents</h2><p class="hint">Pictures that only administrators see: a proof of who you are, a poster of an event. At most ${DOCUMENTS_MOST}.</p>
    <ul class="cards" aria-label="Documents">${documents.map(({ id, picture }, at) => html`<li key=${id} class="card row">${picture && html`<a class="grow" href=${picture.url} target="_blank"><img src=${picture.thumbnail_url} width="96" height="72" alt="Document ${at + 1}" loading="lazy" /></a>`}
      <button type="button" class="button" aria-label="Remove document ${at + 1}" onclick=${() => remove(id)}>Remove</button></li>`)}</ul>
    ${documents.length < DOCUMENTS_MOST && html`<label class="button file">Add a picture<input type="file" accept="image/*" onchange=${add} /></label>`}
    ${share.value !== null && html`<progress aria-label="Upload" value=${share.value} max="1"></progress>`}
    ${refused.value && html`<p class="wrong" role="alert">${refused.value}</p>`}`;
}
