// @ts-check
// When nothing holds the query as it is written: documents that hold most of its pairs, and names that sound or look
// like it.
(function () {
  "use strict";

  /** @typedef {{key: string, weight: number, starts: Uint32Array, next: string}} Pair */

  const inner = /** @type {any} */ (window).LunxunSearch.inner;
  const MOST_PAIRS = 32;
  const LEAST_SHARE = 0.3;
  const LEAST_OF_BEST = 0.3;
  const MOST_SCATTERED = 50;
  const UNKNOWN_WEIGHT = 0.6;
  const IN_NAME = 4;
  const IN_HEADING = 2;
  const IN_SUMMARY = 2;
  const SUMMARY = 90;
  const IN_BODY = 2.5;
  const IN_SEQUENCE = 0.7;
  // What only asks, and what only joins words.
  const QUESTION = new RegExp(
    "怎么办|怎么样|怎么|怎样|如何|为什么|是什么|什么|哪些|哪个|哪里|多少|是否|能不能|可不可以|可以|应该|需要|有没有|" +
      "是不是|要不要|谁来|包括|请问|[的了吗呢吧啊谁]",
  );
  const LEAST_ALIKE = 0.5;
  const MOST_SUGGESTIONS = 5;
  const FIRST_SYLLABLE = 0xe000;
  const LOOKED_AT = 12;

  /** Take words apart at their separators. @param {any[]} words */
  function split(words) {
    return [].concat(
      ...words.map((word) => {
        if (word.phrase || word.excluded) return [word];
        return inner.words.runs(word.text).map((run) => ({ ...word, text: run.text, written: run.text.join("") }));
      }),
    );
  }

  /** List the pairs of the runs of words, each once. @param {any[]} words @returns {string[][]} characters of runs */
  function runsOf(words) {
    const runs = [].concat(...words.map((word) => inner.words.runs(word.text)));
    return runs.map((run) => run.text).filter((text) => text.length > 1);
  }

  /** Get the lists of all pairs, with what each counts. @returns {Promise<Pair[]>} */
  async function pairsOf(/** @type {any} */ engine, /** @type {string[][]} */ runs) {
    const next = new Map();
    for (const run of runs) {
      for (let at = 0; at + 1 < run.length && next.size < MOST_PAIRS; at += 1) {
        const following = at + 2 < run.length ? run[at + 1] + run[at + 2] : "";
        next.set(run[at] + run[at + 1], following);
      }
    }
    const keys = Array.from(next.keys());
    const lists = await Promise.all(keys.map((key) => engine.lists.positions(key)));
    return keys.map((key, index) => {
      const starts = lists[index] || new Uint32Array(0);
      const weight = engine.ranker.rarity(starts.length);
      // A pair that occurs nowhere is a slip of the pen more often than what the reader is after.
      const counts = starts.length ? weight : weight * (lists[index] ? UNKNOWN_WEIGHT : 0);
      return { key, weight: Math.min(counts, engine.ranker.rarity(2)), starts, next: next.get(key) || "" };
    });
  }

  /**
   * Rank the documents that hold a good part of the pairs of the words, rare ones counting more.
   * @param {any} engine @param {any[]} words
   */
  async function scattered(engine, words) {
    const wanted = words.filter((word) => !word.excluded);
    const runs = runsOf(wanted);
    const telling = [].concat(...runs.map(withoutQuestion)).filter((run) => run.length > 1);
    const pairs = (await pairsOf(engine, telling.length ? telling : runs)).filter((pair) => pair.starts.length);
    const { score, share } = scores(engine, pairs);
    const banned = new Set();
    for (const word of words.filter((one) => one.excluded)) {
      const starts = (await engine.matcher.find(word.text)) || [];
      for (const position of starts) banned.add(engine.catalogue.documentAt(position));
    }
    const best = score.reduce((most, value) => Math.max(most, value), 0);
    const documents = [];
    share.forEach((value, document) => {
      if (value >= LEAST_SHARE && score[document] >= best * LEAST_OF_BEST && !banned.has(document)) documents.push(document);
    });
    const kept = engine.ranker.order(documents, score).slice(0, MOST_SCATTERED);
    const ways = pairs.map((pair) => [{ starts: pair.starts, length: 2, weight: 1 }]);
    return { documents: kept.sort((a, b) => a - b), score, ways };
  }

  /** Take out of a run what only asks: 怎么办, 有没有. @param {string[]} run @returns {string[][]} */
  function withoutQuestion(run) {
    return run
      .join("")
      .split(QUESTION)
      .map((text) => Array.from(text));
  }

  /** Add up, for each document, the pairs in its names, headings and body. */
  function scores(/** @type {any} */ engine, /** @type {Pair[]} */ pairs) {
    const { catalogue, ranker } = engine;
    const share = new Float64Array(catalogue.count);
    const score = new Float64Array(catalogue.count);
    const starts = new Map(pairs.map((pair) => /** @type {[string, Uint32Array]} */ ([pair.key, pair.starts])));
    const total = pairs.reduce((sum, pair) => sum + pair.weight, 0) || 1;
    for (const pair of pairs) {
      const part = pair.weight / total;
      ranker.eachDocument(pair.starts, (document, from, to) => {
        share[document] += part;
        score[document] += part * fieldValue(catalogue, document, pair.starts, from, to);
      });
      const following = starts.get(pair.next);
      if (!following) continue;
      const together = inner.match.meet(pair.starts, following, 1);
      ranker.eachDocument(together, (document, from, to) => {
        score[document] += part * IN_SEQUENCE * fieldValue(catalogue, document, together, from, to);
      });
    }
    share.forEach((value, document) => (score[document] *= 0.3 + value));
    return { share, score };
  }

  /** @param {any} catalogue @param {number} document @param {Uint32Array} starts @param {number} from @param {number} to */
  function fieldValue(catalogue, document, starts, from, to) {
    const namesEnd = catalogue.namesEnd(document);
    const headingsEnd = namesEnd + catalogue.headings[document];
    const begin = catalogue.starts[document];
    const length = 0.4 + (0.6 * (catalogue.starts[document + 1] - begin)) / catalogue.meanLength;
    let value = 0;
    let bodies = 0;
    for (let index = from; index < to; index += 1) {
      const offset = starts[index] - begin;
      if (offset < namesEnd) value = Math.max(value, IN_NAME);
      else if (offset < headingsEnd) value = Math.max(value, IN_HEADING);
      else {
        bodies += 1;
        if (offset < headingsEnd + SUMMARY) value = Math.max(value, IN_SUMMARY);
      }
    }
    return value + (IN_BODY * bodies) / (bodies + length);
  }

  // 您是不是要找 -----------------------------------------------------------------------------------------------

  /**
   * Suggest names that sound or look like the query.
   * @param {any} engine @param {any[]} words @returns {Promise<{query: string, reason: string}[]>}
   */
  async function suggest(engine, words) {
    const runs = runsOf(words.filter((word) => !word.excluded)).slice(0, 4);
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
    if (run.length > 12 || !run.every((character) => character.charCodeAt(0) > 0x2e80)) return [];
    const { byCharacter } = await engine.sounds();
    const numbers = run.map((character) => byCharacter.get(character));
    if (numbers.some((number) => number === undefined)) return [];
    const starts = await engine.matcher.find(numbers.map((number) => String.fromCharCode(FIRST_SYLLABLE + number)));
    const names = new Set();
    for (const position of Array.from(starts || []).slice(0, LOOKED_AT)) {
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
    const pairs = await pairsOf(engine, runs);
    const held = new Float64Array(engine.catalogue.count);
    for (const pair of pairs) {
      engine.ranker.eachDocument(pair.starts, (document, from) => {
        const offset = pair.starts[from] - engine.catalogue.starts[document];
        if (offset < engine.catalogue.namesEnd(document)) held[document] += pair.weight;
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

  inner.nearby = { split, scattered, suggest };
})();
