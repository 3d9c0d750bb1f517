// What counts as right: width, spaces, punctuation, traditional characters, numerals, units, tolerance, part marks.
"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { load, plain } = require("./quiz");

const { answers } = load("quiz-answers.js");
const TABLE = ["學時會個萬", "学时会个万"];
const blank = (accept, unit = "", tolerance = null) => ({ accept, unit, tolerance });
const fits = (key, text) => answers.fits(key, text, TABLE);

test("folding drops what does not count, and keeps what makes another number", () => {
  for (const [text, folded] of [
    ["　ＡＢＣ，１２ ", "abc12"],
    ["村“两委”会议。", "村两委会议"],
    ["學時", "学时"],
    ["3.5", "3.5"],
    ["1/7", "1/7"],
    ["2023-2027", "2023-2027"],
    ["1,200", "1200"],
    ["98%以上", "98%以上"],
    ["３＋３", "3+3"],
    ["，。", ""],
    ["\u200b党\ufeff", "党"],
  ]) assert.equal(answers.fold(text, TABLE), folded, text);
});

test("accepted variants are right, other words are not", () => {
  const key = blank(["十二", "12"]);
  for (const text of ["十二", " 12 ", "１２", "“十二”"]) assert.ok(fits(key, text), text);
  for (const text of ["", "  ", "二十", "12天", "1.2", "121"]) assert.ok(!fits(key, text), text);
});

test("a unit may be written or not, but is no answer by itself", () => {
  const key = blank(["90", "九十"], "学时");
  for (const text of ["90", "90学时", "９０ 學時", "九十学时"]) assert.ok(fits(key, text), text);
  for (const text of ["学时", "90天", "9学时"]) assert.ok(!fits(key, text), text);
  assert.ok(fits(blank(["4039个"], "个"), "4039"));
});

test("within the tolerance numbers are compared by value", () => {
  const key = blank(["1200"], "人", 10);
  for (const text of ["1200", "1,205人", "1190", "一千二百", "0.12万", "一千二百一十"]) assert.ok(fits(key, text), text);
  for (const text of ["1211", "1200%", "很多", "1200-1205", "二百五十千"]) assert.ok(!fits(key, text), text);
  assert.ok(fits(blank(["0.3"], "", 0.1), "0.4"));
  assert.ok(!fits(blank(["1200"], "人"), "一千二百"), "without a tolerance only what is listed counts");
});

test("numbers are read in digits and in characters", () => {
  for (const [text, number] of [
    ["十", 10], ["二十", 20], ["一百零五", 105], ["两千三百", 2300], ["一万二千", 12000], ["1.2万", 12000], ["三亿", 3e8],
    ["百分之", null], ["一二", null], ["三十十", null], ["二百五十千", null], ["千", null], ["一亿两千万", 1.2e8], ["12a", null], ["", null],
  ]) assert.equal(answers.number(text), number, text);
});

test("one and several options", () => {
  const one = { type: "单选", key: ["2"] };
  assert.equal(answers.mark(one, ["2"]).state, "right");
  assert.equal(answers.mark(one, ["1"]).state, "wrong");
  assert.equal(answers.mark(one, []).state, "empty");
  assert.equal(answers.mark(one, undefined).state, "empty");
  const many = { type: "多选", key: ["0", "2", "3"] };
  for (const [answer, state, share] of [
    [["0", "2", "3"], "right", 1], [["3", "0", "2"], "right", 1], [["0", "2"], "partly", 0.5],
    [["0", "1"], "wrong", 0], [["0", "1", "2", "3"], "wrong", 0],
  ]) {
    const mark = answers.mark(many, answer);
    assert.deepEqual([mark.state, mark.share], [state, share], answer.join());
  }
  assert.equal(answers.mark({ type: "判断", key: ["错"] }, ["错"]).state, "right");
});

test("blanks count one by one; where the order is free, each key is used once", () => {
  const question = { type: "填空", anyOrder: false, blanks: [blank(["甲"]), blank(["乙", "甲"])] };
  assert.deepEqual(plain(answers.mark(question, ["甲", "丙"])), { state: "partly", share: 0.5, hits: [true, false] });
  assert.equal(answers.mark(question, ["", " "]).state, "empty");
  const free = { ...question, anyOrder: true };
  assert.equal(answers.mark(free, ["乙", "甲"]).state, "right");
  // 甲 fits both: it has to make room.
  assert.equal(answers.mark({ ...free, blanks: [blank(["甲", "乙"]), blank(["甲"])] }, ["甲", "乙"]).state, "right");
  assert.deepEqual(plain(answers.mark(free, ["甲", "甲"]).hits), [true, true], "两个空都收“甲”");
  assert.deepEqual(plain(answers.mark({ ...free, blanks: [blank(["甲"]), blank(["乙"])] }, ["甲", "甲"]).hits), [true, false]);
});

test("pairs count one by one, an order as a whole", () => {
  const pairs = { type: "匹配", key: ["0", "1", "1"] };
  assert.equal(answers.mark(pairs, ["0", "1", "1"]).state, "right");
  assert.deepEqual(plain(answers.mark(pairs, ["0", "0", ""]).hits), [true, false, false]);
  const order = { type: "排序", key: ["0", "1", "2"] };
  assert.equal(answers.mark(order, ["0", "1", "2"]).state, "right");
  assert.deepEqual(plain(answers.mark(order, ["0", "2", "1"])), { state: "wrong", share: 0, hits: [true, false, false] });
});

test("a free answer is what its writer found in it", () => {
  const free = { type: "简答", shares: [60, 40] };
  assert.equal(answers.mark(free, { text: "写了", ticks: null }).state, "empty");
  assert.equal(answers.mark(free, { text: "写了", ticks: [true, true] }).state, "right");
  assert.equal(answers.mark(free, { text: "", ticks: [true, false] }).state, "partly");
  assert.equal(answers.mark(free, { text: "", ticks: [false, false] }).state, "wrong");
});

test("a seed decides the order; every order comes up", () => {
  const items = ["甲", "乙", "丙", "丁"];
  assert.deepEqual(plain(answers.shuffled(items, "一次")), plain(answers.shuffled(items, "一次")));
  const seen = new Map();
  for (let seed = 0; seed < 2400; seed += 1) {
    const order = answers.shuffled(items, `种子 ${seed}`).join("");
    assert.deepEqual(Array.from(order).sort(), items.slice().sort());
    seen.set(order, (seen.get(order) || 0) + 1);
  }
  assert.equal(seen.size, 24);
  assert.ok(Math.min(...seen.values()) > 50 && Math.max(...seen.values()) < 160);
});
