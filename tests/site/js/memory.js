// What the page makes of files and of answers, for the tests of the Python side: JSON in, JSON out.
"use strict";

const fs = require("node:fs");
const { load, plain } = require("./quiz");

const { progress, review } = load("vendor/ts-fsrs.js", "quiz-progress.js", "quiz-review.js");
const asked = JSON.parse(fs.readFileSync(0, "utf8"));

function read(text) {
  const { banks, error } = progress.fromText(text);
  const told = banks.map((bank) => ({ bank: bank.bank, due: progress.due(bank, asked.until), book: progress.inBook(bank) }));
  return { error, banks: told };
}

/** Answer questions as the page notes them; each has its answers as pairs of a state and a time. */
function practised(questions) {
  const kept = progress.empty("party-life", "组织生活");
  for (const [id, answers] of Object.entries(questions)) {
    for (const [state, now] of answers) {
      const before = kept.questions[id];
      progress.note(kept, id, { type: "单选", stem: `题目 ${id}` }, state, now, review.next(before ? before.card : null, state, now));
    }
  }
  return progress.toText([kept], asked.until);
}

function cards(answers) {
  let card = null;
  return answers.map(([state, now]) => (card = plain(review.next(card, state, now))));
}

process.stdout.write(JSON.stringify({
  read: (asked.files || []).map(read),
  practised: practised(asked.questions || {}),
  cards: (asked.reviews || []).map(cards),
}));
