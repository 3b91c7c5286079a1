/** What teams wear. */

import { wear } from "../styles.js";

await wear("teams/teams.css", "rooms.css");
