/** A number that counts to its new value. */

import { useEffect, useRef } from "preact/hooks";
import { html } from "../html.js";

const COUNT_MS = 250;

/** @param {{ to: number, show: (value: number) => string }} props */
export function Count({ to, show }) {
  const node = useRef(/** @type {HTMLElement | null} */ (null));
  const from = useRef(to);
  useEffect(() => {
    const [start, begun] = [from.current, performance.now()];
    from.current = to;
    if (start === to || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    let frame = 0;
    const step = (/** @type {number} */ now) => {
      const part = Math.min(1, (now - begun) / COUNT_MS);
      if (node.current) node.current.textContent = show(Math.round(start + (to - start) * part));
      if (part < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => {
      cancelAnimationFrame(frame);
      if (node.current) node.current.textContent = show(to);
    };
  }, [to]);
  return html`<span ref=${node}>${show(to)}</span>`;
}
