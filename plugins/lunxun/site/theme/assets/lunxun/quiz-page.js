// @ts-check
// The page of a bank in practice: choosing how to practise, going through the questions, the result at the end.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const { Attempt, files, progress, result, store } = shared.LunxunQuiz;
  const { make, button } = files;
  const SAVE_EVERY = 15; // seconds of practice without any other reason to save
  const MOST_WISHED = 500;

  const sheet = /** @type {HTMLElement | null} */ (document.querySelector("[data-lx-quiz]"));
  const source = document.getElementById("lx-quiz-data");
  if (!sheet || !source) return;
  const data = JSON.parse(source.textContent || "");

  const status = make("p", "lx-visually-hidden");
  status.setAttribute("role", "status");
  const summary = make("div", "lx-summary");
  summary.tabIndex = -1;
  summary.hidden = true;
  const count = make("p", "lx-quiz__count");
  const time = make("span", "lx-quiz__time");
  const grid = make("ol", "lx-grid");
  const steps = make("p", "lx-quiz__steps");
  const notice = make("p", "lx-quiz__notice");
  notice.hidden = true;

  const say = (/** @type {string} */ text) => {
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 50);
  };
  let timer = 0;
  const attempt = new Attempt(data, sheet, {
    say,
    changed: () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => attempt.keep(), 300);
      draw();
    },
  });

  /** @type {Map<HTMLElement, HTMLButtonElement>} */
  const checks = new Map();
  for (const leaf of attempt.leaves) {
    const isFree = Boolean(attempt.question(leaf).shares);
    const check = button(isFree ? "看参考答案" : "核对答案", () => {
      if (!isFree && !attempt.hasAnswer(leaf)) {
        // 排序 may be right as it stands: then the order that is seen is the answer.
        if (attempt.question(leaf).type !== "排序") return say("还没有作答。先作答，再核对。");
        leaf.dataset.lxTouched = "yes";
        attempt.answered(leaf);
      }
      attempt.check(leaf).focus();
    });
    check.classList.add("lx-check-one");
    check.setAttribute("aria-describedby", `h-${leaf.dataset.lxQ}`);
    leaf.append(check);
    checks.set(leaf, check);
  }

  /** A choice between two ways, as radio buttons. @param {string} name @param {string} legend @param {[string, string][]} ways @param {(value: string) => void} chosen */
  function choice(name, legend, ways, chosen) {
    const group = make("fieldset", "");
    group.append(make("legend", "", legend));
    for (const [value, text] of ways) {
      const label = make("label", "");
      const input = make("input", "");
      Object.assign(input, { type: "radio", name: `lx-${name}`, value });
      input.addEventListener("change", () => chosen(value));
      label.append(input, ` ${text}`);
      group.append(label);
    }
    return group;
  }

  const bar = make("div", "lx-filter lx-quiz__bar");
  bar.append(
    choice("view", "怎么看", [["sheet", "整卷"], ["one", "一次一题"]], (value) => {
      attempt.state.view = value;
      changed();
    }),
    choice("when", "什么时候对答案", [["now", "做一题对一题"], ["end", "全部做完再对"]], (value) => {
      attempt.state.when = value;
      changed();
    }),
    notice,
    count,
  );
  const end = make("p", "lx-filter__end");
  end.append(time, button("重新做（换个次序）", restart));
  bar.append(end);
  const before = button("上一题", () => go(attempt.state.at - 1));
  const after = button("下一题", () => go(attempt.state.at + 1));
  const finish = button("交卷看结果", () => {
    const { asked, answered } = attempt.counts();
    if (answered < asked && !window.confirm(`还有${asked - answered}题没有作答，现在交卷吗？`)) return;
    attempt.finish();
    draw();
    summary.focus();
  });
  steps.append(before, after, finish);

  function changed() {
    attempt.keep();
    draw();
  }

  function restart() {
    if (attempt.counts().answered && !attempt.state.done && !window.confirm("重新做要清掉这一遍的作答，做题记录还在。要重新做吗？")) return;
    const { view, when, only } = attempt.state;
    attempt.begin({ view, when, only });
    changed();
    say("已重新开始，选项换了次序。");
    go(0);
  }

  /** Go to a question. @param {number} place */
  function go(place) {
    const blocks = attempt.shown();
    attempt.state.at = Math.max(0, Math.min(place, blocks.length - 1));
    changed();
    const head = /** @type {HTMLElement | null} */ (blocks[attempt.state.at].querySelector(".lx-q__head"));
    if (head) head.focus();
  }

  /** Draw everything that follows from the attempt. */
  function draw() {
    const { state } = attempt;
    const blocks = attempt.shown();
    for (const input of Array.from(bar.querySelectorAll("input"))) {
      input.checked = input.value === (input.name === "lx-view" ? state.view : state.when);
    }
    for (const block of attempt.blocks) {
      const isAway = !blocks.includes(block) || (state.view === "one" && block !== blocks[state.at]);
      block.classList.toggle("lx-away", isAway);
    }
    for (const [leaf, check] of checks) check.hidden = attempt.isChecked(leaf) || state.when === "end";
    const found = attempt.counts();
    const marked = found.right + found.partly + found.wrong;
    count.textContent = `共${found.asked}题，已答${found.answered}题` + (marked ? `；已对答案${marked}题，答对${found.right}题` : "");
    before.hidden = after.hidden = state.view !== "one";
    before.disabled = state.at === 0;
    after.disabled = state.at >= blocks.length - 1;
    finish.hidden = state.when !== "end" || state.done;
    drawGrid(blocks);
    drawSummary(found);
    drawTime();
  }

  /** @param {HTMLElement[]} blocks */
  function drawGrid(blocks) {
    grid.hidden = attempt.state.view !== "one";
    const held = grid.contains(document.activeElement);
    grid.textContent = "";
    blocks.forEach((block, place) => {
      const words = wordsOf(block);
      const number = (/第(.+?)题/.exec((block.querySelector(".lx-q__head") || block).textContent || "") || ["", String(place + 1)])[1];
      const jump = button(number + words.sign, () => go(place));
      jump.setAttribute("aria-label", `第${number}题，${words.text}`);
      if (place === attempt.state.at) jump.setAttribute("aria-current", "step");
      const item = make("li", "");
      item.append(jump);
      grid.append(item);
    });
    if (held) /** @type {HTMLElement} */ (grid.children[attempt.state.at].firstChild).focus();
  }

  /** @param {HTMLElement} block */
  function wordsOf(block) {
    const leaves = attempt.leavesOf(block);
    if (!leaves.every((leaf) => attempt.isChecked(leaf))) {
      return leaves.some((leaf) => attempt.hasAnswer(leaf)) ? { sign: "·", text: "已作答" } : { sign: "", text: "未作答" };
    }
    const states = leaves.map((leaf) => attempt.mark(leaf).state);
    if (states.every((state) => state === "right")) return { sign: "✓", text: result.WORDS.right };
    if (states.every((state) => state === "empty")) return { sign: "○", text: "没有作答或还没有自评" };
    return states.some((state) => state === "right" || state === "partly")
      ? { sign: "◐", text: result.WORDS.partly } : { sign: "✗", text: result.WORDS.wrong };
  }

  /** @param {any} found */
  function drawSummary(found) {
    const isOver = attempt.state.done || found.right + found.partly + found.wrong + found.empty === found.asked;
    if (isOver && !attempt.state.done) attempt.state.done = true;
    summary.hidden = !isOver;
    if (!isOver) return;
    summary.textContent = "";
    const lines = [["答对", found.right], ["答对一部分", found.partly], ["答错", found.wrong], ["没有作答", found.empty], ["等你自评", found.self]];
    const text = lines.filter((line) => line[1]).map(([name, number]) => `${name}${number}题`).join("，");
    const link = make("a", "", "看错题本");
    link.href = "notebook.html";
    const more = make("p", "");
    more.append(link);
    summary.append(
      make("p", "lx-summary__line", `做完了：共${found.asked}题，${text}。用时${progress.duration(attempt.state.seconds)}。`),
      make("p", "", "每道题下面有解析和依据。答错和只对一部分的题已记入错题本。"),
      more,
    );
  }

  function drawTime() {
    time.textContent = `用时${progress.duration(attempt.state.seconds)}`;
  }

  /** Practise only what the address asks for. @returns {string[]} */
  function wished() {
    const ids = (new URL(location.href).searchParams.get("only") || "").split(",").slice(0, MOST_WISHED);
    return ids.filter((id) => Object.prototype.hasOwnProperty.call(data.questions, id));
  }

  function open() {
    const only = wished();
    const kept = store.read(data.bank);
    const earlier = kept && kept.attempt;
    const isSame = earlier && earlier.only.join() === only.join();
    if (isSame && !earlier.done) attempt.resume(earlier);
    else attempt.begin({ view: earlier ? earlier.view : "sheet", when: earlier ? earlier.when : "now", only });
    const parts = [];
    if (isSame && !earlier.done && attempt.counts().answered) parts.push("接着上次的做，次序和作答都在。");
    if (only.length) parts.push(`这里只练其中${attempt.shown().length}题。`);
    notice.hidden = !parts.length;
    notice.textContent = parts.join("");
    if (only.length) {
      const all = make("a", "", "做整个题库");
      all.href = location.pathname.split("/").pop() || "";
      notice.append(all);
    }
    draw();
  }

  /** A question that is linked to must be seen. */
  function showLinked() {
    const id = decodeURIComponent(location.hash.slice(1));
    const place = attempt.shown().findIndex((block) => block.id === id || Array.from(block.querySelectorAll("[data-lx-q]")).some((one) => one.id === id));
    if (place >= 0 && attempt.state.view === "one") {
      attempt.state.at = place;
      draw();
    }
  }

  sheet.before(bar, grid);
  sheet.after(steps, summary, status);
  const own = make("details", "lx-own");
  own.append(make("summary", "", "做题记录：保存、读入、清空"));
  own.append(make("p", "lx-note", "记录只在这台电脑的浏览器里。换电脑、换浏览器，或清理浏览器之前，先保存到文件。"));
  own.append(files.box(() => {
    open();
    draw();
  }, () => attempt.keep()));
  const trouble = store.trouble();
  summary.after(own);
  if (trouble) bar.append(make("p", "lx-note", trouble));

  open();
  showLinked();
  window.addEventListener("hashchange", showLinked);
  window.addEventListener("pagehide", () => attempt.keep());
  window.setInterval(() => {
    if (document.hidden || attempt.state.done) return;
    attempt.state.seconds += 1;
    drawTime();
    if (attempt.state.seconds % SAVE_EVERY === 0) attempt.keep();
  }, 1000);
  const keys = document.querySelector("[data-lx-keys]");
  if (keys instanceof HTMLDetailsElement) {
    let wasOpen = keys.open;
    window.addEventListener("beforeprint", () => {
      wasOpen = keys.open;
      keys.open = true;
    });
    window.addEventListener("afterprint", () => { keys.open = wasOpen; });
  }
})();
