// @ts-check
// Queries that name a document and one of its articles: 党支部工作条例第十四条, 《……》第14条, 村民组织法 24条. The rules are
// those of lunxun/search/articles.py; tests/search/golden.json holds the two together.
(function () {
  "use strict";

  const inner = /** @type {any} */ (window).LunxunSearch.inner;
  const NUMBER = "[零〇一二两三四五六七八九十百0-9]+";
  const BELOW = `(?:第?(${NUMBER})款)?(?:第?(${NUMBER})项)?`;
  const ARTICLE = new RegExp(`^(.*?)第(${NUMBER})条(?!例)${BELOW}(.*)$`, "u");
  // Without 第 only behind the name of a document that has articles, or beside one: 十条措施 are not an article.
  const NORM = "(?:条例|规定|规则|准则|细则|办法|章程|党章|法)[^\\p{L}\\p{N}]*(?:(?:试行|草案|修订)[^\\p{L}\\p{N}]*)?";
  const BARE = new RegExp(`^((?:.*${NORM})?)(${NUMBER})条(?!例)${BELOW}()$`, "u");
  const IS_NORM = new RegExp(`${NORM}$`, "u");
  const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

  /**
   * Take articles apart from the documents they are of; nothing if there is no article, or nothing but one.
   * @param {any[]} words @returns {any[] | null} words, those that name an article with their `article`
   */
  function cited(words) {
    const beside = words.some((word) => !word.excluded && IS_NORM.test(word.written));
    const all = [].concat(...words.map((word) => cut(word, beside)));
    const isCited = all.some((word) => word.article) && all.some((word) => !word.article && !word.excluded);
    return isCited ? all : null;
  }

  /** @param {any} word @param {boolean} beside whether a document is named beside it @returns {any[]} */
  function cut(word, beside) {
    if (word.phrase || word.excluded) return [word];
    const bare = BARE.exec(word.written);
    const match = ARTICLE.exec(word.written) || (bare && (bare[1] || beside) ? bare : null);
    if (!match) return [word];
    const [, before, article, paragraph, item, after] = match;
    const whole = `第${article}条` + (paragraph ? `第${paragraph}款` : "") + (item ? `第${item}项` : "");
    return [
      ...part(word, before),
      { ...worded(word, whole), article: `第${article}条` },
      ...part(word, after),
    ];
  }

  /** @param {any} word @param {string} text @returns {any[]} the text as a word, if there is anything in it */
  function part(word, text) {
    const written = text.replace(EDGES, "");
    return written ? [worded(word, written)] : [];
  }

  /** @param {any} word @param {string} written @returns {any} */
  function worded(word, written) {
    return { ...word, text: inner.words.indexed(Array.from(written)), written };
  }

  /**
   * Ask for less where an article is not there: the article without its paragraph, then the document alone.
   * @param {any[]} words as `cited` gives them @returns {{words: any[], note: string}[]} with what to tell the reader
   */
  function looser(words) {
    const asked = words.filter((word) => word.article);
    const named = asked.map((word) => word.written).join("、");
    const wider = words.map((word) => (word.article ? worded(word, word.article) : word));
    const steps = [{ words: words.filter((word) => !word.article), note: `没有收录“${named}”，先列出文件本身。` }];
    if (asked.some((word) => word.article !== word.written)) {
      const articles = asked.map((word) => word.article).join("、");
      steps.unshift({ words: wider, note: `没有单独收录“${named}”，先列出${articles}。` });
    }
    return steps;
  }

  inner.articles = { cited, looser };
})();
