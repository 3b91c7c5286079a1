/**
 * Who is signed in here, and the way to the REST face.
 *
 * The access token lives in memory; the refresh token is an HttpOnly cookie that this page never sees. Tabs share one
 * sign-in: one of them renews at a time and tells the others.
 */

import { signal } from "@preact/signals";
import { uuid } from "./words.js";

/**
 * @typedef {{ id: number | null, username: string | null, name: string, avatar: string }} UserCard
 * @typedef {{ id: number, username: string, name: string, avatar: string, email: string | null, email_verified: boolean,
 *   is_staff: boolean, created_at: string, delete_due_at: string | null }} OwnUser
 */

const KEPT = "guildhall.user"; // who was signed in when this browser last looked, so that the page starts as theirs
const HERE = "guildhall_here"; // a cookie that says no more than that somebody is: storage may lag behind a quick reload
const HERE_S = 7 * 86_400;
const TIMEOUT_MS = 15_000;
const tabs = new BroadcastChannel("guildhall.session");

/** @type {import("@preact/signals").Signal<OwnUser | null>} Null: nobody is signed in. */
export const user = signal(kept());
/** @type {string | null} */
let access = null;
/** @type {Promise<string | null> | null} */
let renewing = null;
/** Whether this sign-in is about to end by the person's own act, so that nobody tries to renew it. */
export let leaving = false;

/** A refusal of the REST face: `code` is a stable word, `fields` says what was wrong where, `retry_after` is in seconds. */
export class ApiError extends Error {
  /** @param {number} status @param {any} body @param {number | null} retry_after */
  constructor(status, body, retry_after) {
    super(body?.detail ?? "The server could not do this. Try again in a moment.");
    this.status = status;
    this.code = body?.code ?? "failed";
    /** @type {Record<string, string[]>} */
    this.fields = body?.fields ?? {};
    this.retry_after = retry_after;
    /** @type {Record<string, any>} What else a refusal says. */
    this.facts = body ?? {};
  }
}

/**
 * Ask the REST face; answers the decoded body. Raises ApiError; `unreachable` when there was no answer.
 * @param {string} method
 * @param {string} route under `/api/`
 * @param {object} [body]
 * @param {string} [again] the key of an attempt that this one repeats
 * @returns {Promise<any>}
 */
export async function api(method, route, body, again) {
  const key = method === "POST" ? again ?? uuid() : null;
  const bearer = user.value && (await token(null));
  let answer = await send(method, route, body, bearer, key);
  if (answer.status === 401 && bearer) {
    const another = await token(bearer);
    if (another) answer = await send(method, route, body, another, key);
  }
  return read(answer);
}

/**
 * Send a form with files in it; answers the decoded body. Raises as `api` does.
 * @param {string} method
 * @param {string} route under `/api/`
 * @param {FormData} form
 * @param {(part: number) => void} onprogress hears how much of it is sent, 0 to 1
 * @param {string} [again] the key of an attempt that this one repeats
 * @returns {Promise<any>}
 */
export async function upload(method, route, form, onprogress, again) {
  const bearer = await token(null);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch tells nothing of how far it is
    request.open(method, `/api/${route}`);
    request.setRequestHeader("X-Guildhall-Client", "web");
    request.setRequestHeader("Authorization", `Bearer ${bearer}`);
    if (again) request.setRequestHeader("Idempotency-Key", again);
    request.upload.onprogress = ({ loaded, total }) => onprogress(total ? loaded / total : 0);
    request.onload = () => read(new Response(request.status === 204 ? null : request.responseText, { status: request.status })).then(resolve, reject);
    request.onerror = () => reject(unreachable());
    request.send(form);
  });
}

/** An access token that is not `stale`; null when nobody is signed in. @param {string | null} stale */
export async function token(stale) {
  if (!user.value) return null;
  if (access && access !== stale) return access;
  renewing ??= alone(() => renew(stale)).finally(() => { renewing = null; });
  return renewing;
}

/** Find out who is signed in where only the cookie tells that somebody is; to be awaited before anything is shown. */
export async function restore() {
  if (user.value || !document.cookie.includes(HERE)) return;
  try {
    const answer = await read(await send("POST", "auth/token/refresh/", {}, null, null));
    await enter(answer.access);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) forget();
  }
}

/** Sign in with a name or an e-mail address. @param {string} name @param {string} password */
export async function signIn(name, password) {
  const login = name.includes("@") ? { email: name } : { username: name };
  const answer = await api("POST", "auth/login/", { ...login, password, cookie: true });
  await enter(answer.access);
}

/** Make an account and be signed in to it. @param {{ email: string, password: string, username?: string }} account */
export async function signUp(account) {
  const answer = await api("POST", "auth/register/", { ...account, cookie: true });
  await enter(answer.access, answer.user);
}

/** End this sign-in, here and in every tab. */
export const signOut = () => leaveBy("POST", "auth/logout/", {});

/** Ask for this account to be deleted, which ends all of its sign-ins. */
export const deleteAccount = () => leaveBy("DELETE", "users/me/");

/** @param {string} method @param {string} route @param {object} [body] */
async function leaveBy(method, route, body) {
  leaving = true;
  await api(method, route, body).finally(() => { leaving = false; });
  leave();
}

/** Take over what the server says of this account now. @param {OwnUser} [known] */
export async function refreshUser(known) {
  const own = known ?? (await api("GET", "users/me/"));
  localStorage.setItem(KEPT, JSON.stringify(own));
  keepHere(HERE_S);
  user.value = own;
}

/** Nobody is signed in any more. */
export function leave() {
  if (!user.value) return;
  forget();
  tabs.postMessage({ access: null });
}

/** @param {string} fresh @param {OwnUser} [known] */
async function enter(fresh, known) {
  access = fresh;
  await refreshUser(known ?? (await read(await send("GET", "users/me/", undefined, fresh, null))));
  tabs.postMessage({ access, own: user.value });
}

/** @param {string | null} stale */
async function renew(stale) {
  if (access && access !== stale) return access; // another tab renewed while we waited for our turn
  const answer = await send("POST", "auth/token/refresh/", {}, null, null);
  if (answer.status === 401 || answer.status === 403) {
    leave();
    return null;
  }
  access = /** @type {string} */ ((await read(answer)).access);
  tabs.postMessage({ access });
  return access;
}

/** One tab at a time, where the browser can (it cannot on an insecure address). @param {() => Promise<string | null>} work */
async function alone(work) {
  return navigator.locks ? navigator.locks.request("guildhall.renew", work) : work();
}

tabs.onmessage = ({ data }) => { // `own` comes with a new sign-in
  if (!data.access) return forget();
  access = data.access;
  if (data.own) user.value = data.own;
};

function forget() {
  access = null;
  localStorage.removeItem(KEPT);
  keepHere(0);
  user.value = null;
}

/** @param {number} seconds */
function keepHere(seconds) {
  document.cookie = `${HERE}=1; path=/; max-age=${seconds}; samesite=strict`;
}

/** @returns {OwnUser | null} */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} method
 * @param {string} route
 * @param {object | undefined} body
 * @param {string | null} bearer
 * @param {string | null} key
 */
async function send(method, route, body, bearer, key) {
  const headers = {
    "X-Guildhall-Client": "web",
    ...(body && { "Content-Type": "application/json" }),
    ...(bearer && { Authorization: `Bearer ${bearer}` }),
    ...(key && { "Idempotency-Key": key }),
  };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(`/api/${route}`, { method, headers, signal, ...(body && { body: JSON.stringify(body) }) });
  } catch {
    throw unreachable();
  }
}

const unreachable = () => new ApiError(0, { code: "unreachable", detail: "The server cannot be reached. Check your connection, then try again." }, null);

/** @param {Response} answer */
async function read(answer) {
  const body = await answer.json().catch(() => null);
  if (answer.ok) return body;
  throw new ApiError(answer.status, body, Number(answer.headers.get("Retry-After")) || null);
}
