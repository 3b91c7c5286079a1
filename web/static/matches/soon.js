/** The own matches that wait for a look: read, and not confirmed yet. */

import { html } from "../html.js";
import { Rows } from "./index.js";
import "./look.js";
import { useMatches } from "./store.js";

const MOST = 3;
const WAITING = { opponent: "", result: "", state: "proposed", since: "", until: "" };

export function MatchesSoon() {
  const { matches } = useMatches(WAITING);
  const waiting = matches.value?.slice(0, MOST) ?? [];
  return waiting.length > 0 && html`<h2>Matches to confirm</h2><${Rows} matches=${waiting} />`;
}
