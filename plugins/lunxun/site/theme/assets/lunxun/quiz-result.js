// @ts-check
// What a learner is told of an answer: in words first, with the explanation and the way to its basis.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const { controls, files } = shared.LunxunQuiz;
  const { make } = files;
  const WORDS = { right: "答对了", partly: "答对一部分", wrong: "答错了", empty: "没有作答" };
  const SIGNS = { right: "✓", partly: "◐", wrong: "✗", empty: "○" };

  /**
   * Show the result below a question. @param {HTMLElement} section @param {any} question @param {any} mark
   * @returns {HTMLElement} the box, which can take the focus
   */
  function show(section, question, mark) {
    hide(section);
    const result = make("div", `lx-result lx-result--${mark.state}`);
    result.tabIndex = -1;
    const line = make("p", "lx-result__line");
    const sign = make("span", "", SIGNS[mark.state]);
    sign.setAttribute("aria-hidden", "true");
    line.append(sign, " ", make("strong", "", `${WORDS[mark.state]}。`), detail(question, mark));
    result.append(line);
    if (question.key && isChosen(question)) result.append(make("p", "", `正确答案：${rightOptions(section, question)}`));
    result.append(explanation(section, question));
    section.append(result);
    flag(section, question, mark);
    return result;
  }

  /** Show the reference answer with its points, for the learner to mark. @param {HTMLElement} section @param {any} question @param {boolean[] | null} ticks @param {(ticks: boolean[]) => void} marked */
  function selfMark(section, question, ticks, marked) {
    hide(section);
    const result = make("div", "lx-result lx-result--self");
    result.tabIndex = -1;
    const told = explanation(section, question);
    // They stand below, to be ticked.
    /** @type {HTMLElement} */ (told).querySelectorAll(".lx-key__points, .lx-key__points-head").forEach((one) => one.remove());
    result.append(make("p", "lx-result__line", "对照参考答案，勾出自己答到的得分点，再记下自评。"), told);
    const group = make("fieldset", "lx-points");
    group.append(make("legend", "", "我答到了"));
    const points = Array.from(keyOf(section).querySelectorAll(".lx-key__points > li"));
    const boxes = points.map((point, place) => {
      const label = make("label", "lx-opt");
      const box = make("input", "");
      box.type = "checkbox";
      box.checked = Boolean(ticks && ticks[place]);
      label.append(box, make("span", "", point.textContent || ""));
      group.append(label);
      return box;
    });
    result.append(group, files.button("记下自评", () => marked(boxes.map((box) => box.checked))));
    section.append(result);
    return result;
  }

  /** Take the result away. @param {HTMLElement} section */
  function hide(section) {
    Array.from(section.children).filter((child) => child.classList.contains("lx-result")).forEach((child) => child.remove());
    section.querySelectorAll(".lx-flag").forEach((flag) => flag.remove());
    section.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
  }

  /** @param {any} question */
  const isChosen = (question) => ["单选", "多选", "判断"].includes(question.type);

  /** @param {HTMLElement} section */
  const keyOf = (section) => /** @type {HTMLElement} */ (document.getElementById(`k-${section.dataset.lxQ}`));

  /** @param {any} question @param {any} mark */
  function detail(question, mark) {
    const hits = mark.hits.filter(Boolean).length;
    if (question.type === "多选" && mark.state === "partly") return "选的都对，但没有选全。";
    if (question.type === "填空" && mark.hits.length > 1) return `${mark.hits.length}个空对了${hits}个。`;
    if (question.type === "匹配") return `${mark.hits.length}对配对了${hits}对。`;
    if (question.type === "排序" && mark.state === "wrong") return `${mark.hits.length}项里有${hits}项在对的位置。`;
    if (question.shares) return `自评得分率${Math.round(mark.share * 100)}%。`;
    return "";
  }

  /** @param {HTMLElement} section @param {any} question */
  function rightOptions(section, question) {
    const options = Array.from(section.querySelectorAll(".lx-opt")).filter((option) => {
      const input = option.querySelector("input");
      return input !== null && question.key.includes(input.value);
    });
    return options.map((option) => Array.from(option.querySelectorAll("span"), (span) => span.textContent).join(" ")).join("；");
  }

  /** Copy the explanation from the key; what is said of single options only for those that were chosen. @param {HTMLElement} section @param {any} question */
  function explanation(section, question) {
    const told = /** @type {HTMLElement} */ (keyOf(section).querySelector("[data-lx-explained]")).cloneNode(true);
    const chosen = isChosen(question) ? controls.read(section, question.type) : [];
    /** @type {HTMLElement} */ (told).querySelectorAll(".lx-key__option").forEach((line) => {
      if (!chosen.includes(/** @type {HTMLElement} */ (line).dataset.lxValue)) line.remove();
    });
    return told;
  }

  /** Say at each control whether it was right. @param {HTMLElement} section @param {any} question @param {any} mark */
  function flag(section, question, mark) {
    if (isChosen(question)) {
      section.querySelectorAll(".lx-opt").forEach((option) => {
        const input = option.querySelector("input");
        if (!input) return;
        const isHit = question.key.includes(input.value);
        if (!input.checked) {
          if (isHit) option.append(make("span", "lx-flag lx-flag--right", "✓ 正确答案"));
          return;
        }
        option.append(make("span", `lx-flag lx-flag--${isHit ? "right" : "wrong"}`, isHit ? "✓ 你选的" : "✗ 你选的"));
      });
    }
    const controlsOf = { 填空: ".lx-blank", 匹配: "select" };
    const selector = /** @type {any} */ (controlsOf)[question.type];
    if (!selector || mark.state === "empty") return;
    section.querySelectorAll(selector).forEach((control, place) => {
      const isHit = mark.hits[place];
      control.after(make("span", `lx-flag lx-flag--${isHit ? "right" : "wrong"}`, isHit ? "✓ 对" : "✗ 错"));
      if (!isHit) control.setAttribute("aria-invalid", "true");
    });
  }

  shared.LunxunQuiz.result = { show, selfMark, hide, WORDS };
})();
