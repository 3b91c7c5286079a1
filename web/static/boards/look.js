/** What boards wear. */

import { wear } from "../styles.js";

await wear("boards/boards.css");
