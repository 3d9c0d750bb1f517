// What the engine answers on a small library, and what it says when files are missing, broken or old.
"use strict";

const assert = require("node:assert/strict");
const { before, test } = require("node:test");
const { page } = require("./harness");

const FOLDER = process.env.LUNXUN_INDEX;
let engine;

before(async () => {
  engine = await page(FOLDER).search.open("");
});

const text = (segments) => segments.map((one) => (one.marked ? `[${one.text}]` : one.text)).join("");
const found = async (query, options) => Array.from((await engine.search(query, options)).hits, (hit) => hit.address);

test("the term comes first, then titles, then bodies", async () => {
  assert.deepEqual(await found("网格化"), ["terms/grid.html", "cases/grid.html", "cases/life.html"]);
});

test("several words combine, a minus excludes, quotes keep words together", async () => {
  assert.deepEqual(await found("网格化 网约车"), ["cases/grid.html"]);
  assert.deepEqual(await found("网格化 -网约车"), ["terms/grid.html", "cases/life.html"]);
  assert.deepEqual(await found("“网格化 治理”"), []);
  assert.deepEqual(await found("-网格化"), []);
});

test("a hit leads to its place, with the words marked", async () => {
  const { hits } = await engine.search("骑手");
  assert.equal(hits[0].address, "cases/grid.html");
  assert.equal(hits[0].anchor, "actions");
  assert.equal(hits[0].heading, "请骑手当网格员");
  assert.match(text(hits[0].snippet), /\[骑手\]/);
  assert.equal(text((await engine.search("網格化")).hits[0].title), "[网格化]");
});

test("an article of a document is found, and led to", async () => {
  const { hits } = await engine.search("培训工作条例第十四条");
  assert.equal(hits[0].address, "policies/rules.html");
  assert.equal(hits[0].anchor, "v-2023-14");
});

test("pinyin and first letters find names and places, and mark them", async () => {
  for (const query of ["wanggehua", "wgh", "wanggeh", "WANGGE"]) {
    const { hits } = await engine.search(query);
    assert.equal(hits[0].address, "terms/grid.html", query);
    assert.match(text(hits[0].title), /\[网格/, query);
  }
  assert.ok((await found("yancheng")).includes("cases/grid.html"));
  assert.ok((await found("ycs")).includes("cases/grid.html"));
  assert.ok((await found("chongqing")).includes("cases/life.html"));
});

test("numbers are found however they are written", async () => {
  for (const query of ["十二天", "12天", "１２天"]) assert.deepEqual(await found(query), ["policies/rules.html"], query);
  assert.deepEqual(await found("二委"), []);
});

test("a slip of the pen gets what was meant, and a suggestion", async () => {
  const answer = await engine.search("网隔化");
  assert.equal(answer.partial, true);
  assert.equal(answer.hits[0].address, "terms/grid.html");
  assert.equal(answer.suggestions[0].query, "网格化");
});

test("plain words find what holds most of them; quoted ones do not", async () => {
  const answer = await engine.search("怎么请骑手来做网格员呢");
  assert.equal(answer.partial, true);
  assert.equal(answer.hits[0].address, "cases/grid.html");
  assert.equal((await engine.search("“怎么请骑手来做网格员呢”")).total, 0);
});

test("facets are counted over all results, and a choice does not narrow its own", async () => {
  const all = await engine.search("网格化");
  const counts = (answer, facet) => Object.fromEntries(Array.from(answer.facets[facet], ({ id, count }) => [id, count]));
  assert.deepEqual(counts(all, "kind"), { term: 1, case: 2 });
  const cases = await engine.search("网格化", { facets: { kind: ["case"] }, limit: 1 });
  assert.equal(cases.total, 2);
  assert.equal(cases.hits.length, 1);
  assert.deepEqual(counts(cases, "kind"), { term: 1, case: 2 });
  assert.deepEqual(counts(cases, "regions"), { jiangsu: 1, yancheng: 1, chongqing: 1 });
  assert.deepEqual(await found("网格化", { facets: { kind: ["nothing"] } }), []);
  assert.deepEqual(await found("网格化", { offset: 1, limit: 1 }), ["cases/grid.html"]);
});

test("nothing that is typed breaks it", async () => {
  const hostile = ["", " ", "<script>alert(1)</script>", "a".repeat(10000), "\u0000\u001f\u202e", ".*+?^${}()|[]\\", "\"“”''", "__proto__", "constructor -toString", "\ud800", "-", "--网格", "第条", "%00", "网".repeat(500), "aa".repeat(99), "2个".repeat(99)];
  for (const query of hostile) {
    const answer = await engine.search(query);
    assert.ok(Array.isArray(Array.from(answer.hits)), query);
    await engine.addresses(query);
  }
});

test("a missing file is told, and the rest is found", async () => {
  const broken = await page(FOLDER, (name, script) => (name.includes("/t/") ? null : script)).search.open("");
  const answer = await broken.search("网格化");
  assert.equal(answer.total, 3);
  assert.equal(answer.hits.length, 0);
  assert.match(answer.warnings.join(""), /缺了一部分/);
});

test("a broken file is told", async () => {
  const changes = [
    (script) => script.slice(0, -20),
    (script) => script.replace(/"[^"]*"\)/, '"")'),
    (script) => script.replace(/.{8}"\)/, '中文乱码")'),
    () => "LunxunSearch.take(1);",
    (script) => script.replace(/,"[^"]*"\)/, ",{})"),
  ];
  for (const change of changes) {
    const broken = await page(FOLDER, (name, script) => (/\/p\//.test(name) ? change(script) : script)).search.open("");
    const answer = await broken.search("网格化");
    assert.equal(answer.partial, true, String(change));
    assert.match(answer.warnings.join(""), /坏了/);
  }
});

test("a file of another build is told", async () => {
  for (const folder of ["p", "n", "t"]) {
    const isThere = new RegExp(`/${folder}/`);
    const other = (name, script) => (isThere.test(name) ? script.replace(/","..",/, "\",\"??\",") : script);
    const answer = await (await page(FOLDER, other).search.open("")).search(folder === "n" ? "wgh" : "网格化");
    assert.match(answer.warnings.join(""), /不是这一次生成的/, folder);
  }
  const table = (name, script) => (name.includes("/fold.js") ? script.replace(/","..",/, "\",\"??\",") : script);
  assert.match((await (await page(FOLDER, table).search.open("")).search("網格化")).warnings.join(""), /不是这一次生成的/);
});

test("a mark is asked for with each file, so that no old one is taken from a cache", async () => {
  const { search, addresses } = page(FOLDER);
  await (await search.open("")).search("网格化");
  const asked = addresses.filter((address) => /\/search\/(?!start)/.test(address));
  assert.ok(asked.length && asked.every((address) => /\.js\?.+/.test(address)), asked.join(" "));
});

test("without the start file it says so", async () => {
  const none = page(FOLDER, (name, script) => (name.endsWith("start.js") ? null : script));
  await assert.rejects(none.search.open(""), /没有读到/);
});

test("nothing is loaded twice, and little is loaded", async () => {
  const { search, loads } = page(FOLDER);
  const own = await search.open("");
  await own.search("网格化");
  const count = loads.length;
  await own.search("网格化");
  assert.equal(loads.length, count);
  assert.ok(!loads.some(({ name }) => /fold|pinyin/.test(name)));
});

test("the engine adds to what is there, and loading it twice is harmless", async () => {
  const { search, run, window } = page(FOLDER);
  search.ui = "of the page";
  const first = await search.open("");
  const answer = first.search("网格化");
  run("assets/lunxun/search-engine.js");
  assert.equal(window.LunxunSearch, search);
  assert.equal(search.ui, "of the page");
  assert.equal(await search.open(""), first);
  assert.equal((await answer).total, 3);
  assert.equal((await first.search("骑手")).total, 1);
});

test("an article that is not there leads to its document, and that is said", async () => {
  for (const query of ["干部教育培训工作条例第十五条", "《干部教育培训工作条例》第15条", "干部教育培训工作条例 15条"]) {
    const answer = await engine.search(query);
    assert.equal(answer.partial, true, query);
    assert.equal(answer.hits[0].address, "policies/rules.html", query);
    assert.equal(answer.hits[0].anchor, "", query);
    assert.match(answer.warnings.join(""), /没有收录“第(十五|15)条”/, query);
  }
});
