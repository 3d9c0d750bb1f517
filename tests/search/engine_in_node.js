// Runs the page's search engine in Node, on an index in a folder, without a browser.
// Reads a line of JSON for each request, {folder, call, queries}, and answers each with a line, {answers} or {error}.
"use strict";

const fs = require("fs");
const path = require("path");
const readline = require("readline");
const vm = require("vm");

const ENGINE = "assets/lunxun/search-engine.js";

/** Make a window that knows how to load classic scripts from a folder, and nothing else. */
function makeWindow(folder) {
  const scope = {
    console, setTimeout, clearTimeout, queueMicrotask, performance, URL, URLSearchParams, TextDecoder, TextEncoder,
    location: { href: "file:///bench.html", protocol: "file:", search: "" },
  };
  scope.window = scope;
  scope.self = scope;
  const insert = (script) => {
    setTimeout(() => {
      try {
        const file = path.join(folder, decodeURIComponent(script.src.split(/[?#]/)[0]));
        vm.runInContext(fs.readFileSync(file, "utf8"), scope, { filename: file });
      } catch (error) {
        if (error.code === "ENOENT") {
          fire(script, "error", error);
          return;
        }
        console.error(error); // a browser tells of it, and goes on
      }
      fire(script, "load");
    }, 0);
    return script;
  };
  const place = { append: insert, appendChild: insert, insertBefore: insert };
  scope.document = {
    head: place, body: place, documentElement: place, currentScript: null, baseURI: "file:///bench.html",
    createElement: () => makeElement(), querySelector: () => null, querySelectorAll: () => [], addEventListener() {},
  };
  return vm.createContext(scope);
}

function makeElement() {
  const listeners = {};
  return {
    src: "", async: false, listeners,
    remove() {}, setAttribute(name, value) { this[name] = value; },
    addEventListener(name, listener) { (listeners[name] = listeners[name] || []).push(listener); },
  };
}

function fire(script, name, detail) {
  const event = { type: name, target: script, detail };
  if (script["on" + name]) script["on" + name](event);
  (script.listeners[name] || []).forEach((listener) => listener(event));
}

async function serve({ folder, call, queries }) {
  const scope = makeWindow(folder);
  vm.runInContext(fs.readFileSync(path.join(folder, ENGINE), "utf8"), scope, { filename: ENGINE });
  const engine = await scope.LunxunSearch.open("./");
  const answers = [];
  for (const query of queries) answers.push(await engine[call](query));
  return answers;
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let answer;
    try {
      answer = { answers: await serve(JSON.parse(line)) };
    } catch (error) {
      answer = { error: String((error && error.stack) || error) };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
}

main();
