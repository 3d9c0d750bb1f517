// Loads the scripts of the exam page that need no page, into this very world: what is sealed must be arrays of this world.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const SCRIPTS = path.resolve(__dirname, "../../../plugins/lunxun/site/theme/assets/lunxun");

/** Give what the scripts add to the page. @param {string[]} names */
function load(...names) {
  globalThis.window = globalThis;
  globalThis.self = globalThis;
  for (const name of names) vm.runInThisContext(fs.readFileSync(path.join(SCRIPTS, name), "utf8"), { filename: name });
  return globalThis.LunxunExam;
}

module.exports = { load };
