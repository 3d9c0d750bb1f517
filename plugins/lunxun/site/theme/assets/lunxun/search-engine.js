// @ts-check
// The search engine: opens the index, answers queries. Everything comes as classic scripts that call
// LunxunSearch.take, so that it works the same from disk and from a server. No page is touched here.
(function () {
  "use strict";

  const FOLDER = "assets/lunxun/";
  /** @type {Record<string, string>} the other scripts of the engine, and what each leaves behind */
  const SCRIPTS = {
    words: "words",
    numerals: "variants",
    lists: "lists",
    catalogue: "Catalogue",
    match: "match",
    rank: "Ranker",
    snippet: "snippet",
    articles: "articles",
    nearby: "nearby",
    suggest: "suggest",
    answers: "Engine",
  };

  /** @type {Map<string, {mark: string, data: any}>} what scripts have handed over and nobody has fetched yet */
  const taken = new Map();
  /** @type {any} */
  const inner = {};

  /** Load a script; whatever it was, the promise ends. @param {string} address @returns {Promise<boolean>} whether it came */
  function loadScript(address) {
    return new Promise((resolve) => {
      const script = document.createElement("script");
      script.charset = "utf-8";
      const end = (/** @type {boolean} */ came) => {
        script.remove();
        resolve(came);
      };
      script.onload = () => end(true);
      script.onerror = () => end(false);
      script.src = address;
      document.head.appendChild(script);
    });
  }

  /** Loads the files of one index and keeps count of what is wrong with them. */
  class Files {
    /** @param {string} base */
    constructor(base) {
      this.base = base;
      /** @type {Map<string, string>} what each file of this build is marked with; the engine fills it from the start file */
      this.marks = new Map();
      /** @type {Map<string, string>} a message for each file that is missing, damaged or of another build */
      this.troubles = new Map();
      /** The mark of the start file, which stands for the whole index. */
      this.index = "";
    }

    /** @param {string} name @returns {Promise<any>} nothing where the file cannot be used */
    async load(name) {
      const mark = this.marks.get(name);
      const version = mark ? `?${encodeURIComponent(mark)}` : "";
      const came = await loadScript(`${this.base}${FOLDER}search/${name}.js${version}`);
      const found = taken.get(name);
      taken.delete(name);
      if (!found) {
        this.troubles.set(name, came ? DAMAGED : MISSING);
        return null;
      }
      if (mark !== undefined && found.mark !== mark) {
        this.troubles.set(name, STALE);
        return null;
      }
      this.troubles.delete(name);
      if (name === "start") this.index = found.mark;
      return found.data;
    }

    /** @param {string} name */
    damaged(name) {
      this.troubles.set(name, DAMAGED);
    }

    /** @returns {string[]} */
    warnings() {
      return Array.from(new Set(this.troubles.values()));
    }
  }

  const MISSING = "搜索数据缺了一部分，结果可能不全。请确认整个文件夹都拷了过来。";
  const DAMAGED = "搜索数据有一部分坏了，结果可能不全。请重新拷贝整个文件夹。";
  const STALE = "搜索数据有一部分不是这一次生成的，结果可能不全。请刷新页面，或者重新拷贝整个文件夹。";
  const NOT_READ = "搜索数据没有读到。请确认整个文件夹都拷了过来，没有缺少 assets 文件夹。";

  /** @type {Map<string, Promise<any>>} */
  const engines = new Map();

  /**
   * Open the index of a site. @param {string} base relative path to the root of the site: "" or ending in a slash
   * @returns {Promise<any>} rejected with a Chinese message when the index cannot be read
   */
  function open(base) {
    const known = engines.get(base);
    if (known) return known;
    const opening = start(base);
    engines.set(base, opening);
    opening.catch(() => engines.delete(base));
    return opening;
  }

  /** @param {string} base @returns {Promise<any>} */
  async function start(base) {
    const files = new Files(base);
    const [data] = await Promise.all([files.load("start"), loadParts(base)]);
    if (!data || missingParts().length) throw new Error(NOT_READ);
    try {
      return new inner.Engine(files, data);
    } catch (error) {
      throw new Error(DAMAGED);
    }
  }

  /** Name the scripts of the engine that have not run. */
  function missingParts() {
    return Object.keys(SCRIPTS).filter((name) => !inner[SCRIPTS[name]]);
  }

  /** Load the other scripts of the engine, once. @param {string} base */
  function loadParts(base) {
    return Promise.all(missingParts().map((name) => loadScript(`${base}${FOLDER}search-${name}.js`)));
  }

  /** Receive what a script of the index holds. @param {string} name @param {string} mark what its data is summed up in @param {any} data */
  function take(name, mark, data) {
    taken.set(name, { mark, data });
  }

  const shared = /** @type {any} */ (window);
  shared.LunxunSearch = shared.LunxunSearch || {};
  // Loaded a second time it leaves the first alone, with what that has opened.
  if (!shared.LunxunSearch.open) Object.assign(shared.LunxunSearch, { open, take, inner });
})();
