// @ts-check
// What the reader of the search page asked for. The address holds it, so it can be shared, kept and come back to.
/** @typedef {{query: string, chosen: Record<string, string[]>, shown: number, meant: boolean,
 *   recall(): void, remember(): boolean, shownBefore(): number}} SearchState */

(function () {
  "use strict";

  const shared = /** @type {any} */ (window).LunxunSearch;
  const { ui, view } = shared;
  const MOST_CHOSEN = 20;

  /** @type {SearchState} */
  const state = {
    query: "",
    /** The chosen values by facet. */
    chosen: {},
    shown: 0,
    /** A query sent with Enter, or come with the address, is meant; one that is being typed not yet. */
    meant: false,

    /** Take the query and the choice from the address; anything in it may be made up. */
    recall() {
      const told = new URLSearchParams(location.search);
      state.query = ui.clean(told.get("q") || "");
      state.chosen = {};
      for (const facet of view.FACETS) {
        const ids = Array.from(new Set(told.getAll(facet))).filter((id) => /^[\w-]{1,60}$/.test(id));
        if (ids.length) state.chosen[facet] = ids.slice(0, MOST_CHOSEN);
      }
    },

    /** Write the query and the choice into the address; tell whether the browser allowed it. */
    remember() {
      const told = new URLSearchParams();
      if (state.query) told.set("q", state.query);
      for (const facet of Object.keys(state.chosen)) state.chosen[facet].forEach((id) => told.append(facet, id));
      // The wish for large text travels in the address from disk (site.js); it may have changed on this page.
      const isLarge = document.documentElement.classList.contains("lx-elder");
      if (new URLSearchParams(location.search).has("lx")) told.set("lx", isLarge ? "elder" : "plain");
      const asText = told.toString();
      try {
        history.replaceState({ shown: state.shown }, "", location.pathname + (asText ? "?" + asText : ""));
        return true;
      } catch (error) {
        return false; // some browsers refuse this for files; sending the form then loads the new address
      }
    },

    /** @returns {number} how many results the reader had seen before leaving, 0 on a first visit */
    shownBefore() {
      return (history.state && Number(history.state.shown)) || 0;
    },
  };

  shared.state = state;
})();
