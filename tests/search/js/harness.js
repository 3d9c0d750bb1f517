// Runs the engine in Node over an index in a folder, as a page would: script elements are read from the folder.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const THEME = path.resolve(__dirname, "../../../plugins/lunxun/site/theme");
const ENGINE = "assets/lunxun/search-engine.js";

/**
 * Make a page without a screen.
 * @param {string} folder what `assets/lunxun/search/` stands in
 * @param {(name: string, text: string) => string | null} [change] may change a script, or give null for a missing one
 */
function page(folder, change) {
  const loads = [];
  const addresses = [];
  const window = {};
  const context = vm.createContext({ window });
  const read = (name) => {
    const file = [folder, THEME].map((root) => path.join(root, name)).find(fs.existsSync);
    const text = file === undefined ? null : fs.readFileSync(file, "utf8");
    return text !== null && change ? change(name, text) : text;
  };
  const run = (name) => {
    const text = read(name);
    if (text === null) return false;
    loads.push({ name, bytes: Buffer.byteLength(text) });
    try {
      vm.runInContext(text, context, { filename: name });
    } catch (error) {
      // A browser reports a broken script, and its element is loaded all the same.
    }
    context.LunxunSearch = window.LunxunSearch;
    return true;
  };
  const insert = (script) => {
    addresses.push(script.src);
    setImmediate(() => (run(script.src.split("?")[0]) ? script.onload() : script.onerror()));
  };
  context.document = { createElement: () => ({ remove() {} }), head: { appendChild: insert } };
  run(ENGINE);
  return { search: window.LunxunSearch, loads, addresses, run, window };
}

module.exports = { page };
