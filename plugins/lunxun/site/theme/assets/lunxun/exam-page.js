// @ts-check
// The page of an exam: beginning or going on, saving every change, the time, handing in.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window);
  const { clock, draft: drafts, handIn, seal, Sheet, Store, Tabs } = shared.LunxunExam;
  const { button, make } = handIn;
  const SAVE_EVERY = 5; // seconds of an exam without any other reason to save

  const get = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  const exam = JSON.parse(get("ex-data").textContent);
  const views = ["start", "sheet", "check", "done"];
  const field = { name: get("ex-name"), unit: get("ex-unit"), number: get("ex-number") };

  const state = /** @type {{draft: any, clock: any, left: number}} */ ({ draft: null, clock: null, left: 0 });
  const store = new Store(exam.digest, tellTrouble);
  const tabs = new Tabs(exam.digest, seal.hasRandom() ? seal.randomHex(8) : "", elsewhere);
  const sheet = new Sheet(exam.questions, {
    say,
    answered: (/** @type {string} */ number, /** @type {any} */ value) => {
      drafts.answer(state.draft, number, value);
      save();
    },
    marked: (/** @type {string} */ number, /** @type {boolean} */ isMarked) => {
      drafts.mark(state.draft, number, isMarked);
      save();
    },
  });

  /** @param {string} text */
  function say(text) {
    get("ex-said").textContent = "";
    setTimeout(() => { get("ex-said").textContent = text; }, 50);
  }

  /** Show one view. @param {string} name */
  function show(name) {
    for (const view of views) get(`ex-${view}`).hidden = view !== name;
    for (const view of ["sheet", "check"]) document.body.classList.toggle(`ex-is-${view}`, name === view);
    if (name === "start" || name === "check") get(`ex-${name}-learner`).append(get("ex-learner"));
  }

  function tellTrouble() {
    get("ex-trouble").hidden = store.isKept();
  }

  /**
   * Keep the draft. A tab that has been replaced without noticing keeps its last change as well: nothing is lost by it,
   * since answers are put together one by one.
   */
  function save() {
    if (!state.draft || state.draft.handed || !tabs.isWriting) return;
    state.draft.seconds = Math.max(state.draft.seconds, state.clock.count());
    state.draft = store.write(state.draft);
    if (state.draft.handed) finished();
    else tabs.mayWrite();
  }

  function leave() {
    save();
    store.flush(true);
  }

  function tick() {
    if (!state.draft || state.draft.handed || !tabs.isWriting) return;
    const before = state.left;
    const used = state.clock.count();
    state.left = exam.minutes * 60 - used;
    const text = clock.shown(state.left);
    if (get("ex-time").textContent !== text) get("ex-time").textContent = text;
    document.body.classList.toggle("ex-is-late", state.left <= 0);
    const warning = clock.warning(before, state.left);
    if (warning) {
      get("ex-warning").textContent = warning;
      get("ex-warning").hidden = false;
      say(warning);
    }
    if (used - state.draft.seconds >= SAVE_EVERY) save();
  }

  /** Work on a draft in this tab. @param {any} draft */
  function work(draft) {
    state.draft = draft;
    state.clock = new clock.Clock(() => performance.now(), draft.seconds);
    state.left = exam.minutes * 60 - Math.floor(draft.seconds);
    for (const name of /** @type {("name" | "unit" | "number")[]} */ (["name", "unit", "number"])) field[name].value = draft.learner[0][name];
    sheet.lock(false);
    sheet.fill(draft);
    get("ex-elsewhere").hidden = true;
    tabs.take();
    show("sheet");
    tick();
    get("ex-title").focus();
  }

  const learnerNow = () => ({ name: field.name.value.trim(), unit: field.unit.value.trim(), number: field.number.value.trim() });

  function begin() {
    const draft = drafts.begin(exam.digest, seal.randomHex(16), clock.wallClock(new Date()));
    drafts.name(draft, learnerNow());
    work(draft);
    save();
  }

  /** Another tab has taken the exam over, or had it already: say so, and how to go on here. */
  function elsewhere() {
    sheet.lock(true);
    get("ex-elsewhere").hidden = false;
    get("ex-resume").hidden = true;
    for (const name of ["begin", "hand", "confirm", "backup"]) get(`ex-${name}`).disabled = true;
  }

  async function takeOver() {
    tabs.take(); // the other tab stops writing first
    for (const name of ["begin", "hand", "confirm", "backup"]) get(`ex-${name}`).disabled = false;
    get("ex-elsewhere").hidden = true;
    const mine = state.draft;
    const found = await store.load();
    const open = found.filter((/** @type {any} */ one) => !one.handed && (!mine || one.sitting === mine.sitting));
    if (open.length === 1) work(open[0]);
    else offer(found);
  }

  /** Offer what there is at the start: going on, files that were handed in, or nothing. @param {any[]} found */
  function offer(found) {
    state.draft = null;
    get("ex-begin").disabled = false;
    const open = found.filter((one) => !one.handed).sort((one, other) => other.change - one.change);
    const handed = found.filter((one) => one.handed);
    const resume = get("ex-resume");
    resume.hidden = !open.length;
    resume.textContent = "";
    if (open.length) resume.append(make("h2", "上次没有交卷"));
    for (const one of open) {
      const who = one.learner[0].name || "没有写姓名";
      const answered = Object.keys(handIn.answersOf(one)).length;
      resume.append(
        make("p", `${who}，${one.started.replace("T", " ")}开始，已答${answered}题，用时${Math.floor(one.seconds / 60)}分钟。`),
        button("继续上次作答", () => work(one)),
      );
    }
    if (open.length) resume.append(make("p", "换人考试，或要重新开始：在下面填姓名后点“开始考试”。上次的作答会封成备份，可以在本页下载。"));
    get("ex-files").hidden = !handed.length;
    get("ex-files-list").textContent = "";
    for (const one of handed) get("ex-files-list").append(handIn.fileRow(one.handed));
    show("start");
  }

  /** Begin anew; what another learner left is sealed, so that it is neither lost nor read. */
  async function beginAnew() {
    get("ex-begin").disabled = true; // a second click must not begin a second sitting
    const found = await store.load();
    const open = found.filter((/** @type {any} */ one) => !one.handed);
    if (open.length && !window.confirm("这台电脑上有没交卷的作答。重新开始以后，它会封成备份，不能再接着答。要重新开始吗？")) return offer(found);
    for (const one of open) store.write(drafts.closed(one, handIn.sealedFile(exam, one, true)));
    begin();
  }

  /** Show what is missing, before it is handed in. */
  function check() {
    save();
    const list = get("ex-check-list");
    const back = (/** @type {string} */ number) => {
      show("sheet");
      sheet.go(number);
    };
    const unanswered = sheet.left("unanswered");
    const marked = sheet.left("marked");
    list.textContent = "";
    if (unanswered.length) list.append(handIn.numbers(`还有${unanswered.length}题没有作答：`, unanswered, back));
    else list.append(make("p", "全部题目都已作答。"));
    if (marked.length) list.append(handIn.numbers(`标了待复查的有${marked.length}题：`, marked, back));
    show("check");
    get("ex-check-title").focus();
  }

  function nameLearner() {
    const learner = learnerNow();
    get("ex-nameless").hidden = Boolean(learner.name || learner.number);
    if (!state.draft || state.draft.handed) return;
    drafts.name(state.draft, learner);
    save();
  }

  function confirmed() {
    save();
    if (!tabs.mayWrite()) return;
    const file = handIn.sealedFile(exam, state.draft, false);
    state.draft = store.write(drafts.closed(state.draft, file));
    handIn.download(file);
    finished();
  }

  /** Show the file that was handed in. */
  function finished() {
    const file = get("ex-done-file");
    file.textContent = "";
    file.append(handIn.fileRow(state.draft.handed));
    sheet.fill(drafts.begin(exam.digest, "", "")); // nothing stays on the screen
    sheet.lock(true);
    get("ex-warning").hidden = true;
    show("done");
    get("ex-done-title").focus();
  }

  function backup() {
    save();
    handIn.download(handIn.sealedFile(exam, state.draft, true));
    say("备份已下载。它只有阅卷的人能打开，交卷时仍要点“交卷”。");
  }

  function connect() {
    get("ex-begin").addEventListener("click", beginAnew);
    get("ex-hand").addEventListener("click", check);
    get("ex-back").addEventListener("click", () => show("sheet"));
    get("ex-confirm").addEventListener("click", confirmed);
    get("ex-backup").addEventListener("click", backup);
    get("ex-take").addEventListener("click", takeOver);
    get("ex-next").addEventListener("click", () => location.reload());
    get("ex-learner").addEventListener("input", nameLearner);
    get("ex-large").addEventListener("click", () => {
      get("ex-large").setAttribute("aria-pressed", String(document.documentElement.classList.toggle("ex-large")));
    });
    document.addEventListener("visibilitychange", leave);
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", () => tabs.mayWrite());
    window.addEventListener("beforeunload", (event) => {
      if (store.isKept() || !state.draft || state.draft.handed) return;
      event.preventDefault(); // nothing is kept of this page: ask before it is closed
      event.returnValue = "";
    });
    setInterval(tick, 1000);
  }

  async function start() {
    if (!seal.hasRandom()) {
      get("ex-refused").hidden = false;
      return;
    }
    connect();
    const found = await store.load();
    tellTrouble();
    if (await tabs.ask()) {
      elsewhere();
      show("start");
    } else {
      offer(found);
    }
    document.body.dataset.exReady = "yes";
  }

  start();
})();
