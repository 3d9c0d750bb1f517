// @ts-check
// Steps that are put in order by buttons, in practice and in an exam: by keyboard, mouse and touch, told as they move.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  shared.LunxunQuiz = shared.LunxunQuiz || {};

  /** @param {HTMLElement} section @returns {any[]} */
  function stepsOf(section) {
    return Array.from(section.querySelectorAll(".lx-order > li"));
  }

  /** List the values of the steps as they stand: an order counts as an answer once it was touched. @param {HTMLElement} section @returns {string[]} */
  function order(section) {
    return section.dataset.lxTouched ? stepsOf(section).map((step) => step.dataset.lxValue) : [];
  }

  /** Put the steps into an order that was answered. @param {HTMLElement} section @param {string[]} values */
  function arrange(section, values) {
    if (!values.length) return;
    const steps = stepsOf(section);
    for (const value of values) {
      const step = steps.find((one) => one.dataset.lxValue === value);
      if (step) step.parentElement.append(step);
    }
    section.dataset.lxTouched = "yes";
    setMoves(section);
  }

  /** Give each step its two buttons. @param {HTMLElement} section @param {(text: string) => void} say @param {() => void} changed */
  function addMoves(section, say, changed) {
    for (const step of stepsOf(section)) {
      const text = step.querySelector(".lx-order__text").textContent;
      const buttons = document.createElement("span");
      buttons.className = "lx-order__moves";
      for (const [name, by] of /** @type {[string, number][]} */ ([["上移", -1], ["下移", 1]])) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "lx-tool";
        button.textContent = name;
        button.setAttribute("aria-label", `${name}：${text}`);
        button.addEventListener("click", () => move(section, step, by, button, say, changed));
        buttons.append(button);
      }
      step.append(buttons);
    }
    setMoves(section);
  }

  /** @param {HTMLElement} section @param {any} step @param {number} by @param {HTMLElement} button @param {(text: string) => void} say @param {() => void} changed */
  function move(section, step, by, button, say, changed) {
    const steps = stepsOf(section);
    const place = steps.indexOf(step);
    const text = step.querySelector(".lx-order__text").textContent;
    if (!steps[place + by]) {
      say(by < 0 ? `“${text}”已经在最前` : `“${text}”已经在最后`);
      return;
    }
    steps[place + by][by < 0 ? "before" : "after"](step);
    section.dataset.lxTouched = "yes";
    setMoves(section);
    button.focus(); // moving an element takes the focus from what is in it
    say(`“${text}”现在是第${place + by + 1}项，共${steps.length}项`);
    changed();
  }

  /** A button that leads nowhere says so, and keeps the focus. @param {HTMLElement} section */
  function setMoves(section) {
    const steps = stepsOf(section);
    steps.forEach((step, place) => {
      const buttons = step.querySelectorAll("button");
      if (!buttons.length) return;
      buttons[0].setAttribute("aria-disabled", String(place === 0));
      buttons[1].setAttribute("aria-disabled", String(place === steps.length - 1));
    });
  }

  shared.LunxunQuiz.moves = { addMoves, arrange, order, setMoves };
})();
