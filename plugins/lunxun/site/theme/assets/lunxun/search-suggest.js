// @ts-check
// 您是不是要找: names that sound like what was typed, and names that share most of its pairs.
(function () {
  "use strict";

  const inner = /** @type {any} */ (window).LunxunSearch.inner;
  const LEAST_ALIKE = 0.5;
  const MOST_SUGGESTIONS = 5;
  const LOOKED_AT = 12;
  const LONGEST = 12;
  const FIRST_HAN = 0x2e80;

  /**
   * Suggest names that sound or look like the query.
   * @param {any} engine @param {any[]} words @returns {Promise<{query: string, reason: string}[]>}
   */
  async function suggest(engine, words) {
    const runs = inner.nearby.runsOf(words.filter((word) => !word.excluded)).slice(0, 4);
    const asked = new Set(runs.map((run) => run.join("")));
    const found = new Map();
    for (const run of runs) {
      for (const name of await soundsLike(engine, run)) found.set(name, "读音相同");
    }
    for (const name of await looksLike(engine, runs)) if (!found.has(name)) found.set(name, "写法相近");
    const names = Array.from(found.keys()).filter((name) => !asked.has(plain(name)));
    return names.slice(0, MOST_SUGGESTIONS).map((query) => ({ query, reason: found.get(query) }));
  }

  /** @param {string} name @returns {string} without signs, folded as far as no table is needed */
  function plain(name) {
    return inner.words.indexed(inner.words.fold(name)).join("").replace(/ /g, "");
  }

  /** Find the stretches of names that are read as the run is. @returns {Promise<string[]>} */
  async function soundsLike(/** @type {any} */ engine, /** @type {string[]} */ run) {
    if (run.length > LONGEST || !run.every((character) => character.charCodeAt(0) > FIRST_HAN)) return [];
    const { byCharacter } = await engine.sounds();
    const numbers = run.map((character) => byCharacter.get(character));
    if (numbers.some((number) => number === undefined)) return [];
    const starts = await engine.matcher.sounding(numbers);
    const names = new Set();
    for (const position of Array.from(starts).slice(0, LOOKED_AT)) {
      const document = engine.catalogue.documentAt(position);
      const row = await engine.row(document);
      if (!row) continue;
      const offset = position - engine.catalogue.starts[document];
      const piece = inner.snippet.pieces(row).find((one) => one.end > offset);
      const name = Array.from(piece.text).slice(offset - piece.start, offset - piece.start + run.length);
      if (name.join("") !== run.join("")) names.add(name.join(""));
    }
    return Array.from(names);
  }

  /** Find the names that share most pairs with a run. @returns {Promise<string[]>} */
  async function looksLike(/** @type {any} */ engine, /** @type {string[][]} */ runs) {
    const pairs = await inner.nearby.pairsOf(engine, runs.filter((run) => !/^[a-z]+$/.test(run.join(""))));
    const held = new Float64Array(engine.catalogue.count);
    for (const pair of pairs) {
      engine.ranker.eachDocument(pair.starts, (document, from) => {
        const offset = pair.starts[from] - engine.catalogue.starts[document];
        if (offset < engine.catalogue.namesEnd[document]) held[document] += pair.weight;
      });
    }
    const documents = [];
    held.forEach((value, document) => value && documents.push(document));
    const best = engine.ranker.order(documents, held).slice(0, LOOKED_AT);
    const names = [];
    for (const row of await Promise.all(best.map((document) => engine.row(document)))) {
      if (row) for (const name of [row[3]].concat(row[4])) names.push({ name, alike: likeness(name, runs) });
    }
    const good = names.filter((one) => one.alike >= LEAST_ALIKE).sort((a, b) => b.alike - a.alike);
    return good.map((one) => one.name);
  }

  /** Compare a name with the query: the share of pairs that both have (Dice). @param {string} name @param {string[][]} runs */
  function likeness(name, runs) {
    const pairs = (/** @type {string[]} */ text) => text.slice(1).map((character, index) => text[index] + character);
    const own = new Set(pairs(Array.from(plain(name))));
    const asked = new Set([].concat(...runs.map(pairs)));
    const both = Array.from(asked).filter((pair) => own.has(pair)).length;
    return own.size + asked.size ? (2 * both) / (own.size + asked.size) : 0;
  }

  inner.suggest = { suggest, soundsLike };
})();
