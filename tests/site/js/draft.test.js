// What is known of a sitting: put together from two tabs or two stores without losing an answer; and the time.
"use strict";

const assert = require("node:assert");
const { test } = require("node:test");
const { load } = require("./exam.js");

const { draft, clock } = load("exam-draft.js", "exam-clock.js");
const DIGEST = "d".repeat(64);
const SITTING = "0123456789abcdef0123456789abcdef";
const fresh = () => draft.begin(DIGEST, SITTING, "2026-11-22T09:00:00");
const copy = (value) => JSON.parse(JSON.stringify(value));

test("of each question the later change stays, whichever side is asked", () => {
  const one = fresh();
  draft.answer(one, "1", "A");
  draft.answer(one, "2", "B");
  const other = copy(one);
  draft.answer(one, "1", "C");
  draft.answer(other, "3", "D");
  draft.answer(other, "2", null);
  for (const both of [draft.merged(one, other), draft.merged(other, one)]) {
    assert.deepEqual(both.answers, { 1: ["C", 3], 2: [null, 4], 3: ["D", 3] });
    assert.equal(both.change, 4);
  }
});

test("after a merge the next change is later than all before", () => {
  const one = fresh();
  const other = copy(one);
  for (let times = 0; times < 9; times += 1) draft.answer(other, "1", "B");
  const both = draft.merged(one, other);
  draft.answer(both, "1", "A");
  assert.equal(draft.merged(other, both).answers[1][0], "A");
});

test("time only grows, marks and the learner follow the later change", () => {
  const one = { ...fresh(), seconds: 7 };
  const other = { ...fresh(), seconds: 70 };
  draft.name(other, { name: "甲", unit: "", number: "" });
  draft.mark(other, "1", true);
  const both = draft.merged(one, other);
  assert.equal(both.seconds, 70);
  assert.equal(both.learner[0].name, "甲");
  assert.deepEqual(both.marks, { 1: [true, 2] });
});

test("what was handed in is not opened again by a tab that does not know", () => {
  const one = fresh();
  draft.answer(one, "1", "A");
  const handed = { name: "x.lxa", text: "{}", receipt: "00000000", at: "", isBackup: false };
  const closed = draft.closed(one, handed);
  assert.deepEqual(closed.answers, {});
  assert.deepEqual(draft.merged(one, closed).handed, handed);
  assert.deepEqual(draft.merged(closed, one).handed, handed);
});

test("a draft is read as it was written", () => {
  const one = fresh();
  draft.answer(one, "47-1", "B");
  draft.answer(one, "5", ["十二", ""]);
  draft.mark(one, "5", true);
  assert.deepEqual(draft.read(JSON.stringify(one), DIGEST), one);
});

test("anything else in the store is passed over", () => {
  const good = fresh();
  const spoilt = [
    null, "", "{", "[]", "null", JSON.stringify({ ...good, digest: "e".repeat(64) }), JSON.stringify({ ...good, version: 2 }),
    JSON.stringify({ ...good, sitting: "../x" }), JSON.stringify({ ...good, seconds: "7" }), JSON.stringify({ ...good, learner: ["x", 0] }),
    JSON.stringify({ ...good, answers: { "<b>": ["A", 1] } }), JSON.stringify({ ...good, answers: { 1: [{}, 1] } }),
    JSON.stringify({ ...good, answers: { 1: ["A", -1] } }), JSON.stringify({ ...good, marks: { 1: ["yes", 1] } }),
    JSON.stringify({ ...good, handed: { name: 1 } }),
  ];
  for (const text of spoilt) assert.equal(draft.read(text, DIGEST), null, String(text));
});

test("time is counted by what only grows, across jumps and sleep", () => {
  let now = 5000;
  const one = new clock.Clock(() => now, 100);
  now += 2500;
  assert.equal(one.count(), 102);
  now -= 90000;
  assert.equal(one.count(), 102);
  now += 60000;
  assert.equal(one.count(), 162);
  now = NaN;
  assert.equal(one.count(), 162);
});

test("ten and five minutes and the end are told once, also when a tab slept through them", () => {
  assert.equal(clock.warning(601, 600), "还剩10分钟。");
  assert.equal(clock.warning(600, 599), "");
  assert.equal(clock.warning(301, 300), "还剩5分钟。");
  assert.equal(clock.warning(700, 240), "还剩4分钟。");
  assert.match(clock.warning(1, 0), /时间到了/);
  assert.match(clock.warning(900, -20), /时间到了/);
  assert.equal(clock.warning(0, -1), "");
  assert.equal(clock.warning(5400, 5399), "");
});

test("times are written as they are read", () => {
  assert.equal(clock.shown(5400), "剩余90分00秒");
  assert.equal(clock.shown(59), "剩余0分59秒");
  assert.equal(clock.shown(-61), "已超时1分01秒");
  assert.equal(clock.wallClock(new Date(2026, 10, 22, 9, 5, 7)), "2026-11-22T09:05:07");
});
