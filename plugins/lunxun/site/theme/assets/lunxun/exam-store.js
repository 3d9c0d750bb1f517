// @ts-check
// Where drafts are kept: in localStorage at once, and in IndexedDB, which is on the disk when a browser is killed.
// Either may be missing or throw; the page is told when neither keeps anything.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const { draft } = shared.LunxunExam;
  const PREFIX = "lunxun.exam.";
  const DATABASE = "lunxun-exam";
  const TABLE = "drafts";
  const PATIENCE = 3000; // milliseconds until a database that does not answer is done without

  /** @param {string} digest of the form @param {() => void} changed called when it is known anew whether drafts are kept */
  function Store(digest, changed) {
    this.digest = digest;
    this.prefix = `${PREFIX}${digest}.`;
    this.changed = changed;
    /** @type {Map<string, any>} what this page wrote last */
    this.memory = new Map();
    /** @type {Map<string, string>} what waits for the database */
    this.waiting = new Map();
    this.isLocal = false;
    /** @type {any} */
    this.database = null;
    this.isWriting = false;
  }

  Store.prototype = {
    /** Open both stores and give all drafts of this exam. @returns {Promise<any[]>} */
    async load() {
      this.database = await opened();
      /** @type {Map<string, any>} */
      const found = new Map();
      for (const text of [...this.localTexts(), ...(await this.databaseTexts())]) {
        const one = draft.read(text, this.digest);
        if (one) found.set(one.sitting, found.has(one.sitting) ? draft.merged(found.get(one.sitting), one) : one);
      }
      return Array.from(found.values());
    },

    /** Tell whether what is written survives the page. */
    isKept() {
      return this.isLocal || this.database !== null;
    },

    /** Put a draft together with what another tab wrote, write it, and give it. @param {any} mine @returns {any} */
    write(mine) {
      const other = this.readLocal(mine.sitting);
      const both = other ? draft.merged(mine, other) : mine;
      const text = JSON.stringify(both);
      this.memory.set(both.sitting, both);
      this.writeLocal(this.prefix + both.sitting, text);
      this.waiting.set(this.prefix + both.sitting, text);
      this.flush();
      return both;
    },

    /** Read a draft as any tab wrote it last. @param {string} sitting @returns {any} */
    readLocal(sitting) {
      let text = null;
      try {
        text = localStorage.getItem(this.prefix + sitting);
      } catch (error) {
        // Then only this page knows it.
      }
      return draft.read(text, this.digest);
    },

    /** @param {string} key @param {string} text */
    writeLocal(key, text) {
      const before = this.isKept();
      try {
        localStorage.setItem(key, text);
        this.isLocal = true;
      } catch (error) {
        this.isLocal = false;
      }
      if (this.isKept() !== before) this.changed();
    },

    /** @returns {string[]} */
    localTexts() {
      const texts = [];
      try {
        for (let at = 0; at < localStorage.length; at += 1) {
          const key = localStorage.key(at) || "";
          if (key.startsWith(this.prefix)) texts.push(localStorage.getItem(key) || "");
        }
        localStorage.setItem(`${PREFIX}try`, "1");
        localStorage.removeItem(`${PREFIX}try`);
        this.isLocal = true;
      } catch (error) {
        this.isLocal = false;
      }
      return texts;
    },

    /** @returns {Promise<string[]>} */
    databaseTexts() {
      if (!this.database) return Promise.resolve([]);
      return new Promise((done) => {
        try {
          const range = IDBKeyRange.bound(this.prefix, `${this.prefix}\uffff`);
          const asked = this.database.transaction(TABLE).objectStore(TABLE).getAll(range);
          asked.onsuccess = () => done(asked.result);
          asked.onerror = () => done([]);
        } catch (error) {
          done([]);
        }
      });
    },

    /** Write what waits, one after the other, or at once where the page may be about to go. @param {boolean} [isUrgent] */
    flush(isUrgent) {
      if (!this.database || (this.isWriting && !isUrgent) || !this.waiting.size) return;
      const texts = Array.from(this.waiting);
      this.waiting.clear();
      this.isWriting = true;
      const over = (/** @type {boolean} */ isLost) => {
        this.isWriting = false;
        if (isLost) this.database = null;
        if (isLost) this.changed();
        this.flush();
      };
      try {
        const transaction = this.database.transaction(TABLE, "readwrite", { durability: "strict" });
        for (const [key, text] of texts) transaction.objectStore(TABLE).put(text, key);
        transaction.oncomplete = () => over(false);
        transaction.onabort = () => over(true);
      } catch (error) {
        over(true);
      }
    },
  };

  /** Open the database, or give nothing. @returns {Promise<any>} */
  function opened() {
    return new Promise((done) => {
      setTimeout(() => done(null), PATIENCE);
      try {
        const asked = indexedDB.open(DATABASE, 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore(TABLE);
        asked.onsuccess = () => {
          asked.result.onversionchange = () => asked.result.close();
          done(asked.result);
        };
        asked.onerror = () => done(null);
        asked.onblocked = () => done(null);
      } catch (error) {
        done(null);
      }
    });
  }

  shared.LunxunExam.Store = Store;
})();
