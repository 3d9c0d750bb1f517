// @ts-check
// One tab of an exam writes, others look on. Tabs ask each other by messages; no clock has a part in it.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const WAIT = 500; // milliseconds for an answer; a tab that is frozen or gone gives none
  const KEPT = 50; // messages that came in two ways are heard once

  /** @param {string} digest of the form @param {string} id of this tab @param {() => void} replaced called when another tab takes over */
  function Tabs(digest, id, replaced) {
    this.id = id;
    this.replaced = replaced;
    this.isWriting = false;
    this.name = `lunxun.exam-tabs.${digest}`;
    this.owner = `lunxun.exam-owner.${digest}`;
    this.count = 0;
    /** @type {string[]} */
    this.heard = [];
    /** @type {(() => void) | null} */
    this.answered = null;
    /** @type {any} */
    this.channel = null;
    try {
      this.channel = new BroadcastChannel(this.name);
      this.channel.onmessage = (/** @type {any} */ event) => this.hear(event.data);
    } catch (error) {
      // Then messages go by the store alone.
    }
    window.addEventListener("storage", (event) => {
      if (event.key === this.name && event.newValue) this.hear(event.newValue);
    });
  }

  Tabs.prototype = {
    /** Tell whether another tab is writing. @returns {Promise<boolean>} */
    ask() {
      return new Promise((done) => {
        const timer = setTimeout(() => done(false), WAIT);
        this.answered = () => {
          clearTimeout(timer);
          done(true);
        };
        this.say("who");
      });
    },

    /** Be the tab that writes. */
    take() {
      this.isWriting = true;
      try {
        localStorage.setItem(this.owner, this.id);
      } catch (error) {
        // The message still reaches tabs that share a channel.
      }
      this.say("mine");
    },

    /** Tell whether this tab still writes: one that slept may have missed the message. */
    mayWrite() {
      if (!this.isWriting) return false;
      let owner = this.id;
      try {
        owner = localStorage.getItem(this.owner) || this.id;
      } catch (error) {
        // Nothing is known of others.
      }
      if (owner !== this.id) this.lose();
      return this.isWriting;
    },

    lose() {
      if (!this.isWriting) return;
      this.isWriting = false;
      this.replaced();
    },

    /** @param {string} what */
    say(what) {
      this.count += 1;
      const message = JSON.stringify([this.id, this.count, what]);
      if (this.channel) this.channel.postMessage(message);
      try {
        localStorage.setItem(this.name, message);
      } catch (error) {
        // The channel has it.
      }
    },

    /** @param {any} message */
    hear(message) {
      if (typeof message !== "string" || this.heard.includes(message)) return;
      this.heard = [...this.heard.slice(-KEPT), message];
      let parts;
      try {
        parts = JSON.parse(message);
      } catch (error) {
        return;
      }
      if (!Array.isArray(parts) || parts[0] === this.id) return;
      if (parts[2] === "who" && this.mayWrite()) this.say("here");
      if (parts[2] === "here" && this.answered) this.answered();
      if (parts[2] === "mine") this.lose();
    },
  };

  shared.LunxunExam.Tabs = Tabs;
})();
