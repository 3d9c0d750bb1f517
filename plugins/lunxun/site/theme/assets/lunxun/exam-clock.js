// @ts-check
// Time used and time left. It is counted while the page is open, by a clock that nobody can set; what the computer's own
// clock says is only noted.
(function () {
  "use strict";

  const shared = /** @type {any} */ (typeof window === "undefined" ? globalThis : window);
  shared.LunxunExam = shared.LunxunExam || {};

  const WARNED_AT = [10, 5]; // minutes

  /** @param {() => number} now milliseconds that only grow @param {number} seconds used already */
  function Clock(now, seconds) {
    this.now = now;
    this.seconds = seconds;
    this.last = now();
  }

  Clock.prototype = {
    /** Count the time since the last call, and give the seconds used. */
    count() {
      const at = this.now();
      const passed = at - this.last;
      this.last = at;
      if (passed > 0 && Number.isFinite(passed)) this.seconds += passed / 1000;
      return Math.floor(this.seconds);
    },
  };

  /** Say what is due to be said when the time left has sunk from one value to another, in seconds. @param {number} before @param {number} after */
  function warning(before, after) {
    if (before > 0 && after <= 0) return "时间到了。请检查姓名后交卷；超出的时间会记在答卷里，已经写的答案不会丢。";
    const minutes = WARNED_AT.find((one) => before > one * 60 && after <= one * 60);
    return minutes && after > 0 ? `还剩${Math.ceil(after / 60)}分钟。` : "";
  }

  /** Write the time left. @param {number} left seconds; negative after the end */
  function shown(left) {
    const size = Math.abs(left);
    const text = `${Math.floor(size / 60)}分${String(size % 60).padStart(2, "0")}秒`;
    return left < 0 ? `已超时${text}` : `剩余${text}`;
  }

  /** Write what the computer's clock says, without a zone: 2026-11-22T09:00:00. @param {Date} date */
  function wallClock(date) {
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    const day = `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
    return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  }

  shared.LunxunExam.clock = { Clock, warning, shown, wallClock };
})();
