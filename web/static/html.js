/** The tag that makes Preact elements of templates. */

import htm from "htm";
import { h } from "preact";

export const html = htm.bind(h);
