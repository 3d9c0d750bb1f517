// @ts-check
// The controls of one question of an exam, read as the answer sheet has them: letters as shown, texts, 对 or 错.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const { moves } = shared.LunxunQuiz;
  const NONE = "-"; // a left side without a letter

  /** @param {HTMLElement} section @param {string} selector @returns {any[]} */
  function parts(section, selector) {
    return Array.from(section.querySelectorAll(selector));
  }

  /** Read the answer, null where there is none. @param {HTMLElement} section @param {string} type @returns {string | string[] | null} */
  function read(section, type) {
    if (type === "填空") {
      const texts = parts(section, ".ex-blank").map((input) => input.value.trim());
      return texts.some(Boolean) ? texts : null;
    }
    if (type === "匹配") {
      const letters = parts(section, "select").map((select) => select.value || NONE);
      return letters.some((letter) => letter !== NONE) ? letters.join("") : null;
    }
    if (type === "排序") return moves.order(section).join("") || null;
    if (type === "简答" || type === "论述") return parts(section, "textarea")[0].value.trim() ? parts(section, "textarea")[0].value : null;
    return parts(section, ".ex-opt input:checked").map((input) => input.value).join("") || null;
  }

  /** Show an answer. @param {HTMLElement} section @param {string} type @param {any} answer */
  function write(section, type, answer) {
    const text = typeof answer === "string" ? answer : "";
    if (type === "填空") {
      const texts = Array.isArray(answer) ? answer : [];
      parts(section, ".ex-blank").forEach((input, place) => { input.value = texts[place] || ""; });
    } else if (type === "匹配") {
      parts(section, "select").forEach((select, place) => { select.value = text[place] && text[place] !== NONE ? text[place] : ""; });
    } else if (type === "排序") {
      arrange(section, text);
    } else if (type === "简答" || type === "论述") {
      parts(section, "textarea")[0].value = text;
    } else {
      parts(section, ".ex-opt input").forEach((input) => { input.checked = type === "判断" ? text === input.value : text.includes(input.value); });
    }
  }

  /** @param {HTMLElement} section @param {string} text */
  function arrange(section, text) {
    const letters = parts(section, ".lx-order > li").map((step) => step.dataset.lxValue).sort();
    moves.arrange(section, text ? Array.from(text) : letters);
    if (!text) delete section.dataset.lxTouched;
  }

  /** Let the answers of a question be changed or not. @param {HTMLElement} section @param {boolean} isLocked */
  function lock(section, isLocked) {
    for (const control of parts(section, "input, select, textarea, button")) {
      if (control.tagName === "TEXTAREA" || control.type === "text") control.readOnly = isLocked;
      else control.disabled = isLocked;
    }
  }

  shared.LunxunExam.answers = { read, write, lock };
})();
