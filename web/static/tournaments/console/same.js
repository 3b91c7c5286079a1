/** Whether two payloads say the same, whatever the order of their rows and keys. Pure. */

/** @param {any} value @returns {any} */
function inOrder(value) {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().filter((key) => value[key] !== null && !(Array.isArray(value[key]) && !value[key].length)).map((key) => [key, inOrder(value[key])]));
}

/** @param {any} payload */
function canonical(payload) {
  const { rows, absent, ...more } = payload ?? {};
  const byEntrant = (/** @type {any} */ one, /** @type {any} */ other) => one.entrant - other.entrant;
  return JSON.stringify(inOrder({ ...more, ...(rows && { rows: [...rows].sort(byEntrant) }), ...(absent && { absent: [...absent].sort((one, other) => one - other) }) }));
}

/** @param {any} one @param {any} other */
export const sameResult = (one, other) => canonical(one) === canonical(other);
