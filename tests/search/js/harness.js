// Runs the engine in Node over an index in a folder, as a page would: script elements are read from the folder.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const SCRIPTS = path.resolve(__dirname, "../../../plugins/lunxun/site/theme");

/**
 * Make a page without a screen.
 * @param {string} folder what `assets/lunxun/search/` stands in
 * @param {{scripts?: string, onLoad?: (name: string, text: string) => string | null}} [options]
 *   `onLoad` may change a script, or give null for one that is missing
 */
function page(folder, options = {}) {
  const loads = [];
  const window = {};
  const context = vm.createContext({ window, console });
  const read = (address) => {
    const name = address.split("?")[0];
    for (const root of [folder, options.scripts || SCRIPTS]) {
      const file = path.join(root, name);
      if (fs.existsSync(file)) return fs.readFileSync(file, "utf8");
    }
    return null;
  };
  const run = (script) => {
    let text = read(script.src);
    if (text !== null && options.onLoad) text = options.onLoad(script.src.split("?")[0], text);
    if (text === null) return script.onerror();
    loads.push({ name: script.src.split("?")[0], bytes: Buffer.byteLength(text) });
    try {
      vm.runInContext(text, context, { filename: script.src });
      context.LunxunSearch = window.LunxunSearch;
    } catch (error) {
      // A browser reports a broken script and calls onload all the same.
    }
    return script.onload();
  };
  context.document = {
    createElement: () => ({ remove() {} }),
    head: { appendChild: (script) => setImmediate(run, script) },
  };
  const engineFile = path.join(options.scripts || SCRIPTS, "assets/lunxun/search-engine.js");
  vm.runInContext(fs.readFileSync(engineFile, "utf8"), context, { filename: engineFile });
  context.LunxunSearch = window.LunxunSearch;
  return { search: window.LunxunSearch, loads };
}

module.exports = { page };
