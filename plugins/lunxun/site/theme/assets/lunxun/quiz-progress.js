// @ts-check
// What is remembered of a bank: how each question went, and the attempt under way. Values in, values out.

/** @typedef {{due: number, stability: number, difficulty: number, elapsed_days: number, scheduled_days: number,
 *   learning_steps: number, reps: number, lapses: number, state: number, last_review: number}} Card */
/** @typedef {{type: string, stem: string, tries: number, wrong: number, streak: number, last: string, at: number,
 *   book: boolean, card: Card | null}} Known */
/** @typedef {{seed: string, view: string, when: string, at: number, seconds: number, only: string[],
 *   answers: Record<string, any>, checked: string[], done: boolean}} Attempt */
/** @typedef {{bank: string, title: string, questions: Record<string, Known>, attempt: Attempt | null}} Progress */

(function () {
  "use strict";

  const shared = /** @type {any} */ (typeof window === "undefined" ? globalThis : window);
  shared.LunxunQuiz = shared.LunxunQuiz || {};

  const FORMAT = "lunxun-quiz-progress";
  const VERSION = 1;
  const LARGEST = 4 * 1024 * 1024; // characters of a file
  const MOST_BANKS = 500;
  const MOST_QUESTIONS = 5000;
  const LONGEST_STEM = 80;
  const LONGEST_ANSWER = 20000;
  const STREAK_OUT = 2; // right answers one after another that take a question out of the notebook
  const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
  const STATES = ["right", "partly", "wrong"];
  const CARD = ["due", "stability", "difficulty", "elapsed_days", "scheduled_days", "learning_steps", "reps", "lapses",
    "state", "last_review"];

  /** @param {string} bank @param {string} title @returns {Progress} */
  function empty(bank, title) {
    return { bank, title, questions: {}, attempt: null };
  }

  /**
   * Note how a question went. @param {Progress} progress @param {string} id @param {{type: string, stem: string}} about
   * @param {string} state @param {number} now milliseconds @param {Card | null} card when it is due again
   */
  function note(progress, id, about, state, now, card) {
    const before = own(progress.questions, id);
    const isRight = state === "right";
    const streak = isRight ? (before ? before.streak : 0) + 1 : 0;
    progress.questions[id] = {
      type: about.type,
      stem: Array.from(about.stem.replace(/\s+/g, " ").trim()).slice(0, LONGEST_STEM).join(""),
      tries: (before ? before.tries : 0) + 1,
      wrong: (before ? before.wrong : 0) + (isRight ? 0 : 1),
      streak,
      last: state,
      at: now,
      book: !isRight || Boolean(before && before.book && streak < STREAK_OUT),
      card,
    };
  }

  /** Write progress as a file. @param {Progress[]} banks @param {number} now */
  function toText(banks, now) {
    const kept = banks.map((bank) => ({ ...bank, attempt: null }));
    return JSON.stringify({ format: FORMAT, version: VERSION, saved: new Date(now).toISOString(), banks: kept }, null, 1);
  }

  /**
   * Read a file; what is wrong with it is told in Chinese. @param {string} text
   * @returns {{banks: Progress[], error: string}}
   */
  function fromText(text) {
    const refuse = (/** @type {string} */ error) => ({ banks: [], error });
    if (text.length > LARGEST) return refuse("文件太大，不像做题记录。请选“保存到文件”存下的文件。");
    let data;
    try {
      data = JSON.parse(text.replace(/^\ufeff/, ""));
    } catch (error) {
      return refuse("文件读不懂：可能没有存完整，或者不是做题记录。请换一个存下的文件。");
    }
    if (!isObject(data) || data.format !== FORMAT) return refuse("这不是轮训的做题记录。请选“保存到文件”存下的文件。");
    if (data.version !== VERSION) return refuse("这份记录由另一版本的网站存下，这里读不了。请用同一版本的网站打开。");
    if (!Array.isArray(data.banks) || data.banks.length > MOST_BANKS) return refuse("记录已经损坏：题库一项不对。没有读入。");
    const banks = data.banks.map(checked);
    if (banks.some((bank) => bank === null)) return refuse("记录已经损坏：有的题目或次数不对。没有读入，原来的记录不变。");
    return { banks, error: "" };
  }

  /** Read a bank's progress, or nothing if it is not what was written. @param {any} data @returns {Progress | null} */
  function checked(data) {
    if (!isObject(data) || !isId(data.bank) || !isText(data.title, 200) || !isObject(data.questions)) return null;
    const ids = Object.keys(data.questions);
    if (ids.length > MOST_QUESTIONS) return null;
    const progress = empty(data.bank, data.title);
    for (const id of ids) {
      const known = isId(id) ? knownFrom(data.questions[id]) : null;
      if (known === null) return null;
      progress.questions[id] = known;
    }
    progress.attempt = attemptFrom(data.attempt);
    return progress;
  }

  /** @param {any} data @returns {Known | null} */
  function knownFrom(data) {
    if (!isObject(data) || !isText(data.type, 10) || !isText(data.stem, 2 * LONGEST_STEM)) return null;
    if (![data.tries, data.wrong, data.streak].every(isCount) || data.wrong > data.tries) return null;
    if (!STATES.includes(data.last) || !isTime(data.at) || typeof data.book !== "boolean") return null;
    const { type, stem, tries, wrong, streak, last, at, book } = data;
    const card = data.card === null || data.card === undefined ? null : cardFrom(data.card);
    return card === undefined ? null : { type, stem, tries, wrong, streak, last, at, book, card };
  }

  /** @param {any} data @returns {Card | undefined} */
  function cardFrom(data) {
    if (!isObject(data) || !CARD.every((name) => typeof data[name] === "number" && Number.isFinite(data[name]))) return undefined;
    if (!isTime(data.due) || !isTime(data.last_review) || ![0, 1, 2, 3].includes(data.state)) return undefined;
    return /** @type {Card} */ (CARD.reduce((card, name) => ({ ...card, [name]: data[name] }), {}));
  }

  /** An attempt that cannot be read is left out: it can be begun again. @param {any} data @returns {Attempt | null} */
  function attemptFrom(data) {
    if (!isObject(data) || !isText(data.seed, 40) || !isObject(data.answers) || !isCount(data.at)) return null;
    if (![data.checked, data.only].every((ids) => Array.isArray(ids) && ids.length <= MOST_QUESTIONS && ids.every(isId))) return null;
    if (!["one", "sheet"].includes(data.view) || !["now", "end"].includes(data.when)) return null;
    if (typeof data.seconds !== "number" || !(data.seconds >= 0) || typeof data.done !== "boolean") return null;
    /** @type {Record<string, any>} */
    const answers = {};
    for (const id of Object.keys(data.answers)) {
      const answer = isId(id) ? answerFrom(data.answers[id]) : null;
      if (answer !== null) answers[id] = answer;
    }
    const { seed, view, when, at, seconds, only, checked: done, done: isDone } = data;
    return { seed, view, when, at, seconds, only, answers, checked: done, done: isDone };
  }

  /** @param {any} data */
  function answerFrom(data) {
    if (Array.isArray(data)) return data.length <= 100 && data.every((one) => isText(one, 400)) ? data : null;
    if (!isObject(data) || !isText(data.text, LONGEST_ANSWER)) return null;
    const ticks = Array.isArray(data.ticks) ? data.ticks.slice(0, 100).map((/** @type {any} */ tick) => tick === true) : null;
    return { text: data.text, ticks };
  }

  /** Put two memories of a bank together: of each question the one that was answered later. @param {Progress} mine @param {Progress} other */
  function merged(mine, other) {
    const questions = { ...mine.questions };
    for (const id of Object.keys(other.questions)) {
      const here = own(questions, id);
      if (!here || other.questions[id].at > here.at) questions[id] = other.questions[id];
    }
    return { ...mine, questions };
  }

  /** List the questions of the notebook, what was wrong last first. @param {Progress} progress @returns {string[]} */
  function inBook(progress) {
    const ids = Object.keys(progress.questions).filter((id) => progress.questions[id].book);
    return ids.sort((one, other) => progress.questions[other].at - progress.questions[one].at);
  }

  /** List the questions that are due by a time, the longest overdue first. @param {Progress} progress @param {number} until */
  function due(progress, until) {
    const when = (/** @type {string} */ id) => (/** @type {Card} */ (progress.questions[id].card)).due;
    const ids = Object.keys(progress.questions).filter((id) => progress.questions[id].card !== null && when(id) <= until);
    return ids.sort((one, other) => when(one) - when(other));
  }

  /** Write a duration in Chinese. @param {number} seconds */
  function duration(seconds) {
    const whole = Math.floor(seconds);
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor((whole % 3600) / 60);
    return `${hours ? `${hours}小时` : ""}${hours || minutes ? `${minutes}分` : ""}${whole % 60}秒`;
  }

  /** @param {Record<string, Known>} questions @param {string} id @returns {Known | undefined} */
  function own(questions, id) {
    return Object.prototype.hasOwnProperty.call(questions, id) ? questions[id] : undefined;
  }

  const isObject = (/** @type {any} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isId = (/** @type {any} */ value) => typeof value === "string" && value.length <= 100 && ID.test(value);
  const isText = (/** @type {any} */ value, /** @type {number} */ longest) => typeof value === "string" && value.length <= longest;
  const isCount = (/** @type {any} */ value) => Number.isInteger(value) && value >= 0 && value < 1e6;
  const isTime = (/** @type {any} */ value) => typeof value === "number" && value >= 0 && value < 8.64e15;

  shared.LunxunQuiz.progress = { empty, note, toText, fromText, checked, merged, inBook, due, duration, LARGEST };
})();
