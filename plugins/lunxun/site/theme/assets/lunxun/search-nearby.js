// @ts-check
// When nothing holds the query as it is written: its words are taken apart, and documents are ranked by how much they
// hold of it.
(function () {
  "use strict";

  /** @typedef {{key: string, weight: number, starts: Uint32Array, next: string}} Pair */

  const inner = /** @type {any} */ (window).LunxunSearch.inner;
  const MOST_PAIRS = 32;
  const LEAST_SHARE = 0.2;
  const LEAST_OF_BEST = 0.15;
  const MOST_VARIANTS = 2;
  const MOST_SCATTERED = 30;
  const UNKNOWN_WEIGHT = 0.6;
  const IN_NAME = 4;
  const IN_HEADING = 2;
  const IN_SUMMARY = 2;
  const SUMMARY = 90;
  const IN_BODY = 3;
  const IN_SEQUENCE = 0.7;
  const SHARE_BASE = 0.6;
  const ANSWERS = ["problem", "practice", "policy"];
  const ANSWER = 1.2;
  const LISTS = ["indicator", "source"];
  const LIST = 0.7;
  const IN_NAMES = "\uf8ff";
  const LEAST_CHARACTERS = 0.5;
  const ALL_CHARACTERS = 0.99;
  const CHARACTERS = 2;
  const MOST_RUNS = 6;
  const MOST_OF_A_RUN = 12;
  // What only asks, and what only joins words.
  const QUESTION = new RegExp(
    "怎么办|怎么样|怎么|怎样|如何|为什么|是什么|什么|哪些|哪个|哪里|多少|是否|能不能|可不可以|可以|应该|需要|有没有|" +
      "是不是|要不要|没有|这样|那样|这个|那个|这些|那些|谁来|包括|请问|[的了吗呢吧啊呀嘛谁]",
  );

  /** Take words apart at their separators. @param {any[]} words */
  function split(words) {
    return [].concat(
      ...words.map((word) => {
        if (word.phrase || word.excluded) return [word];
        return inner.words.runs(word.text).map((run) => ({ ...word, text: run.text, written: run.text.join("") }));
      }),
    );
  }

  /** List the runs of words that have pairs. @param {any[]} words @returns {string[][]} characters of runs */
  function runsOf(words) {
    const runs = [].concat(...words.map((word) => inner.words.runs(word.text)));
    return runs.map((run) => run.text).filter((text) => text.length > 1);
  }

  /** Add to words the other ways to write their numbers. @param {any[]} words @returns {any[]} */
  function withVariants(words) {
    const others = [].concat(...words.map((word) => inner.variants(word.written).slice(0, MOST_VARIANTS)));
    return words.concat(others.map((written) => ({ text: inner.words.indexed(Array.from(written)), written })));
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
   * Rank the documents that hold a good part of the pairs of the words, rare ones counting more. What was put in quotes
   * is wanted as it stands or not at all.
   * @param {any} engine @param {any[]} words
   */
  async function scattered(engine, words) {
    const wanted = words.filter((word) => !word.excluded);
    const runs = wanted.some((word) => word.phrase) ? [] : runsOf(withVariants(wanted));
    const telling = [].concat(...runs.map(withoutQuestion)).filter((run) => run.length > 1 && !isLetters(run));
    const pairs = (await pairsOf(engine, telling)).filter((pair) => pair.starts.length);
    const { score, share } = scores(engine, pairs);
    await addCharacters(engine, telling, score, share);
    const banned = await documentsOf(engine, words.filter((word) => word.excluded));
    const least = LEAST_OF_BEST * score.reduce((most, value) => Math.max(most, value), 0);
    const documents = [];
    share.forEach((value, document) => {
      if (value >= LEAST_SHARE && score[document] >= least && !banned.has(document)) documents.push(document);
    });
    const kept = engine.ranker.order(documents, score).slice(0, MOST_SCATTERED);
    const ways = pairs.map((pair) => [{ starts: pair.starts, length: 2, weight: 1 }]);
    return { documents: kept.sort((a, b) => a - b), score, ways };
  }

  /** @param {any} engine @param {any[]} words @returns {Promise<Set<number>>} the documents that hold any of the words */
  async function documentsOf(engine, words) {
    const found = new Set();
    for (const starts of await Promise.all(words.map((word) => engine.matcher.find(word.text)))) {
      for (const position of starts || []) found.add(engine.catalogue.documentAt(position));
    }
    return found;
  }

  /** Letters share pairs with half of all words. */
  const isLetters = (/** @type {string[]} */ run) => /^[a-z]+$/.test(run.join(""));

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
    const answers = catalogue.having("kind", (kind) => ANSWERS.includes(kind));
    const lists = catalogue.having("kind", (kind) => LISTS.includes(kind));
    share.forEach((value, document) => {
      score[document] *= (SHARE_BASE + value) * (answers[document] ? ANSWER : lists[document] ? LIST : 1);
    });
    return { share, score };
  }

  /** Add what single characters say: 社工部 is in 社会工作部. */
  async function addCharacters(
    /** @type {any} */ engine,
    /** @type {string[][]} */ runs,
    /** @type {Float64Array} */ score,
    /** @type {Float64Array} */ share,
  ) {
    for (const run of runs.slice(0, MOST_RUNS)) {
      const characters = Array.from(new Set(run)).slice(0, MOST_OF_A_RUN);
      const lists = await Promise.all(characters.map((character) => engine.names.positions(character + IN_NAMES)));
      const held = new Float64Array(engine.catalogue.count);
      // Of the most common characters there is no list: they say little.
      const telling = lists.map((list) => (list && list.length ? engine.ranker.rarity(list.length) : 0));
      const total = telling.reduce((sum, weight) => sum + weight, 0);
      lists.forEach((list, index) => {
        if (telling[index]) {
          engine.ranker.eachDocument(list, (document) => (held[document] += telling[index] / total));
        }
      });
      held.forEach((value, document) => {
        if (value >= LEAST_CHARACTERS) {
          score[document] += (value * value * (value > ALL_CHARACTERS ? 2 : 1) * CHARACTERS) / runs.length;
          share[document] = Math.max(share[document], value / runs.length);
        }
      });
    }
  }

  /** @param {any} catalogue @param {number} document @param {Uint32Array} starts @param {number} from @param {number} to */
  function fieldValue(catalogue, document, starts, from, to) {
    const namesEnd = catalogue.namesEnd[document];
    const headingsEnd = catalogue.headingsEnd[document];
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

  inner.nearby = { split, scattered, runsOf, pairsOf };
})();
