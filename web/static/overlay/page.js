/** A board on air: opened with a key in the fragment, it shows what that key allows, and never an error. */

import { Live } from "../live.js";
import { Board, HEIGHT, WIDTH } from "./board.js";

const FORBIDDEN = 4303; // the key opens nothing, or nothing any more
const AGAIN_MS = 10_000;
const LOOKS = 2; // style sheets

const key = new URLSearchParams(location.hash.slice(1)).get("k");
const board = new Board(document.body);

/** The whole of 1920 by 1080 is in the window, whatever its size. */
function fit() {
  board.scale(Math.min(innerWidth / WIDTH, innerHeight / HEIGHT));
}

/** @param {string} overlay the key */
function begin(overlay) {
  let isSubscribed = false;
  const live = new Live({
    url: `${location.protocol.replace("http", "ws")}//${location.host}/ws/`,
    overlay,
    onwelcome: ({ overlay: id }) => {
      if (isSubscribed) return;
      isSubscribed = true;
      live.subscribe(`overlay.${id}`, { state: (state) => board.show(state), ended: () => { isSubscribed = false; } });
    },
    onstatus: () => {
      if (live.status !== "stopped") return; // whatever else became of the connection: what was shown stays
      if (live.closeCode === FORBIDDEN) board.clear();
      else setTimeout(() => live.start(), AGAIN_MS);
    },
  });
  live.start();
}

addEventListener("hashchange", () => location.reload());
addEventListener("resize", fit);
fit();
if (document.styleSheets.length < LOOKS) setTimeout(() => location.reload(), AGAIN_MS); // one could not be fetched
else if (key) begin(key);
