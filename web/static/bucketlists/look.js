/** What lists wear. */

import { wear } from "../styles.js";

await wear("bucketlists/lists.css", "plots.css", "rooms.css");
