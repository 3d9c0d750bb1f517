// Loads the scripts of the banks that need no page, as a page would load them one after another.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const SCRIPTS = path.resolve(__dirname, "../../../plugins/lunxun/site/theme/assets/lunxun");

/** Give what the scripts add to the page. @param {string[]} names */
function load(...names) {
  const window = {};
  const context = vm.createContext({ window });
  context.globalThis = window;
  for (const name of names) vm.runInContext(fs.readFileSync(path.join(SCRIPTS, name), "utf8"), context, { filename: name });
  return { ...window.LunxunQuiz, window, context };
}

/** What comes out of the page's own world has other prototypes. */
const plain = (value) => JSON.parse(JSON.stringify(value));

module.exports = { load, plain };
