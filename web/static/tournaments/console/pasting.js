/** A table that was pasted: lines of a name, a place and kills, in any of the ways that tables are copied. Pure. */

/** @typedef {{ payload: { rows: { entrant: number, placement: number | null, kills: number | null }[], absent: number[] }, unknown: string[] }} Pasted */

/** @param {string} text letters and digits alone, so that names meet whatever stands between */
const bare = (text) => text.normalize("NFKD").toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");

/**
 * Cells by tabs, semicolons, commas or wide gaps; a line without them ends with its numbers. Of the numbers the first is the
 * place and the second the kills; with one number alone the lines stand in the order of places.
 * @param {string} text @param {import("../shapes.js").EntrantCard[]} entrants @returns {Pasted}
 */
export function pasted(text, entrants) {
  const rows = [];
  const unknown = [];
  const left = new Map(entrants.map((one) => [one.id, one]));
  for (const line of text.split(/\r?\n/).filter((one) => one.trim())) {
    const { name, numbers } = cellsOf(line);
    const found = [...left.values()].find((one) => bare(one.name) === bare(name) || (one.tag !== "" && bare(one.tag) === bare(name)) || (one.tag !== "" && bare(one.tag + one.name) === bare(name)));
    if (!name && !numbers.length) continue;
    if (!found) {
      if (numbers.length) unknown.push(name || line.trim());
      continue;
    }
    left.delete(found.id);
    const [first = null, second = null] = numbers;
    rows.push(numbers.length > 1 ? { entrant: found.id, placement: first, kills: second } : { entrant: found.id, placement: rows.length + 1, kills: first });
  }
  return { payload: { rows, absent: [...left.keys()] }, unknown };
}

/** @param {string} line */
function cellsOf(line) {
  const cells = line.trim().split(/\t|;|,|\s{2,}/).map((cell) => cell.trim()).filter(Boolean);
  const isNumber = (/** @type {string} */ cell) => /^#?\d{1,4}$/.test(cell);
  const numberOf = (/** @type {string} */ cell) => Number(cell.replace("#", ""));
  if (cells.length > 1) return { name: cells.find((cell) => !isNumber(cell)) ?? "", numbers: cells.filter(isNumber).map(numberOf) };
  const found = /^(?:#?(\d{1,3})[.)]?\s+)?(.*?)((?:\s+\d{1,4})*)$/.exec(line.trim());
  const [, place, name = "", rest = ""] = found ?? [];
  return { name, numbers: [...(place ? [Number(place)] : []), ...rest.trim().split(/\s+/).filter(Boolean).map(Number)] };
}
