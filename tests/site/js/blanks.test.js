// The practice page and the grading of exams judge blanks alike: both are held to the same cases.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { test } = require("node:test");
const { load } = require("./quiz");

const { answers } = load("quiz-answers.js");
const cases = JSON.parse(fs.readFileSync(path.resolve(__dirname, "../../quiz/blank_cases.json"), "utf8"));
const blank = ({ accept, unit = "", tolerance = null }) => ({ accept, unit, tolerance });

test("texts fold as the grader folds them", () => {
  for (const [text, folded] of cases.folded) assert.equal(answers.fold(text, cases.fold), folded, text);
});

test("numbers are read as the grader reads them", () => {
  for (const [text, number] of cases.numbers) assert.equal(answers.number(text), number, text);
});

test("blanks are judged as the grader judges them", () => {
  for (const [key, text, fits] of cases.fits) assert.equal(answers.fits(blank(key), text, cases.fold), fits, `${key.accept} ${text}`);
});
