// @ts-check
// When a question comes up again: FSRS decides (ts-fsrs.js); what it says is kept as plain numbers.
(function () {
  "use strict";

  const shared = /** @type {any} */ (typeof window === "undefined" ? globalThis : window);
  shared.LunxunQuiz = shared.LunxunQuiz || {};
  // Again, Hard and Good; that something was easy is not for the page to say.
  const RATINGS = { wrong: 1, partly: 2, right: 3 };

  /**
   * Give the card of a question after an answer. @param {any} card plain numbers, or null for a new question
   * @param {"right" | "partly" | "wrong"} state @param {number} now milliseconds
   */
  function next(card, state, now) {
    const fsrs = shared.FSRS;
    if (!fsrs) return card;
    // Whole days only: nobody comes back to a bank within minutes, and 今日复习 is a list for a day.
    const scheduler = fsrs.fsrs({ enable_short_term: false, enable_fuzz: false });
    const before = card || fsrs.createEmptyCard(new Date(now));
    // A clock that was put back must not stop anybody.
    const time = Math.max(now, card ? card.last_review : 0);
    return plain(scheduler.next(before, new Date(time), RATINGS[state]).card);
  }

  /** @param {any} card */
  function plain(card) {
    return {
      due: card.due.getTime(),
      stability: card.stability,
      difficulty: card.difficulty,
      elapsed_days: card.elapsed_days,
      scheduled_days: card.scheduled_days,
      learning_steps: card.learning_steps,
      reps: card.reps,
      lapses: card.lapses,
      state: card.state,
      last_review: card.last_review.getTime(),
    };
  }

  shared.LunxunQuiz.review = { next };
})();
