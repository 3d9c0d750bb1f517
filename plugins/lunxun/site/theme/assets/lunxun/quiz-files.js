// @ts-check
// Progress as a file of one's own: saving it, reading it in, and forgetting everything.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const { progress, store } = shared.LunxunQuiz;

  /** Make an element; text is only ever text. @param {string} name @param {string} className @param {string} [text] @returns {any} */
  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /** @param {string} text @param {() => void} act @returns {HTMLButtonElement} */
  function button(text, act) {
    const made = make("button", "lx-tool", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  /**
   * Make the box for files. @param {() => void} changed called when progress was read in or forgotten
   * @param {() => void} [before] called before it is saved
   */
  function box(changed, before) {
    const holder = make("div", "lx-files");
    const status = make("p", "lx-files__status");
    status.setAttribute("role", "status");
    const input = make("input", "lx-visually-hidden");
    Object.assign(input, { type: "file", accept: ".json,application/json", tabIndex: -1 });
    input.setAttribute("aria-label", "做题记录文件");
    input.addEventListener("change", () => {
      const file = input.files && input.files[0];
      input.value = "";
      if (file) read(file, status, changed);
    });
    const actions = make("p", "lx-files__actions");
    actions.append(
      button("保存到文件", () => {
        if (before) before();
        save(status);
      }),
      button("从文件读入", () => input.click()),
      button("清空全部记录", () => forget(status, changed)),
      input,
    );
    const trouble = store.trouble();
    if (trouble) holder.append(make("p", "lx-stale", trouble));
    holder.append(actions, status);
    return holder;
  }

  /** @param {HTMLElement} status */
  function save(status) {
    const banks = store.all();
    const now = Date.now();
    const address = URL.createObjectURL(new Blob([progress.toText(banks, now)], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `轮训做题记录-${new Date(now).toISOString().slice(0, 10)}.json`;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    status.textContent = `已存下${banks.length}个题库的记录，在浏览器的下载文件夹里。`;
  }

  /** @param {File} file @param {HTMLElement} status @param {() => void} changed */
  function read(file, status, changed) {
    if (file.size > progress.LARGEST * 3) {
      status.textContent = progress.fromText(" ".repeat(progress.LARGEST + 1)).error;
      return;
    }
    const reader = new FileReader();
    reader.onerror = () => { status.textContent = "文件打不开，没有读入。请检查文件还在不在。"; };
    reader.onload = () => {
      const found = progress.fromText(String(reader.result));
      status.textContent = found.error || taken(found.banks);
      if (!found.error) changed();
    };
    reader.readAsText(file);
  }

  /** @param {any[]} banks */
  function taken(banks) {
    let questions = 0;
    for (const bank of banks) {
      const mine = store.read(bank.bank) || progress.empty(bank.bank, bank.title);
      store.write(progress.merged(mine, bank));
      questions += Object.keys(bank.questions).length;
    }
    return `已读入${banks.length}个题库、${questions}道题的记录；同一道题以后做的为准。`;
  }

  /** @param {HTMLElement} status @param {() => void} changed */
  function forget(status, changed) {
    if (!window.confirm("清空这台电脑上全部题库的做题记录？清空以后找不回来，可以先保存到文件。")) return;
    for (const bank of store.all()) store.remove(bank.bank);
    status.textContent = "全部做题记录已清空。";
    changed();
  }

  shared.LunxunQuiz.files = { box, make, button };
})();
