/** What a text is cut into (C11, C17, C27). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { askedName, isSameName, lineOf, meant, piecesOf } from "../../web/static/chat/markup.js";

const cut = (text) => piecesOf(text).map(({ kind, text }) => [kind, text]);

test("links are http and https alone, end before punctuation and keep their brackets", () => {
  assert.deepEqual(cut("see (https://a.example/b_(c)), javascript:alert(1)."), [
    ["words", "see ("], ["link", "https://a.example/b_(c)"], ["words", "), javascript:alert(1)."],
  ]);
  assert.deepEqual(cut("data:text/html,x ftp://a.example //b.example"), [["words", "data:text/html,x ftp://a.example //b.example"]]);
  assert.deepEqual(cut("http://"), [["words", "http://"]]);
});

test("a name stands alone and leaves the full stop behind it", () => {
  assert.deepEqual(cut("gg @asha. and @ravi-k, @Émile!"), [
    ["words", "gg "], ["name", "@asha"], ["words", ". and "], ["name", "@ravi-k"], ["words", ", "], ["name", "@Émile"], ["words", "!"],
  ]);
  assert.deepEqual(cut("a@example.org @@asha @me"), [["words", "a@example.org @@asha @me"]]);
  assert.deepEqual(cut("https://a.example/@asha"), [["link", "https://a.example/@asha"]]);
});

test("code is neither a name nor a link, and ends only with as many backticks as it began", () => {
  assert.deepEqual(cut("run `@asha https://a.example` now"), [["words", "run "], ["code", "@asha https://a.example"], ["words", " now"]]);
  assert.deepEqual(cut("``a ` b``"), [["code", "a ` b"]]);
  assert.deepEqual(cut("one ` alone @asha"), [["words", "one ` alone "], ["name", "@asha"]]);
  assert.deepEqual(cut("`a`@asha"), [["code", "a"], ["name", "@asha"]]);
});

test("a fenced block goes on to its own end, or to the end of the text, and loses nothing but its language", () => {
  assert.deepEqual(cut("```js\nlet a;\n@asha\n```"), [["block", "let a;\n@asha"]]);
  assert.deepEqual(cut("so:\n~~~\n``` @asha\n~~~\n@ravi"), [["words", "so:\n"], ["block", "``` @asha"], ["name", "@ravi"]]);
  assert.deepEqual(cut("```\nopen @asha"), [["block", "open @asha"]]);
  assert.deepEqual(cut("```two words\nopen"), [["block", "two words\nopen"]]);
  assert.deepEqual(cut("```inline @asha``` @ravi"), [["code", "inline @asha"], ["words", " "], ["name", "@ravi"]]);
});

test("markup of the page is only text", () => {
  assert.deepEqual(cut("<img src=x onerror=alert(1)>"), [["words", "<img src=x onerror=alert(1)>"]]);
});

test("a long run of backticks costs no more than it should", () => {
  assert.equal(piecesOf("`a".repeat(1_000)).length > 0, true);
  assert.equal(piecesOf("`".repeat(2_000)).length, 1);
});

test("one line of it", () => assert.equal(lineOf("`a` is\nnot b"), "a is"));

test("the name before the caret is asked for, but not in code or in an address", () => {
  assert.deepEqual(askedName("hey @as", 7), { at: 4, name: "as" });
  assert.deepEqual(askedName("@", 1), { at: 0, name: "" });
  assert.equal(askedName("hey @asha you", 13), null);
  assert.equal(askedName("a@as", 4), null);
  assert.equal(askedName("`x @as`", 6), null);
});

test("names are compared as the server does, and people meant are found by both of their names", () => {
  assert.equal(isSameName("Asha", "ASHA"), true);
  const card = (id, username, name) => ({ id, username, name, avatar: "" });
  const people = [card(1, "ravi", "Ashok R"), card(2, "asha", "A"), card(2, "asha", "A"), card(null, null, "ashen")];
  assert.deepEqual(meant(people, "ash", 5).map(({ id }) => id), [2, 1]);
  assert.deepEqual(meant(people, "ash", 1).map(({ id }) => id), [2]);
});
