// What is remembered: the notebook, the file that is saved and read in, damaged and foreign files, when to review.
"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { load, plain } = require("./quiz");

const { progress, review } = load("vendor/ts-fsrs.js", "quiz-progress.js", "quiz-review.js");
const DAY = 86400000;
const NOW = Date.UTC(2026, 0, 5, 8);
const ABOUT = { type: "单选", stem: " 一般\n多久召开一次？ " };

function bank(...states) {
  const kept = progress.empty("party-life", "组织生活");
  states.forEach((state, at) => {
    const before = kept.questions["q-1"];
    progress.note(kept, "q-1", ABOUT, state, NOW + at * DAY, review.next(before ? before.card : null, state, NOW + at * DAY));
  });
  return kept;
}

test("what was wrong stays in the notebook until it was right twice", () => {
  for (const [states, ids] of [
    [["right"], []], [["wrong"], ["q-1"]], [["partly"], ["q-1"]], [["wrong", "right"], ["q-1"]],
    [["wrong", "right", "right"], []], [["wrong", "right", "wrong", "right"], ["q-1"]],
  ]) assert.deepEqual(plain(progress.inBook(bank(...states))), ids, states.join());
  const { tries, wrong, stem } = bank("wrong", "partly", "right").questions["q-1"];
  assert.deepEqual([tries, wrong, stem], [3, 2, "一般 多久召开一次？"]);
});

test("a saved file comes back whole", () => {
  const kept = bank("wrong", "right");
  const { banks, error } = progress.fromText(progress.toText([kept], NOW));
  assert.equal(error, "");
  assert.deepEqual(plain(banks), [plain(kept)]);
  assert.equal(progress.fromText("\ufeff" + progress.toText([], NOW)).error, "");
});

test("other files are refused in Chinese, and change nothing", () => {
  const good = plain(JSON.parse(progress.toText([bank("wrong")], NOW)));
  const changed = (change) => {
    const copy = plain(good);
    change(copy);
    return JSON.stringify(copy);
  };
  for (const [text, said] of [
    ["", "读不懂"], ["{", "读不懂"], [JSON.stringify(good).slice(0, 200), "读不懂"], ["[]", "不是轮训"], ["null", "不是轮训"], ["{}", "不是轮训"],
    ['{"format":"anki"}', "不是轮训"],
    [changed((data) => { data.version = 2; }), "另一版本"],
    [changed((data) => { data.banks = {}; }), "损坏"],
    [changed((data) => { data.banks = Array(501).fill(data.banks[0]); }), "损坏"],
    [changed((data) => { data.banks[0].bank = "../x"; }), "损坏"],
    [changed((data) => { data.banks[0].bank = 7; }), "损坏"],
    [changed((data) => { data.banks[0].questions["<b>"] = data.banks[0].questions["q-1"]; }), "损坏"],
    [changed((data) => { data.banks[0].questions["q-1"].tries = -1; }), "损坏"],
    [changed((data) => { data.banks[0].questions["q-1"].wrong = 9; }), "损坏"],
    [changed((data) => { data.banks[0].questions["q-1"].last = "yes"; }), "损坏"],
    [changed((data) => { data.banks[0].questions["q-1"].stem = "长".repeat(1000); }), "损坏"],
    [changed((data) => { data.banks[0].questions["q-1"].card.due = "明天"; }), "损坏"],
    [changed((data) => { data.banks[0].questions["q-1"].card.state = 9; }), "损坏"],
    [" ".repeat(progress.LARGEST + 1), "太大"],
  ]) {
    const found = progress.fromText(text);
    assert.ok(found.error.includes(said), `${found.error} for ${text.slice(0, 60)}`);
    assert.equal(found.banks.length, 0);
  }
});

test("names that objects have of themselves are refused or harmless", () => {
  const text = progress.toText([bank("wrong")], NOW).replace('"q-1"', '"__proto__"');
  assert.ok(progress.fromText(text).error.includes("损坏"));
  const kept = progress.empty("a", "甲");
  progress.note(kept, "constructor", ABOUT, "wrong", NOW, null);
  assert.equal(kept.questions.constructor.tries, 1);
});

test("an attempt that cannot be read is dropped, and the rest is kept", () => {
  const kept = plain(bank("wrong"));
  const attempt = { seed: "s", view: "one", when: "end", at: 2, seconds: 61.5, only: [], checked: ["q-1"], done: false };
  kept.attempt = { ...attempt, answers: { "q-1": ["0"], "q-2": { text: "写", ticks: [1, true] }, "q-3": [7], "q-4": "x" } };
  const read = plain(progress.checked(kept)).attempt;
  assert.deepEqual(read, { ...attempt, answers: { "q-1": ["0"], "q-2": { text: "写", ticks: [false, true] } } });
  for (const change of [{ seed: 1 }, { view: "<b>" }, { at: -1 }, { seconds: "9" }, { only: "q" }, { checked: [1] }, { done: 0 }, { answers: [] }]) {
    const spoilt = progress.checked({ ...kept, attempt: { ...kept.attempt, ...change } });
    assert.equal(spoilt.attempt, null, JSON.stringify(change));
    assert.equal(spoilt.questions["q-1"].tries, 1);
  }
});

test("of two memories the later answer counts", () => {
  const [old, late] = [bank("wrong"), bank("wrong", "right")];
  for (const found of [progress.merged(old, late), progress.merged(late, old)]) {
    assert.equal(found.questions["q-1"].last, "right");
  }
  assert.equal(progress.merged(progress.empty("party-life", ""), old).questions["q-1"].tries, 1);
});

test("reviews come after a day or more, later the better it went", () => {
  const due = (state) => review.next(null, state, NOW).due;
  assert.ok(due("wrong") >= NOW + 0.9 * DAY);
  assert.ok(due("wrong") <= due("partly") && due("partly") < due("right"));
  let card = null;
  let wait = 0;
  for (let at = NOW, round = 0; round < 5; round += 1) {
    card = plain(review.next(card, "right", at));
    assert.ok(card.due - at > wait, "each right answer puts it off longer");
    wait = card.due - at;
    at = card.due;
  }
  const lapsed = review.next(card, "wrong", card.due);
  assert.ok(lapsed.due - card.due < wait);
  assert.equal(lapsed.lapses, 1);
});

test("a clock that was put back stops nobody", () => {
  const card = plain(review.next(null, "right", NOW));
  assert.ok(review.next(card, "right", NOW - 300 * DAY).due > NOW);
});

test("what is due by tonight is listed, the longest overdue first", () => {
  const kept = bank("right");
  progress.note(kept, "q-2", ABOUT, "wrong", NOW, review.next(null, "wrong", NOW));
  progress.note(kept, "q-3", ABOUT, "wrong", NOW, null);
  assert.deepEqual(plain(progress.due(kept, NOW)), []);
  assert.deepEqual(plain(progress.due(kept, NOW + 60 * DAY)), ["q-2", "q-1"]);
});

test("without the scheduler everything else works", () => {
  const alone = load("quiz-review.js");
  assert.equal(alone.review.next(null, "right", NOW), null);
});

test("durations are told in Chinese", () => {
  for (const [seconds, said] of [[0, "0秒"], [59.9, "59秒"], [60, "1分0秒"], [3600, "1小时0分0秒"], [3725, "1小时2分5秒"]]) {
    assert.equal(progress.duration(seconds), said);
  }
});
