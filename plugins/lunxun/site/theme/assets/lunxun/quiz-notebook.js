// @ts-check
// The notebook: what went wrong and what is due today, over all banks, each with the way to practise it.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const { files, progress, store } = shared.LunxunQuiz;
  const { make, button } = files;
  const MOST_AT_ONCE = 60; // ids in an address, so that every browser takes it

  const holder = /** @type {HTMLElement | null} */ (document.querySelector("[data-lx-notebook]"));
  const source = document.getElementById("lx-quiz-titles");
  if (!holder || !source) return;
  /** @type {Record<string, string>} banks that the site has, by id */
  const titles = JSON.parse(source.textContent || "{}");
  const lists = make("div", "");
  const status = make("p", "lx-visually-hidden");
  status.setAttribute("role", "status");

  /** Give the address that practises some questions of a bank. @param {string} bank @param {string[]} ids */
  function practice(bank, ids) {
    return `${bank}.html?only=${ids.slice(0, MOST_AT_ONCE).join(",")}`;
  }

  /** @param {string} id @param {string} title @param {string} nothing @param {(bank: any) => string[]} choose @param {boolean} canLeave */
  function section(id, title, nothing, choose, canLeave) {
    const part = make("section", "");
    part.setAttribute("aria-labelledby", id);
    const found = store.all().map((/** @type {any} */ bank) => ({ bank, ids: choose(bank) }))
      .filter((/** @type {any} */ one) => one.ids.length && known(one.bank.bank));
    const total = found.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + one.ids.length, 0);
    const head = make("h2", "", total ? `${title}（${total}题）` : title);
    head.id = id;
    head.tabIndex = -1;
    part.append(head);
    if (!total) part.append(make("p", "lx-empty", nothing));
    for (const { bank, ids } of found) part.append(group(bank, ids, canLeave));
    return part;
  }

  /** A bank that the site no longer has cannot be practised. @param {string} bank */
  function known(bank) {
    return Object.prototype.hasOwnProperty.call(titles, bank);
  }

  /** @param {any} bank @param {string[]} ids @param {boolean} canLeave */
  function group(bank, ids, canLeave) {
    const part = make("div", "lx-todo-group");
    const head = make("h3", "", `${titles[bank.bank]}（${ids.length}题）`);
    const go = make("a", "lx-tool lx-todo__go", ids.length > MOST_AT_ONCE ? `练其中${MOST_AT_ONCE}题` : `练这${ids.length}题`);
    go.href = practice(bank.bank, ids);
    go.setAttribute("aria-label", `${titles[bank.bank]}：${go.textContent}`);
    const list = make("ul", "");
    for (const id of ids) {
      const question = bank.questions[id];
      const item = make("li", "");
      const link = make("a", "", question.stem);
      link.href = practice(bank.bank, [id]);
      const more = make("span", "lx-todo__more");
      more.append(make("span", "lx-note", `做过${question.tries}次，没有全对${question.wrong}次`));
      if (canLeave) more.append(leave(bank.bank, id, question.stem));
      item.append(make("span", "lx-badge", question.type), " ", link, " ", more);
      list.append(item);
    }
    const way = make("p", "");
    way.append(go);
    part.append(head, way, list);
    return part;
  }

  /** @param {string} bank @param {string} id @param {string} stem */
  function leave(bank, id, stem) {
    const made = button("移出", () => {
      const kept = store.read(bank);
      if (kept && kept.questions[id]) {
        kept.questions[id].book = false;
        store.write(kept);
      }
      draw();
      status.textContent = "已移出错题本。";
      const head = document.getElementById("wrong");
      if (head) head.focus();
    });
    made.setAttribute("aria-label", `移出：${stem}`);
    return made;
  }

  function draw() {
    const tonight = new Date();
    tonight.setHours(23, 59, 59, 999);
    lists.textContent = "";
    lists.append(
      section("today", "今日复习", "今天没有要复习的题。做过的题会按记忆的规律，隔几天再来。",
        (bank) => progress.due(bank, tonight.getTime()), false),
      section("wrong", "错题", "这里还没有错题。做题以后，答错和只对一部分的题会记在这里。", progress.inBook, true),
    );
  }

  const own = make("section", "");
  own.setAttribute("aria-labelledby", "own");
  const head = make("h2", "", "做题记录");
  head.id = "own";
  own.append(head, make("p", "lx-note", "记录只在这台电脑的浏览器里，不上传，不排名。换电脑、换浏览器，或清理浏览器之前，先保存到文件。"), files.box(draw));
  draw();
  holder.append(lists, own, status);
  // Coming back from a bank by the browser's own button shows what was done there.
  window.addEventListener("pageshow", (event) => { if (event.persisted) draw(); });
})();
