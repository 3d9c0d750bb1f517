// How queries are cut, how words are covered by pairs, and how lists meet.
"use strict";

const assert = require("node:assert/strict");
const { before, test } = require("node:test");
const { page } = require("./harness");

let inner;
let syllables;

before(async () => {
  const { search } = page(process.env.LUNXUN_INDEX);
  syllables = (await (await search.open("")).sounds()).syllables;
  inner = search.inner;
});

const words = (query) =>
  inner.words.parse(query).words.map((word) => (word.excluded ? "-" : "") + (word.phrase ? "“" : "") + word.text.join(""));

test("words are parted by spaces, phrases by quotes, and a minus excludes", () => {
  for (const [query, wanted] of [
    ["网格 党建", ["网格", "党建"]],
    ["网格　党建\t\n 网格", ["网格", "党建"]],
    ["“网格 党建”", ["“网格 党建"]],
    ["\"网格 党建\" 村", ["“网格 党建", "村"]],
    ["“网格”化", ["网格 化"]],
    ["“没有合上", ["没有合上"]],
    ["党建 -网格 －“一 二”", ["党建", "-网格", "-“一 二"]],
    ["2023-2027年", ["2023 2027年"]],
    ["- 网格", ["网格"]],
    ["《条例》，", ["条例"]],
    ["，。“” -- \u0000", []],
    ["ＡＢＣ１２", ["abc12"]],
    ["𠮷野家", ["𠮷野家"]],
    ["\ud800网格", ["网格"]],
  ]) {
    assert.deepEqual(Array.from(words(query)), wanted, query);
  }
});

test("long queries are cut and say so", () => {
  const { words: found, warnings } = inner.words.parse("网".repeat(10000));
  assert.equal(found[0].text.length, 200);
  assert.equal(warnings.length, 1);
  const many = Array.from({ length: 40 }, (_, index) => `词${index}`).join(" ");
  assert.equal(inner.words.parse(many).words.length, 12);
  assert.equal(inner.words.parse(many).warnings.length, 1);
});

test("letters are cut into syllables in every way", () => {
  const names = Array.from(syllables.keys());
  const cuts = (letters) =>
    Array.from(inner.words.cuts(letters, syllables), (cut) => cut.syllables.map((number) => names[number]).join("'") + (cut.open ? `+${cut.open}` : ""));
  assert.ok(cuts("wanggehua").includes("wang'ge'hua"));
  assert.ok(cuts("wanggehu").includes("wang'ge'hu"));
  assert.deepEqual(cuts("wanggezh"), ["wang'ge+zh"]);
  assert.deepEqual(new Set(cuts("xian")), new Set(["xian", "xi'an", "xia+n", "xi'a+n"]));
  assert.ok(cuts("nvxing").includes("nv'xing"));
  assert.ok(cuts("zhanlue").includes("zhan'lve"));
  assert.deepEqual(cuts("wgh"), []);
  assert.ok(cuts("an".repeat(30)).length <= 25);
  assert.deepEqual(cuts("an".repeat(29) + "qq"), []);
});

test("a cover holds every character and is as cheap as it can be", () => {
  const run = Array.from("甲乙丙丁戊己庚");
  for (let length = 2; length <= run.length; length += 1) {
    const part = run.slice(0, length);
    const pieces = inner.match.cover(part, () => 1);
    assert.equal(pieces.length, Math.ceil(length / 2));
    const covered = new Set(pieces.flatMap((piece) => [piece.offset, piece.offset + 1]));
    assert.equal(covered.size, length);
  }
  const dear = inner.match.cover(Array.from("甲乙丙丁戊"), (key) => (key === "丙丁" ? 100 : 1));
  assert.ok(!dear.some((piece) => piece.key === "丙丁"));
});

test("lists meet at a distance", () => {
  const random = (count, span) => Uint32Array.from(new Set(Array.from({ length: count }, () => Math.floor(Math.random() * span)))).sort();
  for (let round = 0; round < 200; round += 1) {
    const a = random(1 + Math.floor(Math.random() * 60), 200);
    const b = random(1 + Math.floor(Math.random() * 60), 200);
    const distance = Math.floor(Math.random() * 4);
    const wanted = Array.from(a).filter((position) => b.includes(position + distance));
    assert.deepEqual(Array.from(inner.match.meet(a, b, distance)), wanted);
    const place = Math.floor(Math.random() * 220);
    assert.equal(inner.match.leap(a, 0, place), a.filter((position) => position < place).length);
  }
});

test("what is asked of an article is asked with less where the article is not there", () => {
  const steps = inner.articles.looser(inner.articles.cited(inner.words.parse("条例第14条第2款").words));
  const written = Array.from(steps, ({ words: asked }) => Array.from(asked, (word) => word.written));
  assert.deepEqual(written, [["条例", "第14条"], ["条例"]]);
  assert.match(steps[0].note, /“第14条第2款”/);
});
