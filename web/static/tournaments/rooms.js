/** Tournaments and scrims, whatever of them an address names; fetched when one is first looked at. */

import { effect, untracked } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { local } from "../chat/chat.js";
import { html } from "../html.js";
import { heading } from "../layout.js";
import { later } from "../resource.js";
import { user } from "../session.js";
import { loadGames } from "../teams/games.js";
import { Index } from "./index.js";
import "./look.js";
import { matchChat } from "./match_store.js";
import { CompetitionPage } from "./page.js";
import { openCompetition, opened } from "./store.js";

const NewCompetition = later(() => import("./console/form.js").then((part) => part.NewCompetition));

effect(() => { local.value = matchChat.value ?? opened.value?.chat.value ?? null; });
effect(() => { heading.value = opened.value?.meta.value?.title ?? ""; });

/** @param {{ at: string }} props */
export function Play({ at }) {
  const found = /^\/(?:tournaments|scrims)\/(\d+)(\/console)?(?:\/(\w+)(?:\/(\d+))?)?$/.exec(at);
  const id = found ? Number(found[1]) : null;
  useEffect(() => { loadGames(); }, []);
  useEffect(() => {
    const stop = effect(() => {
      user.value?.id;
      untracked(() => openCompetition(id));
    });
    return () => {
      stop();
      openCompetition(null);
    };
  }, [id]);
  if (/^\/(play|tournaments|scrims)\/new$/.test(at)) return html`<${NewCompetition} />`;
  if (id === null) return html`<${Index} at=${at} />`;
  const open = opened.value;
  if (!open || open.id !== id) return html`<section class="page"></section>`;
  return html`<${CompetitionPage} key="${open.id}-${open.me}" open=${open} console=${found?.[2] !== undefined} part=${found?.[3] ?? ""} match=${found?.[4] ? Number(found[4]) : null} />`;
}
