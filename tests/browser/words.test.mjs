/** Times and numbers in words. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { countdownOf, lastingOf, listOf } from "../../web/static/words.js";

test("a length that people choose", () => {
  assert.deepEqual([5, 60, 90, 600, 3600, 86_400, 7 * 86_400].map(lastingOf), [
    "5 seconds", "1 minute", "90 seconds", "10 minutes", "1 hour", "1 day", "7 days",
  ]);
});

test("what is left, counting down, never less than nothing", () => {
  assert.deepEqual([-3, 0, 0.2, 59, 60, 3599.5, 21_600].map(countdownOf), ["0:00", "0:00", "0:01", "0:59", "1:00", "1:00:00", "6:00:00"]);
});

test("names in a row", () => {
  assert.deepEqual([[], ["Asha"], ["Asha", "Ravi"], ["Asha", "Ravi", "Mei"], ["Asha", "Ravi", "Mei", "Tom"]].map(listOf), [
    "", "Asha", "Asha and Ravi", "Asha, Ravi and 1 other", "Asha, Ravi and 2 others",
  ]);
});
