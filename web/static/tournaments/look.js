/** What tournaments and scrims wear. */

import { wear } from "../styles.js";

await wear("tournaments/tournaments.css", "tournaments/match.css", "matches/matches.css", "teams/teams.css", "rooms.css");
