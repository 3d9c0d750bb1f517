// @ts-check
// What the boxes in the header and on the home page share with the search page: the engine when it is first
// needed, typing with an input method, and drawing what was found. Nothing is ever read as HTML.

/** @typedef {{text: string, marked: boolean}} Segment */
/** @typedef {{address: string, anchor: string, title: Segment[], kind: string, heading: string, snippet: Segment[],
 *   facets: Record<string, string[]>}} Hit */
/** @typedef {{id: string, name: string, count: number}} FacetValue */
/** @typedef {{query: string, reason: string}} Suggestion */
/** @typedef {{total: number, partial: boolean, hits: Hit[], facets: Record<string, FacetValue[]>,
 *   suggestions: Suggestion[], warnings: string[]}} Found */
/** @typedef {{facets?: Record<string, string[]>, limit?: number, offset?: number}} Wishes */
/** @typedef {{search(query: string, wishes?: Wishes): Promise<Found>}} Engine */

(function () {
  "use strict";

  const PAUSE = 120; // milliseconds without a key before half a sentence is looked up
  const LONGEST = 200;
  const SLASH = "lunxun.slash";
  // Controls, and marks that turn the direction of writing: they would hide or disturb what was typed.
  const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+/gu;
  const NO_ENGINE = "搜索程序没有读到。请确认整个文件夹都拷了过来，没有缺少 assets 文件夹；再试一次，或从菜单进入各类目录。";

  const shared = /** @type {any} */ (window);
  shared.LunxunSearch = shared.LunxunSearch || {};

  /** @type {Promise<Engine> | null} */
  let opening = null;

  /**
   * Load the engine once; a failure is told in Chinese, and the next call tries again.
   * @param {string} base the way from this page to the root of the site @returns {Promise<Engine>}
   */
  function engine(base) {
    if (!opening) {
      opening = load(base + "assets/lunxun/search-engine.js").then(() => shared.LunxunSearch.open(base));
      opening.catch(() => { opening = null; });
    }
    return opening;
  }

  /** Load the engine early, since the box is about to be used; a failure is told when something was typed. */
  function warm(/** @type {string} */ base) {
    engine(base).catch(() => {});
  }

  /** @param {string} address @returns {Promise<void>} */
  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => resolve();
      script.onerror = () => {
        script.remove();
        reject(new Error(NO_ENGINE));
      };
      document.head.append(script);
    });
  }

  /** Say why the engine did not answer: in its own words if it has Chinese ones. */
  function reason(/** @type {unknown} */ error) {
    console.error(error);
    return error instanceof Error && /[\u4e00-\u9fff]/.test(error.message) ? error.message : NO_ENGINE;
  }

  /** Give the way from this page to the root of the site, from where the form leads. */
  function baseOf(/** @type {HTMLFormElement} */ form) {
    return (form.getAttribute("action") || "").replace(/search\.html$/, "") || "./";
  }

  /** Cut a query to what can be meant: no control characters, not too long. */
  function clean(/** @type {string} */ text) {
    const shown = text.slice(0, LONGEST * 4).replace(UNSEEN, " ");
    return Array.from(shown.trim()).slice(0, LONGEST).join("");
  }

  /** Shorten a query for a sentence about it. */
  function brief(/** @type {string} */ query) {
    const characters = Array.from(query);
    return characters.length > 30 ? characters.slice(0, 30).join("") + "…" : query;
  }

  /**
   * Call back when typing pauses, or at once when an input method has delivered; never with half-typed letters.
   * @param {HTMLInputElement} input @param {() => void} typed
   */
  function onTyped(input, typed) {
    let timer = 0;
    let composing = false;
    const wait = (/** @type {number} */ time) => {
      clearTimeout(timer);
      timer = window.setTimeout(typed, time);
    };
    input.addEventListener("compositionstart", () => {
      composing = true;
      clearTimeout(timer);
    });
    input.addEventListener("compositionend", () => {
      composing = false;
      wait(0);
    });
    input.addEventListener("input", (event) => {
      if (!composing && !(/** @type {InputEvent} */ (event).isComposing)) wait(input.value ? PAUSE : 0);
    });
  }

  /** Tell whether a key belongs to an input method, which may use Enter, Escape and the arrows itself. */
  function isForInputMethod(/** @type {KeyboardEvent} */ event) {
    return event.isComposing || event.keyCode === 229;
  }

  /** A browser without a store forgets it with the page. */
  let isSlashOff = false;

  /** The slash as a way to the box can be switched off: somebody who dictates may say it without meaning it. */
  const slash = {
    /** @returns {boolean} */
    isOn() {
      try {
        isSlashOff = localStorage.getItem(SLASH) === "off";
      } catch (error) {
        // No store: what was chosen on this page counts.
      }
      return !isSlashOff;
    },
    /** @param {boolean} on */
    set(on) {
      isSlashOff = !on;
      try {
        if (on) localStorage.removeItem(SLASH);
        else localStorage.setItem(SLASH, "off");
      } catch (error) {
        // As above.
      }
    },
  };

  /** Tell whether an element takes keys for itself. */
  function takesKeys(/** @type {EventTarget | null} */ target) {
    if (!(target instanceof HTMLElement)) return false;
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  /** Let the slash lead to the box, unless that is switched off or the key is meant for something else. */
  function focusOnSlash(/** @type {HTMLInputElement} */ input) {
    document.addEventListener("keydown", (event) => {
      const isModified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
      if (event.key !== "/" || isModified || event.defaultPrevented || isForInputMethod(event)) return;
      if (takesKeys(event.target) || !slash.isOn()) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
  }

  /**
   * Make an element; text is only ever text.
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name @param {string} className @param {string | Segment[]} [text] @returns {HTMLElementTagNameMap[Name]}
   */
  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    for (const part of typeof text === "string" ? [{ text, marked: false }] : text || []) {
      element.append(part.marked ? make("mark", "", part.text) : part.text);
    }
    return element;
  }

  /** Give the address of a record, or of the place in it that was found. */
  function addressOf(/** @type {string} */ base, /** @type {Hit} */ hit, /** @type {boolean} */ toPlace) {
    return base + hit.address + (toPlace && hit.anchor ? "#" + encodeURIComponent(hit.anchor) : "");
  }

  /** Give the address of the search page for a query. */
  function searchAddress(/** @type {string} */ base, /** @type {string} */ query) {
    return base + "search.html?" + new URLSearchParams({ q: query });
  }

  /** Name a hit's kind by the facets that came with it. */
  function kindName(/** @type {Found} */ found, /** @type {Hit} */ hit) {
    const kind = (found.facets.kind || []).find((value) => value.id === hit.kind);
    return kind ? kind.name : "";
  }

  shared.LunxunSearch.ui = {
    engine, warm, reason, baseOf, clean, brief, onTyped, isForInputMethod, slash, focusOnSlash,
    make, addressOf, searchAddress, kindName,
  };
})();
