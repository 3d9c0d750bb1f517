// @ts-check
// Where progress is kept: in the browser if it lets us, else for as long as the page is open.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const progress = shared.LunxunQuiz.progress;
  const PREFIX = "lunxun.quiz.";

  /** What this page has written, in case the browser keeps nothing. @type {Map<string, any>} */
  const memory = new Map();
  let isKept = true;

  /** @param {string} bank @returns {any} progress, or nothing */
  function read(bank) {
    if (memory.has(bank)) return memory.get(bank);
    try {
      const text = localStorage.getItem(PREFIX + bank);
      return text === null ? null : progress.checked(JSON.parse(text));
    } catch (error) {
      return null; // no store, or something else was written there
    }
  }

  /** @param {any} data progress */
  function write(data) {
    try {
      localStorage.setItem(PREFIX + data.bank, JSON.stringify(data));
      memory.delete(data.bank);
      isKept = true;
    } catch (error) {
      memory.set(data.bank, data);
      isKept = false;
    }
  }

  /** @param {string} bank */
  function remove(bank) {
    memory.delete(bank);
    try {
      localStorage.removeItem(PREFIX + bank);
    } catch (error) {
      // There is nothing to remove then.
    }
  }

  /** List all progress there is. @returns {any[]} */
  function all() {
    const banks = new Set(memory.keys());
    try {
      for (let at = 0; at < localStorage.length; at += 1) {
        const name = localStorage.key(at) || "";
        if (name.startsWith(PREFIX)) banks.add(name.slice(PREFIX.length));
      }
    } catch (error) {
      // Only what this page knows.
    }
    return Array.from(banks).sort().map(read).filter((data) => data !== null);
  }

  /** Say where the progress is, if that is not what a reader expects. @returns {string} */
  function trouble() {
    try {
      localStorage.setItem("lunxun.quiz-try", "1");
      localStorage.removeItem("lunxun.quiz-try");
    } catch (error) {
      isKept = false;
    }
    if (!isKept) return "这个浏览器不让网页保存记录：关掉这一页，记录就没有了。要留下来，请用“保存到文件”。";
    if (location.protocol === "file:" && /Firefox\//.test(navigator.userAgent)) {
      return "从磁盘打开时，这个浏览器给每一页单独存记录：要把各题库的记录汇到错题本，请先“保存到文件”，再到那一页“从文件读入”。";
    }
    return "";
  }

  shared.LunxunQuiz.store = { read, write, remove, all, trouble };
})();
