// What gift-pegjs, a parser of others, finds in GIFT texts: a JSON list of them in, its questions out.
"use strict";

const fs = require("node:fs");
const { createRequire } = require("node:module");
const { parse } = createRequire(`${process.argv[2]}/`)("gift-pegjs");

const texts = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => {
  try {
    return { questions: parse(text) };
  } catch (error) {
    return { error: String(error.message), place: error.location };
  }
})));
