// @ts-check
// What a result shows: its title with the words marked, the place where they stand, and the text around them.
(function () {
  "use strict";

  /**
   * @typedef {{text: string, marked: boolean}} Segment
   * @typedef {{start: number, end: number, word: number}} Mark positions inside the document, and which word it was
   * @typedef {[string, string | number, string]} Part anchor, heading (or the number of one), text
   * @typedef {[number, string, string, string, string[], string[], Part[]]} Row
   *   slot, address, kind, title, aliases, headings, parts
   */

  const inner = /** @type {any} */ (window).LunxunSearch.inner;
  const WIDTH = 92;
  const BEFORE = 22;
  const LABELLED = 5;
  const PRECISE = 2;
  const STOPS = "。；！？";

  /** Shorter or longer than in positions only where a text holds characters of two codes. */
  const size = (/** @type {string} */ text) => (/[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length);

  /** Tell whether a row of a text file is whole. @param {any} row @returns {boolean} */
  function isRow(row) {
    const isText = (/** @type {any} */ value) => typeof value === "string";
    const isTexts = (/** @type {any} */ value) => Array.isArray(value) && value.every(isText);
    const isPart = (/** @type {any} */ part) =>
      Array.isArray(part) && isText(part[0]) && isText(part[2]) && (isText(part[1]) || Number.isInteger(part[1]));
    return (
      Array.isArray(row) &&
      isTexts(row.slice(1, 4)) &&
      isTexts(row[4]) &&
      isTexts(row[5]) &&
      Array.isArray(row[6]) &&
      row[6].every(isPart)
    );
  }

  /** Lay the pieces of a document out as the index did. @param {Row} row */
  function pieces(row) {
    const [, , , title, aliases, headings, parts] = row;
    const found = [];
    let at = 0;
    const add = (/** @type {string} */ field, /** @type {number} */ number, /** @type {string} */ text) => {
      found.push({ field, number, text, start: at, end: at + size(text) });
      at += size(text) + 1;
    };
    add("title", 0, title);
    aliases.forEach((text, number) => add("alias", number, text));
    headings.forEach((text, number) => add("heading", number, text));
    parts.forEach((part, number) => add("part", number, part[2]));
    return found;
  }

  /** Join the pieces of a document as the index did. @param {Row} row @returns {string} */
  function wholeText(row) {
    return pieces(row)
      .map((piece) => piece.text)
      .join("\n");
  }

  /**
   * Cut a text at its marks. @param {string} text @param {Mark[]} marks inside the text @returns {Segment[]}
   */
  function segments(text, marks) {
    const characters = size(text) === text.length ? null : Array.from(text);
    const slice = (/** @type {number} */ from, /** @type {number} */ to) =>
      characters ? characters.slice(from, to).join("") : text.slice(from, to);
    const found = [];
    let at = 0;
    for (const mark of marks.slice().sort((a, b) => a.start - b.start)) {
      if (mark.end <= at) continue;
      const start = Math.max(mark.start, at);
      if (start > at) found.push({ text: slice(at, start), marked: false });
      const last = found[found.length - 1];
      if (last && last.marked && start === at) last.text += slice(start, mark.end);
      else found.push({ text: slice(start, mark.end), marked: true });
      at = mark.end;
    }
    if (at < size(text)) found.push({ text: slice(at, size(text)), marked: false });
    return found;
  }

  /** @param {Mark[]} marks @param {{start: number, end: number}} piece @returns {Mark[]} those inside, from its start */
  function within(marks, piece) {
    return marks
      .filter((mark) => mark.start >= piece.start && mark.end <= piece.end)
      .map((mark) => ({ start: mark.start - piece.start, end: mark.end - piece.start, word: mark.word }));
  }

  /** @param {string} text @param {Mark} mark @returns {string} */
  const cut = (text, mark) => Array.from(text).slice(mark.start, mark.end).join("");

  /** @param {Mark[]} marks @returns {number} how many different words */
  const variety = (marks) => new Set(marks.map((mark) => mark.word)).size;

  /**
   * Make what is shown of a document.
   * @param {Row} row @param {Mark[]} marks
   * @returns {{address: string, anchor: string, title: Segment[], kind: string, heading: string, snippet: Segment[]}}
   */
  function show(row, marks) {
    const [, address, kind, title, aliases, headings, parts] = row;
    const all = pieces(row);
    const nameOf = (/** @type {Part | undefined} */ part) =>
      part ? (typeof part[1] === "number" ? headings[part[1]] : part[1]) : "";
    const best = bestPart(all, marks, parts);
    const alias = all.find((piece) => piece.field === "alias" && within(marks, piece).length);
    const inTitle = within(marks, all[0]);
    const part = parts[best.number];
    const text = part ? part[2] : "";
    const isElsewhere = !best.marks.length && !best.headed;
    const heading = isElsewhere && alias && !inTitle.length ? `又称：${aliases[alias.number]}` : nameOf(part);
    return {
      address,
      anchor: part ? part[0] : "",
      title: segments(title, inTitle),
      kind,
      heading,
      snippet: windowed(text, best.marks),
    };
  }

  /**
   * Choose the part to show: most words first, those that no name holds before the others; then one that is called
   * so, as articles are, of several the first; then the more precise place; then the shortest.
   */
  function bestPart(/** @type {any[]} */ all, /** @type {Mark[]} */ marks, /** @type {Part[]} */ parts) {
    const marked = (/** @type {string} */ field) =>
      all.filter((piece) => piece.field === field && within(marks, piece).length);
    const headed = new Set(marked("heading").map((piece) => piece.number));
    const named = new Set();
    for (const piece of marked("title").concat(marked("alias"))) {
      for (const mark of within(marks, piece)) named.add(mark.word);
    }
    const isLabelled = (/** @type {Part} */ part, /** @type {Mark[]} */ some) =>
      typeof part[1] === "string" && some.some((mark) => part[1].toString().includes(cut(part[2], mark)));
    const worth = (/** @type {Mark[]} */ some) =>
      Array.from(new Set(some.map((mark) => mark.word))).reduce((sum, word) => sum + (named.has(word) ? 0.4 : 1), 0);
    const anchors = new Set(parts.map((part) => part[0]));
    const isPrecise = (/** @type {string} */ anchor) =>
      Array.from(anchor).some((character, at) => character === "-" && anchors.has(anchor.slice(0, at)));
    let best = { number: 0, marks: /** @type {Mark[]} */ ([]), headed: false, value: 0 };
    for (const piece of all) {
      if (piece.field !== "part") continue;
      const inside = within(marks, piece);
      const part = parts[piece.number];
      const isHeaded = headed.has(part[1]);
      if (!inside.length && !isHeaded) continue;
      const value =
        (inside.length ? worth(densest(inside)) * 4 : 0) +
        worth(inside) * 2 +
        (isHeaded ? 3 : 0) +
        (isPrecise(part[0]) ? PRECISE : 0) +
        (isLabelled(part, inside) ? LABELLED : Math.min(inside.length, 4) / 4 + 100 / (100 + piece.text.length));
      if (value > best.value) best = { number: piece.number, marks: inside, headed: isHeaded, value };
    }
    return best;
  }

  /** Find the marks of the stretch that shows most words. @param {Mark[]} marks @returns {Mark[]} */
  function densest(marks) {
    const sorted = marks.slice().sort((a, b) => a.start - b.start);
    let best = [sorted[0]];
    for (let index = 0; index < sorted.length && index < 200; index += 1) {
      const end = sorted[index].start + WIDTH - BEFORE;
      let last = index;
      while (last + 1 < sorted.length && sorted[last + 1].end <= end) last += 1;
      const these = sorted.slice(index, last + 1);
      const gain = variety(these) - variety(best);
      if (gain > 0 || (gain === 0 && these.length > best.length)) best = these;
    }
    return best;
  }

  /** Cut the stretch around the marks out of a text. @param {string} text @param {Mark[]} marks @returns {Segment[]} */
  function windowed(text, marks) {
    const characters = Array.from(text);
    const first = marks.length ? densest(marks)[0].start : 0;
    let start = Math.max(0, first - BEFORE);
    // Begin with the sentence, if it begins near.
    for (let at = first - 1; at >= start; at -= 1) {
      if (STOPS.includes(characters[at])) {
        start = at + 1;
        break;
      }
    }
    const end = Math.min(characters.length, start + WIDTH);
    const inside = marks
      .filter((mark) => mark.start >= start && mark.start < end)
      .map((mark) => ({ start: mark.start - start, end: Math.min(mark.end, end) - start, word: mark.word }));
    const found = segments(characters.slice(start, end).join(""), inside);
    if (start > 0) found.unshift({ text: "…", marked: false });
    if (end < characters.length) found.push({ text: "…", marked: false });
    return found;
  }

  inner.snippet = { show, isRow, pieces, wholeText, segments };
})();
