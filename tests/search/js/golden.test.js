// The browser's tokeniser, numerals and bits say what the golden vectors say; Python's are held to the same.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { before, test } = require("node:test");
const { page } = require("./harness");

const golden = JSON.parse(fs.readFileSync(path.join(__dirname, "../golden.json"), "utf8"));
let inner;
let table;

/** What comes out of the page's own world has other prototypes. */
const plain = (value) => JSON.parse(JSON.stringify(value));

before(async () => {
  const { search } = page(process.env.LUNXUN_INDEX);
  table = await (await search.open("")).foldTable();
  inner = search.inner;
});

test("tokens", () => {
  for (const { text, indexed, pairs } of golden.tokens) {
    const characters = inner.words.indexed(inner.words.fold(text, table));
    assert.equal(characters.join(""), indexed, text);
    const found = [];
    for (const run of inner.words.runs(characters)) {
      if (run.text.length === 1) found.push([run.start, run.text[0]]);
      for (let at = 0; at + 1 < run.text.length; at += 1) found.push([run.start + at, run.text[at] + run.text[at + 1]]);
    }
    assert.deepEqual(found, pairs, text);
  }
});

test("variants", () => {
  for (const { query, variants } of golden.variants) {
    const folded = inner.words.fold(query, table).join("");
    assert.deepEqual(plain(inner.variants(folded)), variants, query);
  }
});

test("articles", () => {
  for (const { query, cited } of golden.articles) {
    const found = inner.articles.cited(inner.words.parse(query, table).words);
    assert.deepEqual(found && plain(found).map((word) => [word.written, word.article || ""]), cited, query);
  }
});

test("lists", () => {
  for (const { numbers, characters } of golden.lists) {
    assert.deepEqual(Array.from(inner.lists.wholeList(characters)), numbers);
  }
});

test("columns", () => {
  for (const { numbers, characters } of golden.columns) {
    assert.deepEqual(Array.from(inner.lists.column(characters, numbers.length)), numbers);
  }
});

test("the characters that need the table are known from the start file", async () => {
  const engine = await page(process.env.LUNXUN_INDEX).search.open("");
  assert.deepEqual(new Set(engine.foldable), new Set(Array.from(table.keys(), (character) => character.codePointAt(0))));
  for (const character of "網體黨") assert.ok(engine.foldable.has(character.codePointAt(0)), character);
  for (const character of "网体党AＡ，") assert.ok(!engine.foldable.has(character.codePointAt(0)), character);
});
