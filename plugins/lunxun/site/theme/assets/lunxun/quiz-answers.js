// @ts-check
// Compares answers with keys, as quizzes/README.md says: no page is needed for it.

/** @typedef {{accept: string[], unit: string, tolerance: number | null}} Blank */
/** @typedef {{type: string, key?: string[], blanks?: Blank[], anyOrder?: boolean, shares?: number[], parts?: string[]}} Question */
/** @typedef {"right" | "partly" | "wrong" | "empty"} State */
/** @typedef {{state: State, share: number, hits: boolean[]}} Mark */

(function () {
  "use strict";

  const shared = /** @type {any} */ (typeof window === "undefined" ? globalThis : window);
  shared.LunxunQuiz = shared.LunxunQuiz || {};

  // Signs that would make another number, another rate or another span if they were dropped.
  const KEPT_BETWEEN_DIGITS = /[./:\-–—]/;
  const KEPT = /[%‰]/;
  const DROPPED = /[\p{P}\s\u200b-\u200f\u2060\ufeff]/u;
  const DIGIT = /[0-9]/;
  const LONGEST = 400;
  const CHINESE_DIGITS = "零一二三四五六七八九";
  const PLACES = new Map([["十", 10], ["百", 100], ["千", 1000]]);
  const SCALES = new Map([["万", 10000], ["亿", 100000000]]);
  const MARKED_RIGHT = 0.8;
  const MARKED_PARTLY = 0.4;

  /**
   * Fold a text for comparison: width, case, traditional characters, spaces and punctuation do not count.
   * @param {string} text @param {[string, string]} [table] traditional characters, and what each becomes
   */
  function fold(text, table) {
    const narrow = Array.from(text.slice(0, LONGEST), (sign) => {
      const code = sign.charCodeAt(0);
      const half = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : sign;
      const place = table ? table[0].indexOf(half) : -1;
      return place >= 0 && table ? table[1][place] : half.toLowerCase();
    });
    return narrow.filter((sign, place) => isKept(sign, place, narrow)).join("");
  }

  /** @param {string} sign @param {number} place @param {string[]} signs */
  function isKept(sign, place, signs) {
    if (!DROPPED.test(sign) || KEPT.test(sign)) return true;
    const isInside = DIGIT.test(signs[place - 1] || "") && DIGIT.test(signs[place + 1] || "");
    return isInside && KEPT_BETWEEN_DIGITS.test(sign);
  }

  /**
   * Read a folded number: digits or Chinese numerals, with a scale such as 万. @param {string} text @returns {number | null}
   */
  function number(text) {
    const match = /^(-?[0-9]+(?:\.[0-9]+)?)([百千]?[万亿]?)(%?)$/.exec(text);
    if (match) {
      const scale = Array.from(match[2]).reduce((all, sign) => all * (PLACES.get(sign) || SCALES.get(sign) || 1), 1);
      return Number(match[1]) * scale;
    }
    return chineseNumber(text);
  }

  /** @param {string} text @returns {number | null} */
  function chineseNumber(text) {
    const signs = text.replace(/〇/g, "零").replace(/两/g, "二");
    if (!/^[零一二三四五六七八九十百千万亿]+$/.test(signs)) return null;
    let total = 0;
    let section = 0;
    let digit = -1;
    let smallest = Infinity; // places go down within a section: 三十十 is no number
    for (const sign of Array.from(signs)) {
      const place = PLACES.get(sign);
      const scale = SCALES.get(sign);
      if (place) {
        if (place >= smallest || (digit < 0 && (place > 10 || section > 0))) return null;
        smallest = place;
        section += (digit < 0 ? 1 : digit) * place;
        digit = -1;
      } else if (scale) {
        const part = section + Math.max(digit, 0);
        total = sign === "亿" ? (total + part) * scale : total + part * scale;
        section = 0;
        digit = -1;
        smallest = Infinity;
      } else {
        // Two digits side by side are no number by the rules, except after a zero.
        if (digit > 0) return null;
        digit = CHINESE_DIGITS.indexOf(sign);
      }
    }
    return total + section + Math.max(digit, 0);
  }

  /** Tell whether a text may stand in a blank. @param {Blank} blank @param {string} text @param {[string, string]} [table] */
  function fits(blank, text, table) {
    const unit = fold(blank.unit || "", table);
    const bare = (/** @type {string} */ written) => {
      const folded = fold(written, table);
      return unit && folded.endsWith(unit) && folded !== unit ? folded.slice(0, -unit.length) : folded;
    };
    const answer = bare(text);
    if (!answer) return false;
    const accepted = blank.accept.map(bare);
    if (accepted.includes(answer)) return true;
    if (blank.tolerance === null || blank.tolerance === undefined) return false;
    const given = number(answer);
    const wanted = number(accepted[0]);
    const isRate = (/** @type {string} */ written) => /[%‰]$/.test(written);
    if (given === null || wanted === null || isRate(answer) !== isRate(accepted[0])) return false;
    return Math.abs(given - wanted) <= blank.tolerance + 1e-9 * Math.max(1, Math.abs(wanted));
  }

  /**
   * Mark an answer. @param {Question} question @param {any} answer values in the order of the controls; for a free answer
   * `{text, ticks}` with what the learner found in it @param {[string, string]} [table] @returns {Mark}
   */
  function mark(question, answer, table) {
    if (isEmpty(question, answer)) return { state: "empty", share: 0, hits: [] };
    if (question.type === "单选" || question.type === "判断") return whole([answer[0] === (question.key || [])[0]]);
    if (question.type === "多选") return chosen(question.key || [], answer);
    if (question.type === "填空") return filled(question, answer, table);
    if (question.type === "匹配") return counted((question.key || []).map((value, place) => answer[place] === value));
    if (question.type === "排序") return whole((question.key || []).map((value, place) => answer[place] === value));
    return selfMarked(question.shares || [], answer);
  }

  /** Tell whether nothing was answered. @param {Question} question @param {any} answer */
  function isEmpty(question, answer) {
    if (answer === null || answer === undefined) return true;
    if (question.type === "简答" || question.type === "论述") return !Array.isArray(answer.ticks);
    return !Array.isArray(answer) || answer.every((one) => typeof one !== "string" || one.trim() === "");
  }

  /** All or nothing. @param {boolean[]} hits @returns {Mark} */
  function whole(hits) {
    const isRight = hits.every(Boolean);
    return { state: isRight ? "right" : "wrong", share: isRight ? 1 : 0, hits };
  }

  /** By the number of hits. @param {boolean[]} hits @returns {Mark} */
  function counted(hits) {
    const share = hits.filter(Boolean).length / Math.max(hits.length, 1);
    return { state: share === 1 ? "right" : share > 0 ? "partly" : "wrong", share, hits };
  }

  /** Half for what is right but not all; a wrong choice spoils it. @param {string[]} key @param {string[]} answer @returns {Mark} */
  function chosen(key, answer) {
    const isClean = answer.every((value) => key.includes(value));
    const isWhole = isClean && key.every((value) => answer.includes(value));
    const hits = answer.map((value) => key.includes(value));
    if (isWhole) return { state: "right", share: 1, hits };
    return isClean ? { state: "partly", share: 0.5, hits } : { state: "wrong", share: 0, hits };
  }

  /** @param {Question} question @param {string[]} answer @param {[string, string]} [table] @returns {Mark} */
  function filled(question, answer, table) {
    const blanks = question.blanks || [];
    const texts = blanks.map((blank, place) => String(answer[place] || ""));
    if (!question.anyOrder) return counted(blanks.map((blank, place) => fits(blank, texts[place], table)));
    // Each text is given a blank of its own, others making room for it where they can.
    const takenBy = blanks.map(() => -1);
    const place = (/** @type {number} */ text, /** @type {Set<number>} */ tried) =>
      blanks.some((blank, at) => {
        if (tried.has(at) || !fits(blank, texts[text], table)) return false;
        tried.add(at);
        if (takenBy[at] >= 0 && !place(takenBy[at], tried)) return false;
        takenBy[at] = text;
        return true;
      });
    texts.forEach((text, at) => place(at, new Set()));
    return counted(texts.map((text, at) => takenBy.includes(at)));
  }

  /** @param {number[]} shares @param {{ticks: boolean[]}} answer @returns {Mark} */
  function selfMarked(shares, answer) {
    const hits = shares.map((share, place) => answer.ticks[place] === true);
    const share = shares.reduce((sum, one, place) => sum + (hits[place] ? one : 0), 0) / 100;
    return { state: share >= MARKED_RIGHT ? "right" : share >= MARKED_PARTLY ? "partly" : "wrong", share, hits };
  }

  /** Give a source of random numbers that a seed decides. @param {string} seed @returns {() => number} in 0..1 */
  function randomFrom(seed) {
    let state = 2166136261;
    for (const sign of seed) state = Math.imul(state ^ sign.charCodeAt(0), 16777619);
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  /** Shuffle a copy. @template T @param {T[]} items @param {string} seed @returns {T[]} */
  function shuffled(items, seed) {
    const random = randomFrom(seed);
    const mixed = items.slice();
    for (let last = mixed.length - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1));
      [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
    }
    return mixed;
  }

  shared.LunxunQuiz.answers = { fold, number, fits, mark, shuffled };
})();
