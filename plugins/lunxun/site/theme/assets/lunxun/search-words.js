// @ts-check
// What a query says: folded characters, words, syllables of pinyin. lunxun/search/tokens.py folds in the same way when
// the index is written; tests/search/golden.json holds the two together.
(function () {
  "use strict";

  /**
   * @typedef {{text: string[], written: string, phrase: boolean, excluded: boolean}} Word
   * `text` has spaces for separators, `written` is folded only
   */

  const MOST_CHARACTERS = 200;
  const MOST_WORDS = 12;
  const MOST_CUTS = 24;
  const MOST_LETTERS = 60;
  const LONGEST_SYLLABLE = 6;
  const SEARCHED = /^[\p{L}\p{N}]$/u;
  const QUOTES = { "“": "”", "”": "”", "\"": "\"", "\uff02": "\uff02", "「": "」", "『": "』" };
  const MINUS = ["-", "\uff0d", "\u2212"];

  /** Fold one character as far as no table is needed. @param {string} character @returns {string} */
  function narrow(character) {
    const code = character.charCodeAt(0);
    const plain = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character;
    const lowered = plain.toLowerCase();
    return Array.from(lowered).length === 1 ? lowered : plain;
  }

  /**
   * Fold a text character for character; nothing is dropped and nothing added.
   * @param {string} text @param {Map<string, string>} [table] what `narrow` does not know @returns {string[]}
   */
  function fold(text, table) {
    return Array.from(text, (character) => (table && table.get(character)) || narrow(character));
  }

  /** Write a space for each character that cannot be searched for. @param {string[]} folded @returns {string[]} */
  function indexed(folded) {
    return folded.map((character) => (SEARCHED.test(character) ? character : " "));
  }

  /** List the runs between separators with where they start. @param {string[]} text */
  function runs(text) {
    const found = [];
    let run = null;
    text.forEach((character, index) => {
      if (character === " ") {
        run = null;
      } else if (run) {
        run.text.push(character);
      } else {
        run = { start: index, text: [character] };
        found.push(run);
      }
    });
    return /** @type {{start: number, text: string[]}[]} */ (found);
  }

  /**
   * Cut a query into words. A quoted word is a phrase; a minus before a word excludes it.
   * @param {string} query @param {Map<string, string>} [table]
   * @returns {{words: Word[], warnings: string[]}}
   */
  function parse(query, table) {
    const warnings = [];
    let characters = Array.from(query);
    if (characters.length > MOST_CHARACTERS) {
      characters = characters.slice(0, MOST_CHARACTERS);
      warnings.push(`查询太长，只用了前${MOST_CHARACTERS}个字。`);
    }
    const words = [];
    for (const raw of rawWords(characters)) {
      const folded = fold(raw.text, table);
      const all = indexed(folded);
      const start = all.findIndex((character) => character !== " ");
      if (start < 0) continue;
      let end = all.length;
      while (all[end - 1] === " ") end -= 1;
      const written = folded.slice(start, end).join("");
      if (words.some((word) => word.excluded === raw.excluded && word.written === written)) continue;
      words.push({ text: all.slice(start, end), written, phrase: raw.phrase, excluded: raw.excluded });
    }
    if (words.length > MOST_WORDS) warnings.push(`词太多，只用了前${MOST_WORDS}个。`);
    return { words: words.slice(0, MOST_WORDS), warnings };
  }

  /** @param {string[]} characters @returns {{text: string, phrase: boolean, excluded: boolean}[]} */
  function rawWords(characters) {
    const isSpace = (/** @type {number} */ index) => /\s/.test(characters[index]);
    const found = [];
    let at = 0;
    while (at < characters.length) {
      if (isSpace(at)) {
        at += 1;
        continue;
      }
      const excluded = MINUS.includes(characters[at]) && at + 1 < characters.length && !isSpace(at + 1);
      if (excluded) at += 1;
      const close = QUOTES[characters[at]];
      let end = close ? characters.indexOf(close, at + 1) : -1;
      const phrase = end >= 0 && (end + 1 === characters.length || isSpace(end + 1));
      if (!phrase) {
        end = at;
        while (end < characters.length && !isSpace(end)) end += 1;
      }
      found.push({ text: characters.slice(at, phrase ? end + 1 : end).join(""), phrase, excluded });
      at = phrase ? end + 1 : end;
    }
    return found;
  }

  const SAME_SOUND = { lue: "lve", nue: "nve" };

  /**
   * Cut letters into syllables in every way; the last may be unfinished, and then stands with `open`.
   * @param {string} letters lower case @param {Map<string, number>} syllables
   * @returns {{syllables: number[], open: string}[]}
   */
  function cuts(letters, syllables) {
    const found = [];
    const dead = new Set();
    const go = (/** @type {number} */ at, /** @type {number[]} */ before) => {
      const already = found.length;
      if (at === letters.length) found.push({ syllables: before, open: "" });
      if (at === letters.length || dead.has(at) || already >= MOST_CUTS) return;
      for (let end = Math.min(letters.length, at + LONGEST_SYLLABLE); end > at; end -= 1) {
        const text = letters.slice(at, end);
        const number = syllables.get(SAME_SOUND[text] || text);
        if (number !== undefined) go(end, before.concat(number));
        else if (end === letters.length && at > 0 && begins(text)) found.push({ syllables: before, open: text });
      }
      if (found.length === already) dead.add(at);
    };
    const begins = (/** @type {string} */ text) =>
      Array.from(syllables.keys()).some((syllable) => syllable.startsWith(text));
    if (letters.length <= MOST_LETTERS) go(0, []);
    return found;
  }

  /** @type {any} */ (window).LunxunSearch.inner.words = { fold, indexed, runs, parse, cuts };
})();
