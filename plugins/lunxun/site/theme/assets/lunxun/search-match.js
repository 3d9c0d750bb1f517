// @ts-check
// Where a word stands: lists of pairs are chosen that cover it, and what stands at the right distances is kept.
(function () {
  "use strict";

  /**
   * @typedef {{offset: number, key: string}} Piece a pair, or one character before a separator, inside a word
   * @typedef {{starts: Uint32Array, length: number, weight: number}} Found where one way to write a word stands
   */

  const inner = /** @type {any} */ (window).LunxunSearch.inner;
  const FIRST_SYLLABLE = 0xe000;
  const FIRST_LETTER = 0xf000;
  const IN_NAME = "\uf8ff";
  const AFTER_ALL = "\uffff";
  const FILES_FOR_PREFIX = 6;
  const FILES_FOR_SOUND = 12;
  const SOUND_WEIGHT = 0.85;
  const VARIANT_WEIGHT = 0.95;

  /**
   * Choose pairs that cover a run of two or more characters at the lowest cost.
   * @param {string[]} run @param {(key: string) => number} cost @returns {Piece[]}
   */
  function cover(run, cost) {
    const last = run.length - 2;
    const pieces = [];
    for (let offset = 0; offset <= last; offset += 1) {
      const key = run[offset] + run[offset + 1];
      const before = [pieces[offset - 1], pieces[offset - 2]].filter(Boolean);
      before.sort((a, b) => a.total - b.total);
      const best = before[0] || null;
      pieces.push({ offset, key, best, total: (best ? best.total : 0) + cost(key) });
    }
    const chosen = [];
    for (let piece = pieces[last]; piece; piece = piece.best) chosen.unshift({ offset: piece.offset, key: piece.key });
    return chosen;
  }

  /** Keep the starts at which another list has a position at a distance. @param {Uint32Array} starts @param {Uint32Array} list @param {number} distance */
  function meet(starts, list, distance) {
    const kept = new Uint32Array(Math.min(starts.length, list.length));
    let count = 0;
    let at = 0;
    for (let index = 0; index < starts.length && at < list.length; index += 1) {
      const wanted = starts[index] + distance;
      if (list[at] < wanted) at = leap(list, at, wanted);
      if (at < list.length && list[at] === wanted) kept[count++] = starts[index];
    }
    return kept.subarray(0, count);
  }

  /** Find the first position from a place on that is not below a number. @param {Uint32Array} list @param {number} at @param {number} wanted */
  function leap(list, at, wanted) {
    let step = 1;
    while (at + step < list.length && list[at + step] < wanted) {
      at += step;
      step *= 2;
    }
    let high = Math.min(at + step, list.length);
    let low = at;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Finds words in the posting lists. */
  class Matcher {
    /**
     * @param {any} lists of texts @param {any} names lists of the characters and sounds of names @param {any} catalogue
     * @param {(starts: Uint32Array, text: string[]) => Promise<Uint32Array>} verify keeps the starts at which the text
     *   really stands, for what the lists cannot tell
     */
    constructor(lists, names, catalogue, verify) {
      this.lists = lists;
      this.names = names;
      this.catalogue = catalogue;
      this.verify = verify;
    }

    /**
     * Find where a text stands: every one of its runs, at the right distances.
     * @param {string[]} text folded, spaces for separators @returns {Promise<Uint32Array | null>} null if no file could be read
     */
    async find(text) {
      const runs = inner.words.runs(text);
      const needed = [];
      for (const run of runs.filter((one) => one.text.length > 1)) {
        const pieces = cover(run.text, (key) => this.lists.cost(key));
        needed.push(...pieces.map((piece) => this.piece(run, piece)));
      }
      const singles = runs.filter((run) => run.text.length === 1).map((run) => this.single(run, text));
      const [found, alone] = await Promise.all([Promise.all(needed), Promise.all(singles)]);
      const known = [].concat(...found, ...alone).filter((piece) => piece.positions);
      if (!known.length) return null;
      const starts = intersect(known);
      if (runs.length === 1) return starts;
      // The lists do not say whether a separator or another character stands between the runs.
      return this.verify(this.insideDocuments(starts, text.length), text);
    }

    /** Keep the starts of texts that end in the same document. @param {Uint32Array} starts @param {number} length */
    insideDocuments(starts, length) {
      const at = (/** @type {number} */ position) => this.catalogue.documentAt(position);
      return starts.filter((start) => at(start) === at(start + length - 1));
    }

    /** Get a list of a cover; if it cannot be read, the lists beside it take its place. */
    async piece(/** @type {{start: number, text: string[]}} */ run, /** @type {Piece} */ piece) {
      const offset = run.start + piece.offset;
      const positions = await this.lists.positions(piece.key);
      if (positions) return [{ offset, positions }];
      const beside = [piece.offset - 1, piece.offset + 1].filter((at) => at >= 0 && at + 1 < run.text.length);
      const lists = beside.map((at) => this.lists.positions(run.text[at] + run.text[at + 1]));
      return (await Promise.all(lists)).map((list, index) => ({ offset: run.start + beside[index], positions: list }));
    }

    /**
     * Get the places of a character that stands alone in the query. Behind a separator it begins a run of the text.
     * Before one it may end any run, of which there is no list; nor is one made of too many files.
     */
    async single(/** @type {{start: number, text: string[]}} */ run, /** @type {string[]} */ text) {
      const character = run.text[0];
      const isLast = run.start === text.length - 1;
      if (run.start === 0 && !isLast) return [{ offset: 0, positions: null }];
      let positions = isLast
        ? await this.lists.between(character, " ", AFTER_ALL, FILES_FOR_PREFIX)
        : await this.lists.positions(character + " ");
      if (!positions && text.length === 1) positions = await this.names.positions(character + IN_NAME);
      return [{ offset: run.start, positions }];
    }

    /**
     * Find a word in every way to write it: as it is, with its numbers in other signs.
     * @param {string[]} text @param {string} written the word before separators were put in @returns {Promise<Found[] | null>}
     */
    async word(text, written) {
      const others = inner.variants(written).map((other) => inner.words.indexed(Array.from(other)));
      const all = await Promise.all([text].concat(others).map((way) => this.find(way)));
      if (!all[0]) return null;
      return all
        .map((starts, index) => ({
          starts: starts || new Uint32Array(0),
          length: index ? others[index - 1].length : text.length,
          weight: index ? VARIANT_WEIGHT : 1,
        }))
        .filter((found, index) => !index || found.starts.length);
    }

    /**
     * Find names that sound as the letters say: wanggehua, or the first letters, wgh.
     * @param {string} letters @param {Map<string, number>} syllables @returns {Promise<Found[]>}
     */
    async sounds(letters, syllables) {
      const ways = inner.words.cuts(letters, syllables).map((cut) => this.syllables(cut, syllables));
      const first = Array.from(letters, (letter) => String.fromCharCode(FIRST_LETTER + letter.charCodeAt(0)));
      ways.push(this.name(first).then((starts) => ({ starts, length: first.length })));
      const found = await Promise.all(ways);
      return found.filter((way) => way.starts.length).map((way) => ({ ...way, weight: SOUND_WEIGHT }));
    }

    /** Find where in names a row of two or more sounds stands. @param {string[]} sounds @returns {Promise<Uint32Array>} */
    async name(sounds) {
      const pieces = cover(sounds, (key) => this.names.cost(key));
      const lists = await Promise.all(pieces.map((piece) => this.names.positions(piece.key)));
      const known = pieces.map((piece, at) => ({ offset: piece.offset, positions: lists[at] }));
      const readable = known.filter((piece) => piece.positions);
      return readable.length ? intersect(readable) : new Uint32Array(0);
    }

    /** Find names by syllables. @param {number[]} numbers @returns {Promise<Uint32Array>} */
    sounding(numbers) {
      return this.name(numbers.map((number) => String.fromCharCode(FIRST_SYLLABLE + number)));
    }

    /** @param {{syllables: number[], open: string}} cut @param {Map<string, number>} all */
    async syllables(cut, all) {
      const { syllables, open } = cut;
      const pieces = [];
      if (syllables.length > 1) pieces.push({ offset: 0, positions: await this.sounding(syllables) });
      if (open || syllables.length === 1) {
        const ends = Array.from(all).filter(([syllable]) => syllable.startsWith(open));
        const [low, high] = [ends[0][1], ends[ends.length - 1][1] + 1].map((number) => FIRST_SYLLABLE + number);
        const last = String.fromCharCode(FIRST_SYLLABLE + syllables[syllables.length - 1]);
        const range = [String.fromCharCode(low), String.fromCharCode(high)];
        const positions = await this.names.between(last, range[0], range[1], FILES_FOR_SOUND);
        pieces.push({ offset: syllables.length - 1, positions });
      }
      const known = pieces.filter((piece) => piece.positions);
      return { starts: known.length ? intersect(known) : new Uint32Array(0), length: syllables.length + (open ? 1 : 0) };
    }
  }

  /** Find the starts at which all lists have their positions. @param {{offset: number, positions: Uint32Array}[]} pieces */
  function intersect(pieces) {
    const sorted = pieces.slice().sort((a, b) => a.positions.length - b.positions.length);
    const first = sorted[0];
    let starts = first.offset
      ? first.positions.filter((position) => position >= first.offset).map((position) => position - first.offset)
      : first.positions;
    for (const piece of sorted.slice(1)) starts = meet(starts, piece.positions, piece.offset);
    return starts;
  }

  inner.match = { Matcher, cover, meet, leap, intersect };
})();
