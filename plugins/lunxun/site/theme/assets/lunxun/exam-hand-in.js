// @ts-check
// Handing in: the answer sheet as grading reads it, sealed and downloaded as a file.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const { clock, seal } = shared.LunxunExam;

  /** Put together what is sealed. @param {any} exam @param {any} draft */
  function sheetOf(exam, draft) {
    return {
      format: 1,
      paper: exam.paper,
      form: exam.form,
      digest: exam.digest,
      sitting: draft.sitting,
      learner: draft.learner[0],
      started: draft.started,
      handed: clock.wallClock(new Date()),
      seconds: Math.floor(draft.seconds),
      answers: answersOf(draft),
    };
  }

  /** Give the answers of a draft; what was taken back is left out. @param {any} draft */
  function answersOf(draft) {
    /** @type {Record<string, any>} */
    const found = {};
    for (const number of Object.keys(draft.answers)) {
      const [value] = draft.answers[number];
      if (value !== null) found[number] = value;
    }
    return found;
  }

  /** Seal a draft as a file. @param {any} exam @param {any} draft @param {boolean} isBackup */
  function sealedFile(exam, draft, isBackup) {
    const text = seal.sealed(sheetOf(exam, draft), exam);
    const name = `答卷-${exam.paper}-${exam.form}-${draft.sitting.slice(0, 8)}${isBackup ? "-备份" : ""}.lxa`;
    return { name, text, receipt: seal.receipt(text), at: clock.wallClock(new Date()), isBackup };
  }

  /** Have the browser save a file. @param {{name: string, text: string}} file */
  function download(file) {
    const address = URL.createObjectURL(new Blob([file.text], { type: "application/octet-stream" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = file.name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  /** Make an element; text is only ever text. @param {string} name @param {string} text @param {string} [className] @returns {any} */
  function make(name, text, className) {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  /** @param {string} text @param {() => void} act @returns {HTMLButtonElement} */
  function button(text, act) {
    const made = make("button", text, "ex-button");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  /** List numbers as buttons that lead to their questions. @param {string} lead @param {{number: string, title: string}[]} left @param {(number: string) => void} go */
  function numbers(lead, left, go) {
    const holder = document.createElement("div");
    holder.append(make("p", lead));
    const list = make("ul", "", "ex-left");
    for (const { number, title } of left) {
      const item = document.createElement("li");
      const way = button(number, () => go(number));
      way.setAttribute("aria-label", `回到${title}`);
      item.append(way);
      list.append(item);
    }
    holder.append(list);
    return holder;
  }

  /** Write of a sealed file what one needs of it. @param {any} file */
  function fileRow(file) {
    const row = make("div", "", "ex-file");
    const what = file.isBackup ? "没有交卷的作答，已封成备份" : "答卷";
    row.append(make("p", `${what}：${file.name}，${file.at.replace("T", " ")}`));
    const code = make("p", "回执号：");
    code.append(make("strong", file.receipt, "ex-receipt"));
    row.append(code, button("下载答卷文件", () => download(file)));
    return row;
  }

  shared.LunxunExam.handIn = { answersOf, sealedFile, download, make, button, numbers, fileRow };
})();
