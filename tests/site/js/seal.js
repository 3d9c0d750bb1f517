// Seals and opens with the scripts of the exam page, for tests/quiz/test_sealing.py: JSON on stdin, JSON on stdout.
"use strict";

const fs = require("node:fs");
const { load } = require("./exam.js");

const { seal } = load("vendor/tweetnacl.js", "exam-seal.js");
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
const asked = JSON.parse(fs.readFileSync(0, "utf8"));
if (asked.seal) {
  const text = seal.sealed(asked.seal, asked.exam);
  process.stdout.write(JSON.stringify({ text, receipt: seal.receipt(text) }));
} else {
  const { epk, nonce, box } = asked.open;
  const text = globalThis.nacl.box.open(bytes(box), bytes(nonce), bytes(epk), bytes(asked.secret));
  process.stdout.write(JSON.stringify({ text: text && Buffer.from(text).toString("utf8") }));
}
