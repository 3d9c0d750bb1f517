// @ts-check
// Sealing answers to the trainer's public key, as lunxun/quiz/sealing.py opens them: values in, text of a file out.
(function () {
  "use strict";

  const shared = /** @type {any} */ (typeof window === "undefined" ? globalThis : window);
  shared.LunxunExam = shared.LunxunExam || {};

  const BLOCK = 1024; // what is sealed is filled up with spaces, so that its length tells little
  const RECEIPT_BYTES = 4;

  /** Tell whether there is chance to seal with: without it no exam may be begun. */
  function hasRandom() {
    const source = shared.crypto;
    return Boolean(shared.nacl && source && typeof source.getRandomValues === "function");
  }

  /** @param {Uint8Array} bytes */
  function hex(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** Make a name by chance, in hexadecimal. @param {number} bytes */
  function randomHex(bytes) {
    return hex(shared.crypto.getRandomValues(new Uint8Array(bytes)));
  }

  /** @param {Uint8Array} bytes */
  function toBase64(bytes) {
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }

  /** @param {string} text */
  function fromBase64(text) {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  }

  /**
   * Seal an answer sheet. @param {any} sheet what brief and grading call the opened sheet
   * @param {{to: string, public: string}} exam @returns {string} the text of the file
   */
  function sealed(sheet, exam) {
    const text = new TextEncoder().encode(JSON.stringify(sheet));
    const filled = new Uint8Array(Math.ceil(text.length / BLOCK) * BLOCK).fill(0x20);
    filled.set(text);
    const own = shared.nacl.box.keyPair();
    const nonce = shared.nacl.randomBytes(shared.nacl.box.nonceLength);
    const box = shared.nacl.box(filled, nonce, fromBase64(exam.public), own.secretKey);
    const { paper, form, digest, sitting } = sheet;
    return JSON.stringify({
      lunxun_sealed: 1, paper, form, digest, sitting, to: exam.to,
      epk: toBase64(own.publicKey), nonce: toBase64(nonce), box: toBase64(box),
    });
  }

  /** Give the code by which an invigilator notes a file: of its SHA-512 the first 8 hexadecimal digits. @param {string} text */
  function receipt(text) {
    return hex(shared.nacl.hash(new TextEncoder().encode(text)).subarray(0, RECEIPT_BYTES));
  }

  shared.LunxunExam.seal = { hasRandom, randomHex, sealed, receipt };
})();
