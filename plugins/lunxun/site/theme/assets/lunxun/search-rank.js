// @ts-check
// Which documents come first: names before headings before bodies, rare words before common ones, near before far.
(function () {
  "use strict";

  /**
   * @typedef {{starts: Uint32Array, length: number, weight: number}} Found
   * @typedef {{score: Float64Array, documents: number[]}} Scored a score for each document, and which have one
   */

  const inner = /** @type {any} */ (window).LunxunSearch.inner;
  const TITLE_EXACT = 14;
  const TITLE = 4.5;
  const TITLE_COVER = 4;
  const ALIAS_EXACT = 11;
  const ALIAS = 3.5;
  const ALIAS_COVER = 3;
  const AT_START = 0.8;
  const HEADING = 2;
  const BODY = 2.2;
  const EARLY = 0.8;
  const EARLY_WITHIN = 120;
  const NAMED_KINDS = ["term", "policy"];
  const CASE = "case";
  const NAMED = 1.5;
  const NEAR = 2;
  const NEAR_SCALE = 24;
  const MOST_NEAR = 3000;
  const AT_PLACE = 1;
  const CASE_AT_PLACE = 3;

  /** Scores words over documents. */
  class Ranker {
    /** @param {any} catalogue */
    constructor(catalogue) {
      this.catalogue = catalogue;
      this.isNamed = catalogue.having("kind", (/** @type {string} */ kind) => NAMED_KINDS.includes(kind));
      this.isCase = catalogue.having("kind", (/** @type {string} */ kind) => kind === CASE);
    }

    /**
     * Score one word, in all ways it may be written.
     * @param {Found[]} ways @param {boolean} [isAlone] whether it is the whole query: then it may be a name
     * @returns {Scored}
     */
    word(ways, isAlone) {
      const score = new Float64Array(this.catalogue.count);
      const documents = [];
      for (const way of ways) {
        this.eachDocument(way.starts, (document, from, to) => {
          const value = way.weight * this.inDocument(document, way, from, to, Boolean(isAlone));
          if (!score[document]) documents.push(document);
          score[document] = Math.max(score[document], value);
        });
      }
      const rarity = this.rarity(documents.length);
      for (const document of documents) score[document] *= rarity;
      return { score, documents: documents.sort((a, b) => a - b) };
    }

    /** Weigh what occurs in so many documents. @param {number} count @returns {number} */
    rarity(count) {
      return Math.log(1 + (this.catalogue.count + 1) / (count + 0.5));
    }

    /** Call for each document with its share of a list. @param {Uint32Array} starts @param {(document: number, from: number, to: number) => void} visit */
    eachDocument(starts, visit) {
      const { catalogue } = this;
      for (let from = 0, to = 0; from < starts.length; from = to) {
        const document = catalogue.documentAt(starts[from]);
        const end = catalogue.starts[document + 1];
        for (to = from + 1; to < starts.length && starts[to] < end; ) to += 1;
        visit(document, from, to);
      }
    }

    /** Score a word in a document. */
    inDocument(
      /** @type {number} */ document,
      /** @type {Found} */ way,
      /** @type {number} */ from,
      /** @type {number} */ to,
      /** @type {boolean} */ isAlone,
    ) {
      const { catalogue } = this;
      const start = catalogue.starts[document];
      const titleEnd = catalogue.titles[document];
      const namesEnd = catalogue.namesEnd[document];
      const headingsEnd = catalogue.headingsEnd[document];
      let name = 0;
      let headings = 0;
      let bodies = 0;
      let early = 0;
      for (let index = from; index < to; index += 1) {
        const offset = way.starts[index] - start;
        if (offset < titleEnd) name = Math.max(name, this.inTitle(document, offset, way.length, isAlone));
        else if (offset < namesEnd) name = Math.max(name, this.inAlias(document, offset, way.length, isAlone));
        else if (offset < headingsEnd) headings += 1;
        else {
          bodies += 1;
          if (offset < headingsEnd + EARLY_WITHIN) early = EARLY;
        }
      }
      const length = 0.4 + (0.6 * (catalogue.starts[document + 1] - start)) / catalogue.meanLength;
      const heading = headings ? HEADING + Math.min(headings - 1, 2) * 0.4 : 0;
      return name + heading + (bodies ? (BODY * bodies) / (bodies + length) + early : 0);
    }

    /** @param {number} document @param {number} offset @param {number} length @param {boolean} isAlone @returns {number} */
    inTitle(document, offset, length, isAlone) {
      const whole = this.catalogue.titles[document];
      if (isAlone && length >= whole) return TITLE_EXACT + (this.isNamed[document] ? NAMED : 0);
      return TITLE + TITLE_COVER * Math.min(length / whole, 1) + (offset ? 0 : AT_START);
    }

    /** @param {number} document @param {number} offset @param {number} length @param {boolean} isAlone @returns {number} */
    inAlias(document, offset, length, isAlone) {
      const { catalogue } = this;
      let start = catalogue.titles[document] + 1;
      let alias = catalogue.firstAlias[document];
      while (offset > start + catalogue.aliasLengths[alias]) {
        start += catalogue.aliasLengths[alias] + 1;
        alias += 1;
      }
      const whole = catalogue.aliasLengths[alias];
      if (isAlone && length >= whole) return ALIAS_EXACT + (this.isNamed[document] ? NAMED : 0);
      return ALIAS + ALIAS_COVER * Math.min(length / whole, 1) + (offset === start ? AT_START : 0);
    }

    /**
     * Reward documents in which the words stand close together.
     * @param {number[]} documents that hold all words @param {Found[][]} words @param {Float64Array} score
     */
    near(documents, words, score) {
      if (words.length < 2 || documents.length > MOST_NEAR) return;
      const lists = words.map((ways) => ways.filter((way) => way.starts.length));
      for (const document of documents) {
        for (let index = 1; index < lists.length; index += 1) {
          const gap = this.gap(document, lists[index - 1], lists[index]);
          score[document] += (NEAR * NEAR_SCALE) / (NEAR_SCALE + gap);
        }
      }
    }

    /**
     * A word that names a place asks for what was done there.
     * @param {number[]} documents @param {string} word @param {Float64Array} score
     */
    atPlace(documents, word, score) {
      const places = this.catalogue.places.filter((place) => word.length > 1 && place.name.startsWith(word));
      if (!places.length) return;
      const isThere = this.catalogue.having("regions", (id) => places.some((place) => place.id === id));
      for (const document of documents) {
        if (isThere[document]) score[document] += this.isCase[document] ? CASE_AT_PLACE : AT_PLACE;
      }
    }

    /** Measure the least distance between two words in a document. @param {number} document @param {Found[]} first @param {Found[]} second */
    gap(document, first, second) {
      const from = this.catalogue.starts[document];
      const to = this.catalogue.starts[document + 1];
      let least = to - from;
      for (const a of first) {
        for (const b of second) least = Math.min(least, leastGap(a.starts, b.starts, from, to));
      }
      return least;
    }

    /** Put documents in order: best first, then as they stand. @param {number[]} documents @param {Float64Array} score */
    order(documents, score) {
      return documents.sort((a, b) => score[b] - score[a] || a - b);
    }
  }

  /** @param {Uint32Array} first @param {Uint32Array} second @param {number} from @param {number} to @returns {number} */
  function leastGap(first, second, from, to) {
    let least = to - from;
    let a = inner.match.leap(first, 0, from);
    let b = inner.match.leap(second, 0, from);
    while (a < first.length && b < second.length && first[a] < to && second[b] < to) {
      least = Math.min(least, Math.abs(first[a] - second[b]));
      if (first[a] < second[b]) a += 1;
      else b += 1;
    }
    return least;
  }

  inner.Ranker = Ranker;
})();
