/** Rows that slide to their new rank. */

import { useLayoutEffect, useRef } from "preact/hooks";

const MOVE_MS = 250;
const EASE = "cubic-bezier(.2,.7,.2,1)";

/** Whatever changed its place in the box slides there from where it was; rows are known by their `data-key`. */
export function useSliding() {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const places = useRef(/** @type {Map<string, number> | null} */ (null));
  useLayoutEffect(() => {
    const before = places.current;
    const now = new Map();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const row of /** @type {HTMLElement[]} */ ([...(box.current?.children ?? [])])) {
      const key = row.dataset["key"] ?? "";
      now.set(key, row.offsetTop);
      const was = before?.get(key);
      if (before && was !== row.offsetTop) row.dataset["movedAt"] = String(Date.now());
      if (!before || still) continue;
      if (was === undefined) row.animate([{ opacity: 0, transform: "translateY(8px)" }, {}], { duration: MOVE_MS, easing: EASE });
      else if (was !== row.offsetTop) row.animate([{ transform: `translateY(${was - row.offsetTop}px)` }, {}], { duration: MOVE_MS, easing: EASE });
    }
    places.current = now;
  });
  return box;
}
