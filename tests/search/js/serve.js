// Answers queries over indexes in folders, for tests in Python.
// Reads a line of JSON for each request, {folder, call, queries}, and answers each with a line, {answers} or {error}.
"use strict";

const readline = require("node:readline");
const { page } = require("./harness.js");

async function answer({ folder, call, queries }) {
  const engine = await page(folder).search.open("");
  const answers = [];
  for (const query of queries) answers.push(await engine[call](query));
  return answers;
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const said = await answer(JSON.parse(line)).then(
      (answers) => ({ answers }),
      (error) => ({ error: String((error && error.stack) || error) }),
    );
    process.stdout.write(JSON.stringify(said) + "\n");
  }
}

main();
