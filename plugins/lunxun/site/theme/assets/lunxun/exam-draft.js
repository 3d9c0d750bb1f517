// @ts-check
// What is known of a sitting before it is handed in: answers, marks, time. Values in, values out.
// Each answer carries the number of the change that made it, so that two tabs, or two stores, can be put together:
// of each question the later change stays.

/** @typedef {string | string[] | null} Value an answer as the sheet has it; null: taken back */
/** @typedef {{name: string, unit: string, number: string}} Learner */
/** @typedef {{name: string, text: string, receipt: string, at: string, isBackup: boolean}} Handed a sealed file */
/** @typedef {{version: 1, digest: string, sitting: string, started: string, seconds: number, change: number,
 *   learner: [Learner, number], answers: Record<string, [Value, number]>, marks: Record<string, [boolean, number]>,
 *   handed: Handed | null}} Draft */

(function () {
  "use strict";

  const shared = /** @type {any} */ (typeof window === "undefined" ? globalThis : window);
  shared.LunxunExam = shared.LunxunExam || {};

  const VERSION = 1;
  const LONGEST = 20000; // characters of an answer
  const MOST = 600; // answers, or blanks of one
  const NUMBER = /^[0-9]{1,3}(?:-[0-9]{1,3})?$/;
  const SITTING = /^[0-9a-f]{32}$/;

  /** @param {string} digest @param {string} sitting @param {string} started @returns {Draft} */
  function begin(digest, sitting, started) {
    const learner = { name: "", unit: "", number: "" };
    return { version: VERSION, digest, sitting, started, seconds: 0, change: 0, learner: [learner, 0], answers: {}, marks: {}, handed: null };
  }

  /** @param {Draft} draft @param {string} number @param {Value} value */
  function answer(draft, number, value) {
    draft.answers[number] = [value, next(draft)];
  }

  /** @param {Draft} draft @param {string} number @param {boolean} isMarked */
  function mark(draft, number, isMarked) {
    draft.marks[number] = [isMarked, next(draft)];
  }

  /** @param {Draft} draft @param {Learner} learner */
  function name(draft, learner) {
    draft.learner = [learner, next(draft)];
  }

  /** @param {Draft} draft */
  function next(draft) {
    draft.change += 1;
    return draft.change;
  }

  /** Put two memories of one sitting together; `mine` where both changed at once. @param {Draft} mine @param {Draft} other @returns {Draft} */
  function merged(mine, other) {
    if (mine.handed || other.handed) return mine.handed ? mine : other;
    return {
      ...mine,
      seconds: Math.max(mine.seconds, other.seconds),
      change: Math.max(mine.change, other.change),
      learner: other.learner[1] > mine.learner[1] ? other.learner : mine.learner,
      answers: later(mine.answers, other.answers),
      marks: later(mine.marks, other.marks),
    };
  }

  /** @template T @param {Record<string, [T, number]>} mine @param {Record<string, [T, number]>} other */
  function later(mine, other) {
    const found = { ...mine };
    for (const number of Object.keys(other)) {
      if (!(number in found) || other[number][1] > found[number][1]) found[number] = other[number];
    }
    return found;
  }

  /** After handing in only the sealed file is kept: nobody reads it on this computer. @param {Draft} draft @param {Handed} handed @returns {Draft} */
  function closed(draft, handed) {
    return { ...begin(draft.digest, draft.sitting, draft.started), seconds: draft.seconds, change: draft.change, handed };
  }

  /** Read what a store holds, or nothing if it is not what was written. @param {any} text @param {string} digest @returns {Draft | null} */
  function read(text, digest) {
    let data;
    try {
      data = JSON.parse(text);
    } catch (error) {
      return null;
    }
    if (!isObject(data) || data.version !== VERSION || data.digest !== digest || !SITTING.test(data.sitting)) return null;
    if (!isText(data.started) || !isCount(data.seconds) || !isCount(data.change)) return null;
    if (!isPair(data.learner, isLearner) || !isTable(data.answers, isValue) || !isTable(data.marks, isTruth)) return null;
    if (data.handed !== null && !isHanded(data.handed)) return null;
    return data;
  }

  /** @param {any} table @param {(value: any) => boolean} isGood */
  function isTable(table, isGood) {
    if (!isObject(table)) return false;
    const numbers = Object.keys(table);
    return numbers.length <= MOST && numbers.every((number) => NUMBER.test(number) && isPair(table[number], isGood));
  }

  const isObject = (/** @type {any} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isText = (/** @type {any} */ value) => typeof value === "string" && value.length <= LONGEST;
  const isTruth = (/** @type {any} */ value) => typeof value === "boolean";
  const isCount = (/** @type {any} */ value) => typeof value === "number" && value >= 0 && value < 1e9;
  const isPair = (/** @type {any} */ pair, /** @type {(value: any) => boolean} */ isGood) =>
    Array.isArray(pair) && pair.length === 2 && isCount(pair[1]) && isGood(pair[0]);
  const isLearner = (/** @type {any} */ value) => isObject(value) && ["name", "unit", "number"].every((field) => isText(value[field]));
  const isValue = (/** @type {any} */ value) =>
    value === null || isText(value) || (Array.isArray(value) && value.length <= MOST && value.every(isText));
  const isHanded = (/** @type {any} */ value) =>
    isObject(value) && ["name", "text", "receipt", "at"].every((field) => typeof value[field] === "string") && isTruth(value.isBackup);

  shared.LunxunExam.draft = { begin, answer, mark, name, merged, closed, read, LONGEST };
})();
