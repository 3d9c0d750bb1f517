// @ts-check
// A plain scan over all records: complete for any run of characters. Fit for hundreds of records, not for thousands.
(function () {
  "use strict";

  /** @typedef {[string, string, string, string, string, string]} Row address, title, kind, aliases, summary, text */
  /** @type {{fold: Record<string, string>, rows: Row[]} | undefined} */
  const data = /** @type {any} */ (window).LUNXUN_SEARCH;
  const form = document.querySelector("form[data-lx-search]");
  const status = document.querySelector("[data-lx-status]");
  const results = document.querySelector("[data-lx-results]");
  if (!(form instanceof HTMLFormElement) || !status || !results) return;
  if (!data) {
    status.textContent = "搜索数据没有读到。请确认整个文件夹都拷了过来，没有缺少 assets 文件夹。";
    return;
  }
  const MOST = 50;
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const fold = (/** @type {string} */ text) =>
    Array.from(text, (character) => data.fold[character] || character.toLowerCase()).join("");
  const folded = data.rows.map((row) => row.map(fold));
  const WEIGHTS = [0, 40, 0, 30, 10, 1];

  /** @param {string[]} row @param {string[]} words @returns {number} zero when a word is missing */
  function score(row, words) {
    let total = 0;
    for (const word of words) {
      let best = 0;
      for (let part = 1; part < row.length; part += 1) {
        if (row[part].includes(word)) best = Math.max(best, row[part] === word ? WEIGHTS[part] * 2 : WEIGHTS[part]);
      }
      if (!best) return 0;
      total += best;
    }
    return total;
  }

  /** Append text with the words marked; nothing is ever read as HTML. */
  function appendMarked(/** @type {Element} */ parent, /** @type {string} */ text, /** @type {string[]} */ words) {
    const plain = fold(text);
    let at = 0;
    while (at < text.length) {
      let next = -1;
      let length = 0;
      for (const word of words) {
        const found = plain.indexOf(word, at);
        if (found >= 0 && (next < 0 || found < next || (found === next && word.length > length))) {
          next = found;
          length = word.length;
        }
      }
      if (next < 0) break;
      parent.append(text.slice(at, next));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(next, next + length);
      parent.append(mark);
      at = next + length;
    }
    parent.append(text.slice(at));
  }

  /** @param {Row} row @param {string[]} words @returns {string} the part of the text around the first word */
  function snippet(row, words) {
    const text = words.some((word) => fold(row[4]).includes(word)) ? row[4] : row[5];
    const plain = fold(text);
    const places = words.map((word) => plain.indexOf(word)).filter((place) => place >= 0);
    if (!places.length) return row[4].slice(0, 90);
    const start = Math.max(0, Math.min(...places) - 24);
    return (start > 0 ? "…" : "") + text.slice(start, start + 90) + (start + 90 < text.length ? "…" : "");
  }

  function show() {
    const query = input.value.trim().slice(0, 100);
    const words = Array.from(new Set(fold(query).split(/\s+/).filter(Boolean))).slice(0, 8);
    results.textContent = "";
    if (!words.length) {
      status.textContent = "输入两个字以上开始搜索；多个词用空格隔开。";
      return;
    }
    const found = folded
      .map((row, index) => ({ index, score: score(row, words) }))
      .filter((hit) => hit.score > 0)
      .sort((a, b) => b.score - a.score || a.index - b.index);
    status.textContent = found.length
      ? `找到${found.length}条` + (found.length > MOST ? `，显示前${MOST}条，请再加一个词` : "")
      : `没有找到“${query}”。试试少写几个字，或换一种说法。`;
    for (const hit of found.slice(0, MOST)) {
      const row = data.rows[hit.index];
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = row[0];
      appendMarked(link, row[1], words);
      const kind = document.createElement("span");
      kind.className = "lx-badge";
      kind.textContent = row[2];
      const text = document.createElement("p");
      appendMarked(text, snippet(row, words), words);
      item.append(link, " ", kind, text);
      results.append(item);
    }
  }

  function remember() {
    const address = new URL(location.href);
    address.searchParams.set("q", input.value.trim());
    try {
      history.replaceState(null, "", address);
    } catch (error) {
      // Some browsers refuse this for files; searching works all the same.
    }
  }

  input.value = (new URL(location.href).searchParams.get("q") || "").slice(0, 100);
  input.addEventListener("input", (event) => {
    if (/** @type {InputEvent} */ (event).isComposing) return;
    show();
  });
  input.addEventListener("compositionend", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
    remember();
  });
  show();
})();
