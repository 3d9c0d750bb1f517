// @ts-check
// An attempt at a bank: which questions, in which order, what was answered, what was checked. It knows no toolbar.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const { answers, progress, store, review, controls, result } = shared.LunxunQuiz;

  /**
   * @param {any} data the bank as the page has it @param {HTMLElement} sheet
   * @param {{say: (text: string) => void, changed: () => void}} tell
   */
  function Attempt(data, sheet, tell) {
    this.data = data;
    this.tell = tell;
    /** @type {HTMLElement[]} */
    this.blocks = /** @type {any} */ (Array.from(sheet.children).filter((child) => child.hasAttribute("data-lx-q")));
    this.leaves = Array.from(sheet.querySelectorAll("[data-lx-q]")).filter((one) => !this.question(one).parts);
    for (const leaf of this.leaves) {
      if (this.question(leaf).type === "排序") controls.addMoves(leaf, tell.say, () => this.answered(leaf));
      leaf.addEventListener("input", (/** @type {any} */ event) => {
        if (!event.target.closest(".lx-result")) this.answered(leaf);
      });
    }
  }

  Attempt.prototype = {
    /** @param {any} section */
    question(section) {
      return this.data.questions[section.dataset.lxQ];
    },

    /** Begin anew. @param {{view: string, when: string, only: string[]}} wishes */
    begin(wishes) {
      const seed = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
      this.state = { ...wishes, seed, at: 0, seconds: 0, answers: {}, checked: [], done: false };
      this.lay();
    },

    /** Go on with an earlier attempt; it must be of this bank as it is now. @param {any} state */
    resume(state) {
      this.state = state;
      state.checked = state.checked.filter((/** @type {string} */ id) => id in this.data.questions);
      this.lay();
    },

    /** Lay the sheet out as the attempt says. */
    lay() {
      for (const leaf of this.leaves) {
        const { type } = this.question(leaf);
        const id = leaf.dataset.lxQ;
        result.hide(leaf);
        controls.lock(leaf, false);
        controls.mix(leaf, type, `${this.state.seed} ${id}`);
        controls.write(leaf, type, this.state.answers[id]);
        this.relabel(leaf);
      }
      for (const leaf of this.leaves) if (this.isChecked(leaf)) this.reveal(leaf);
      this.state.at = Math.min(this.state.at, Math.max(this.shown().length - 1, 0));
    },

    /** The key names options by their places on this sheet. @param {any} leaf */
    relabel(leaf) {
      const question = this.question(leaf);
      const letters = document.querySelector(`#kh-${leaf.dataset.lxQ} [data-lx-letters]`);
      if (letters && question.type !== "判断") letters.textContent = controls.letters(leaf, question.key);
    },

    /** List the blocks that are asked: all, or those that were wished for. */
    shown() {
      const only = new Set(this.state.only);
      if (!only.size) return this.blocks;
      const wanted = this.blocks.filter((block) => this.leavesOf(block).concat(block).some((one) => only.has(/** @type {any} */ (one).dataset.lxQ)));
      return wanted.length ? wanted : this.blocks;
    },

    /** @param {HTMLElement} block @returns {any[]} */
    leavesOf(block) {
      return this.leaves.filter((leaf) => block.contains(leaf));
    },

    /** List the single questions that are asked. @returns {any[]} */
    asked() {
      return [].concat(.../** @type {any} */ (this.shown().map((block) => this.leavesOf(block))));
    },

    /** @param {any} leaf */
    isChecked(leaf) {
      return this.state.checked.includes(leaf.dataset.lxQ);
    },

    /** Mark a question as it is answered now. @param {any} leaf */
    mark(leaf) {
      return answers.mark(this.question(leaf), this.state.answers[leaf.dataset.lxQ], this.data.fold);
    },

    /** Remember an answer. @param {any} leaf */
    answered(leaf) {
      if (this.isChecked(leaf)) return;
      this.state.answers[leaf.dataset.lxQ] = controls.read(leaf, this.question(leaf).type);
      this.tell.changed();
    },

    /** Tell whether anything was answered. @param {any} leaf */
    hasAnswer(leaf) {
      const answer = this.state.answers[leaf.dataset.lxQ];
      if (!answer) return false;
      return Array.isArray(answer) ? answer.some((one) => one.trim() !== "") : answer.text.trim() !== "";
    },

    /** Check a question and note how it went. @param {any} leaf @returns {HTMLElement} what to look at */
    check(leaf) {
      const id = leaf.dataset.lxQ;
      if (!this.isChecked(leaf)) this.state.checked.push(id);
      const mark = this.mark(leaf);
      if (!this.question(leaf).shares && mark.state !== "empty") this.note(leaf, mark.state);
      const box = this.reveal(leaf);
      this.tell.changed();
      return box;
    },

    /** Show the result of a question that was checked. @param {any} leaf @returns {HTMLElement} */
    reveal(leaf) {
      const question = this.question(leaf);
      const answer = this.state.answers[leaf.dataset.lxQ];
      controls.lock(leaf, true);
      if (question.shares && !(answer && answer.ticks)) return result.selfMark(leaf, question, null, (ticks) => this.selfMarked(leaf, ticks));
      return result.show(leaf, question, this.mark(leaf));
    },

    /** @param {any} leaf @param {boolean[]} ticks */
    selfMarked(leaf, ticks) {
      const id = leaf.dataset.lxQ;
      const answer = this.state.answers[id] || { text: "" };
      this.state.answers[id] = { text: answer.text, ticks };
      const mark = this.mark(leaf);
      this.note(leaf, mark.state);
      this.reveal(leaf).focus();
      this.tell.changed();
    },

    /** @param {any} leaf @param {string} state */
    note(leaf, state) {
      const id = leaf.dataset.lxQ;
      const kept = store.read(this.data.bank) || progress.empty(this.data.bank, this.data.title);
      const before = kept.questions[id];
      const now = Date.now();
      const stem = /** @type {HTMLElement} */ (document.getElementById(`s-${id}`)).cloneNode(true);
      // A list has no controls, and no room for wide holes.
      /** @type {HTMLElement} */ (stem).querySelectorAll(".lx-blank").forEach((blank) => blank.replaceWith("＿＿"));
      /** @type {HTMLElement} */ (stem).querySelectorAll(".lx-hole").forEach((hole) => hole.replaceWith("（）"));
      const about = { type: this.question(leaf).type, stem: stem.textContent || "" };
      progress.note(kept, id, about, state, now, review.next(before ? before.card : null, state, now));
      store.write(kept);
    },

    /** Check everything that is asked. */
    finish() {
      for (const leaf of this.asked()) if (!this.isChecked(leaf)) this.check(leaf);
      this.state.done = true;
      this.tell.changed();
    },

    /** Count what was answered and how it went. */
    counts() {
      const found = { asked: 0, answered: 0, right: 0, partly: 0, wrong: 0, empty: 0, self: 0 };
      for (const leaf of this.asked()) {
        found.asked += 1;
        if (this.hasAnswer(leaf)) found.answered += 1;
        if (!this.isChecked(leaf)) continue;
        const answer = this.state.answers[leaf.dataset.lxQ];
        const waits = this.question(leaf).shares && !(answer && answer.ticks);
        found[/** @type {"self"} */ (waits ? "self" : this.mark(leaf).state)] += 1;
      }
      return found;
    },

    /** Keep the attempt with the progress of the bank. */
    keep() {
      const kept = store.read(this.data.bank) || progress.empty(this.data.bank, this.data.title);
      kept.attempt = this.state;
      store.write(kept);
    },
  };

  shared.LunxunQuiz.Attempt = Attempt;
})();
