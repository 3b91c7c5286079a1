/** What matches wear. */

import { wear } from "../styles.js";

await wear("matches/matches.css", "plots.css", "rooms.css");
