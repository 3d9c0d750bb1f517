// @ts-check
// Other ways to write the numbers of a query, where that is safe: 12天 and 十二天, 两个 and 2个. The rules are those of
// lunxun/search/variants.py; tests/search/golden.json holds the two together.
(function () {
  "use strict";

  const MEASURE = new RegExp(
    "^(?:[个名位人户家支条项章款届次期级天日月年周岁号轮批场份张座栋间套亩元万亿米]|小时|学时|分钟|公里)",
  );
  const NUMBER = /[0-9]+|[零〇一二两三四五六七八九十百千万]+/g;
  const SPELLED_YEAR = /^[一二三四五六七八九][零〇一二三四五六七八九]{3}$/;
  const TWO = /二(?=[百千万])/g;
  const DIGITS = "零一二三四五六七八九";
  const PLACES = { 千: 1000, 百: 100, 十: 10 };
  const MOST_WRITTEN = 9;
  const MOST_DIGITS = 7;

  /** List other ways to write a folded text. @param {string} folded @returns {string[]} */
  function variants(folded) {
    let written = [""];
    let end = 0;
    NUMBER.lastIndex = 0;
    for (let match = NUMBER.exec(folded); match; match = NUMBER.exec(folded)) {
      const before = folded.slice(0, match.index);
      let choices = [match[0]].concat(others(before, match[0], folded.slice(match.index + match[0].length)));
      if (written.length * choices.length > MOST_WRITTEN) choices = choices.slice(0, 1);
      const between = folded.slice(end, match.index);
      end = match.index + match[0].length;
      written = [].concat(...written.map((start) => choices.map((choice) => start + between + choice)));
    }
    const all = new Set(written.map((start) => start + folded.slice(end)));
    all.delete(folded);
    return Array.from(all);
  }

  /** @param {string} before @param {string} number @param {string} after @returns {string[]} */
  function others(before, number, after) {
    const isOrdinal = before.endsWith("第");
    if (/[0-9][.,]?$/.test(before) || !(isOrdinal || MEASURE.test(after))) return [];
    const isYear = after.startsWith("年") && !isOrdinal;
    if (number.charCodeAt(0) < 0x80) return inChinese(number, isYear, !isOrdinal);
    if (isYear && SPELLED_YEAR.test(number)) {
      return [Array.from(number, (sign) => DIGITS.indexOf(sign === "〇" ? "零" : sign)).join("")];
    }
    const value = fromChinese(number);
    if (value === null) return [];
    const digits = String(value);
    return [digits].concat(inChinese(digits, false, !isOrdinal).filter((text) => text !== number));
  }

  /** @param {string} digits @param {boolean} isYear @param {boolean} counts @returns {string[]} */
  function inChinese(digits, isYear, counts) {
    if (digits.length > MOST_DIGITS || (digits[0] === "0" && digits !== "0")) return [];
    if (isYear && digits.length === 4) {
      const spelled = Array.from(digits, (digit) => DIGITS[Number(digit)]).join("");
      return Array.from(new Set([spelled.replace(/零/g, "〇"), spelled]));
    }
    const chinese = toChinese(Number(digits));
    if (counts && chinese === "二") return [chinese, "两"];
    const other = chinese.replace(TWO, "两");
    return counts && other !== chinese ? [chinese, other] : [chinese];
  }

  /** Write an integer as clauses are numbered. @param {number} number @returns {string} */
  function toChinese(number) {
    return write(number).replace(/^一十/, "十");
  }

  /** @param {number} number @returns {string} */
  function write(number) {
    const high = Math.floor(number / 10000);
    const low = number % 10000;
    if (!high) return writeSection(low) || DIGITS[0];
    return writeSection(high) + "万" + (low > 0 && low < 1000 ? DIGITS[0] : "") + writeSection(low);
  }

  /** @param {number} number below 10,000 @returns {string} */
  function writeSection(number) {
    let written = "";
    for (const sign of Object.keys(PLACES)) {
      const digit = Math.floor(number / PLACES[sign]);
      number %= PLACES[sign];
      if (digit) written += DIGITS[digit] + sign;
      else if (written && number && !written.endsWith(DIGITS[0])) written += DIGITS[0];
    }
    return written + (number ? DIGITS[number] : "");
  }

  /** Read a number that is written by the rules. @param {string} text @returns {number | null} */
  function fromChinese(text) {
    const two = text.replace(/〇/g, "零").replace(/两(?=[百千万]|$)/g, "二");
    const written = two.replace(/(^|[^一二三四五六七八九])十/g, "$1一十");
    const cut = written.lastIndexOf("万");
    const number = readSection(written.slice(0, Math.max(cut, 0))) * 10000 + readSection(written.slice(cut + 1));
    // Writing it again is the proof that it was a number: 三十十 and 二百五 do not come back.
    return number < 1e8 && write(number) === written ? number : null;
  }

  /** @param {string} written @returns {number} */
  function readSection(written) {
    let total = 0;
    let digit = 0;
    for (const sign of written) {
      if (PLACES[sign]) {
        total += digit * PLACES[sign];
        digit = 0;
      } else {
        digit = Math.max(DIGITS.indexOf(sign), 0);
      }
    }
    return total + digit;
  }

  /** @type {any} */ (window).LunxunSearch.inner.variants = variants;
})();
