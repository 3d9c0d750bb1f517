// Answer queries with the search of Material for MkDocs: its own worker script, run in Node without a browser.
// usage: node material_worker.js WORKER_SCRIPT INDEX_JSON < queries.json > rankings.json
"use strict";

const fs = require("fs");
const path = require("path");
const vm = require("vm");

const [workerFile, indexFile] = process.argv.slice(2);
const SETUP = 0;
const QUERY = 2;

let receive = null;
let answer = null;
const scope = {
  console: { log() {}, warn() {}, error() {} },
  addEventListener: (name, listener) => { if (name === "message") receive = listener; },
  postMessage: (message) => answer(message),
  importScripts: (...files) => files.forEach((file) => run(path.join(path.dirname(workerFile), file))),
};
scope.self = scope;
scope.window = scope;
vm.createContext(scope);

function run(file) {
  vm.runInContext(fs.readFileSync(file, "utf8"), scope, { filename: file });
}

function ask(type, data) {
  return new Promise((resolve) => {
    answer = (message) => resolve(message.data);
    receive({ data: { type, data } });
  });
}

async function main() {
  run(workerFile);
  const index = JSON.parse(fs.readFileSync(indexFile, "utf8"));
  await ask(SETUP, { config: index.config, docs: index.docs, options: { suggest: false } });
  const rankings = [];
  for (const query of JSON.parse(fs.readFileSync(0, "utf8"))) {
    const { items } = await ask(QUERY, query);
    // A group is a page with its hits; the hit to be followed is the best one among the page's places.
    rankings.push(items.map((group) => {
      const places = group.filter((hit) => hit.location.includes("#") && hit.score > 0);
      const best = (places.length ? places : group).reduce((a, b) => (b.score > a.score ? b : a));
      return best.location.split("#").concat("").slice(0, 2);
    }));
  }
  process.stdout.write(JSON.stringify(rankings));
}

main();
