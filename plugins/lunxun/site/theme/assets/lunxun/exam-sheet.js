// @ts-check
// The sheet of questions and the table of their numbers: what was answered, what is marked to be looked at again.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const { answers } = shared.LunxunExam;
  const { moves } = shared.LunxunQuiz;

  /**
   * @param {[string, string][]} questions numbers and types
   * @param {{say: (text: string) => void, answered: (number: string, value: any) => void, marked: (number: string, isMarked: boolean) => void}} tell
   */
  function Sheet(questions, tell) {
    this.tell = tell;
    this.rows = questions.map(([number, type]) => ({
      number,
      type,
      section: /** @type {HTMLElement} */ (document.getElementById(`q${number}`)),
      mark: /** @type {any} */ (document.querySelector(`[data-ex-mark="${number}"]`)),
      link: /** @type {HTMLElement} */ (document.querySelector(`[data-ex-to="${number}"]`)),
      isAnswered: false,
    }));
    for (const row of this.rows) this.connect(row);
    this.table = /** @type {any} */ (document.getElementById("ex-places"));
    this.table.open = !isNarrow();
  }

  /** Name a question so that the number that is seen is in the name that is heard. @param {any} row @returns {string} */
  function nameOf(row) {
    return row.number.includes("-") ? `${row.number}，${row.section.dataset.exTitle}` : row.section.dataset.exTitle;
  }

  /** Tell whether the table of numbers lies over the questions. */
  function isNarrow() {
    return window.matchMedia("(max-width: 56em)").matches;
  }

  Sheet.prototype = {
    /** @param {any} row */
    connect(row) {
      const changed = () => {
        const value = answers.read(row.section, row.type);
        this.tell.answered(row.number, value);
        row.isAnswered = value !== null;
        this.draw(row);
      };
      if (row.type === "排序") {
        moves.addMoves(row.section, this.tell.say, changed);
        row.section.querySelector("[data-ex-keep]").addEventListener("click", () => {
          row.section.dataset.lxTouched = "yes";
          this.tell.say("已按现在的次序作答");
          changed();
        });
      }
      row.section.addEventListener("input", (/** @type {any} */ event) => {
        if (event.target !== row.mark) changed();
      });
      const clear = row.section.querySelector("[data-ex-clear]");
      if (clear) {
        clear.addEventListener("click", () => {
          answers.write(row.section, row.type, null);
          this.tell.say("已清除这道题的作答");
          changed();
        });
      }
      row.mark.addEventListener("change", () => {
        this.tell.marked(row.number, row.mark.checked);
        this.draw(row);
      });
      row.link.addEventListener("click", (/** @type {Event} */ event) => {
        event.preventDefault();
        this.go(row.number);
      });
    },

    /** Show a draft. @param {any} draft */
    fill(draft) {
      for (const row of this.rows) {
        const [value] = draft.answers[row.number] || [null];
        answers.write(row.section, row.type, value);
        row.isAnswered = answers.read(row.section, row.type) !== null;
        row.mark.checked = Boolean((draft.marks[row.number] || [false])[0]);
        this.draw(row);
      }
    },

    /** @param {boolean} isLocked */
    lock(isLocked) {
      for (const row of this.rows) answers.lock(row.section, isLocked);
    },

    /** Say of a question in the table how it stands; signs and words, not colour alone. @param {any} row */
    draw(row) {
      const states = [row.isAnswered ? "已答" : "未答", ...(row.mark.checked ? ["待复查"] : [])];
      row.link.classList.toggle("ex-to--answered", row.isAnswered);
      row.link.classList.toggle("ex-to--marked", row.mark.checked);
      row.link.setAttribute("aria-label", `${nameOf(row)}，${states.join("，")}`);
      const done = this.rows.filter((one) => one.isAnswered).length;
      const marked = this.rows.filter((one) => one.mark.checked).length;
      const count = /** @type {HTMLElement} */ (document.getElementById("ex-count"));
      count.textContent = `已答${done}题，共${this.rows.length}题${marked ? `，待复查${marked}题` : ""}`;
    },

    /** List the questions that are not answered, or are marked. @param {"unanswered" | "marked"} which @returns {{number: string, title: string}[]} */
    left(which) {
      const rows = this.rows.filter((row) => (which === "marked" ? row.mark.checked : !row.isAnswered));
      return rows.map((row) => ({ number: row.number, title: nameOf(row) }));
    },

    /** Go to a question. @param {string} number */
    go(number) {
      const head = document.getElementById(`h${number}`);
      if (!head) return;
      if (isNarrow()) this.table.open = false;
      head.focus({ preventScroll: true });
      head.scrollIntoView({ block: "start" });
    },
  };

  shared.LunxunExam.Sheet = Sheet;
})();
