// @ts-check
// The controls of one question: reading and restoring an answer, mixing what can be chosen, locking.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const { shuffled } = shared.LunxunQuiz.answers;
  const { addMoves, arrange, order, setMoves } = shared.LunxunQuiz.moves;
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** @param {HTMLElement} section @param {string} selector @returns {any[]} */
  function parts(section, selector) {
    return Array.from(section.querySelectorAll(selector));
  }

  /** Read the answer as values in the order of the controls. @param {HTMLElement} section @param {string} type */
  function read(section, type) {
    if (type === "填空") return parts(section, ".lx-blank").map((input) => input.value);
    if (type === "匹配") return parts(section, "select").map((select) => select.value);
    if (type === "排序") return order(section);
    if (type === "简答" || type === "论述") return { text: parts(section, "textarea").map((area) => area.value).join(""), ticks: null };
    return parts(section, ".lx-opt input:checked").map((input) => input.value);
  }

  /** Restore an answer. @param {HTMLElement} section @param {string} type @param {any} answer */
  function write(section, type, answer) {
    const values = Array.isArray(answer) ? answer : [];
    if (type === "填空") parts(section, ".lx-blank").forEach((input, place) => { input.value = values[place] || ""; });
    else if (type === "匹配") parts(section, "select").forEach((select, place) => { select.value = values[place] || ""; });
    else if (type === "排序") arrange(section, values);
    else if (type === "简答" || type === "论述") parts(section, "textarea").forEach((area) => { area.value = answer ? answer.text : ""; });
    else parts(section, ".lx-opt input").forEach((input) => { input.checked = values.includes(input.value); });
  }

  /** Put what can be chosen into the order of a seed; letters follow their places. @param {HTMLElement} section @param {string} type @param {string} seed */
  function mix(section, type, seed) {
    if (type === "单选" || type === "多选") {
      const options = parts(section, ".lx-opt").sort((one, other) => valueOf(one) - valueOf(other));
      shuffled(options, seed).forEach((option, place) => {
        option.parentElement.append(option);
        option.querySelector(".lx-opt__letter").textContent = `${LETTERS[place]}.`;
      });
    } else if (type === "匹配") {
      mixRights(section, seed);
    } else if (type === "排序") {
      const steps = parts(section, ".lx-order > li").sort((one, other) => valueOf(one) - valueOf(other));
      const mixed = shuffled(steps, seed);
      if (mixed.every((step, place) => step === steps[place])) mixed.push(/** @type {any} */ (mixed.shift()));
      mixed.forEach((step) => step.parentElement.append(step));
      delete section.dataset.lxTouched;
      setMoves(section);
    }
  }

  /** @param {HTMLElement} section @param {string} seed */
  function mixRights(section, seed) {
    const rights = parts(section, ".lx-match__rights > li").sort((one, other) => valueOf(one) - valueOf(other));
    const order = shuffled(rights, seed);
    order.forEach((right) => right.parentElement.append(right));
    for (const select of parts(section, "select")) {
      order.forEach((right, place) => {
        const option = Array.from(select.options).find((one) => /** @type {any} */ (one).value === right.dataset.lxValue);
        if (!option) return;
        /** @type {any} */ (option).text = `${LETTERS[place]}. ${right.textContent}`;
        select.append(option);
      });
    }
  }

  /** @param {any} element */
  function valueOf(element) {
    const input = element.querySelector("input");
    return Number(input ? input.value : element.dataset.lxValue);
  }

  /** Letters of options by their values, as they stand now. @param {HTMLElement} section @param {string[]} values */
  function letters(section, values) {
    const options = parts(section, ".lx-opt");
    const found = options.map((option, place) => (values.includes(String(valueOf(option))) ? LETTERS[place] : ""));
    return found.join("");
  }

  /** Let an answer be changed or not. @param {HTMLElement} section @param {boolean} isLocked */
  function lock(section, isLocked) {
    const answer = section.querySelector("[data-lx-answer]");
    const controls = parts(section, ".lx-blank").concat(answer ? Array.from(answer.querySelectorAll("input, select, textarea, .lx-order__moves button")) : []);
    for (const control of controls) {
      if (control.tagName === "TEXTAREA" || control.type === "text") control.readOnly = isLocked;
      else control.disabled = isLocked;
    }
  }

  shared.LunxunQuiz.controls = { read, write, mix, letters, addMoves, lock };
})();
