// @ts-check
// Recent queries: kept in this browser only, newest first, gone at a click. A browser without a store has none.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window).LunxunSearch;
  const ui = shared.ui;
  const KEY = "lunxun.recent";
  const MOST = 8;

  /** @returns {string[]} */
  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
      const words = Array.isArray(kept) ? kept.filter((word) => typeof word === "string") : [];
      return words.map(ui.clean).filter(Boolean).slice(0, MOST);
    } catch (error) {
      return []; // no store, or something else wrote there
    }
  }

  /** Keep a query that was meant: sent with Enter, or followed to a result. */
  function add(/** @type {string} */ query) {
    if (!query) return;
    try {
      localStorage.setItem(KEY, JSON.stringify([query, ...read().filter((word) => word !== query)].slice(0, MOST)));
    } catch (error) {
      // No store: nothing is kept.
    }
  }

  function clear() {
    try {
      localStorage.removeItem(KEY);
    } catch (error) {
      // No store: nothing was kept.
    }
  }

  /** Show the recent queries as links to their searches; without any, the place stays hidden. */
  function show(/** @type {HTMLElement} */ place) {
    const words = read();
    const list = place.querySelector("ul");
    if (!list) return;
    list.textContent = "";
    place.hidden = !words.length;
    for (const word of words) {
      const link = ui.make("a", "", ui.brief(word));
      link.href = ui.searchAddress("./", word);
      const item = ui.make("li", "");
      item.append(link);
      list.append(item);
    }
  }

  shared.recent = { add, clear, show };
})();
