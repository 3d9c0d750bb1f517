// @ts-check
// The search page: results while typing, facets, paging, keyboard; the whole state stands in the address.
(function () {
  "use strict";

  const { ui, view, recent } = /** @type {any} */ (window).LunxunSearch;
  /** @type {SearchState} */
  const state = /** @type {any} */ (window).LunxunSearch.state;
  const PAGE = 10;
  const MOST_AGAIN = 100; // results shown at once to a reader who comes back
  const SLOW = 400; // milliseconds before the page says that it is at work
  const BASE = "./";
  const OTHER_BUILD = "搜索数据和网页不是同一次生成的，结果可能与网页对不上。请重新拷贝整个文件夹，或请管理员重新发布。";

  const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-lx-search]"));
  if (!form) return;
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (document.querySelector(`[data-lx-${name}]`));
  const parts = {
    status: part("status"), warnings: part("warnings"), body: part("found"), facets: part("facets"),
    chosen: part("chosen"), meant: part("meant"), results: part("results"), more: part("more"),
    none: part("none"), start: part("start"), recent: part("recent"), slash: part("slash"),
  };
  const title = document.title;

  let asked = 0; // counts the searches, so that a late answer is dropped

  /** Read the box and the checkboxes, and search. */
  function update() {
    const query = ui.clean(input.value);
    if (query === state.query && !parts.body.hidden) return keep();
    state.query = query;
    search(PAGE);
  }

  /** Search for the state and show the first results. */
  async function search(/** @type {number} */ limit) {
    const number = (asked += 1);
    const slow = setTimeout(() => { if (number === asked) parts.status.textContent = "正在搜索……"; }, SLOW);
    document.title = state.query ? `“${ui.brief(state.query)}”的搜索结果 - ${title}` : title;
    try {
      if (!state.query && !isNarrowed()) return showStart();
      const engine = await ui.engine(BASE);
      const found = checked(engine, await engine.search(state.query, { facets: state.chosen, limit, offset: 0 }));
      if (number === asked) show(found);
    } catch (error) {
      if (number === asked) fail(error);
    } finally {
      clearTimeout(slow);
    }
  }

  /** Add to an answer that the whole index is of another build than this page. */
  function checked(/** @type {any} */ engine, /** @type {Found} */ found) {
    const wanted = form.dataset.lxIndex;
    if (wanted && engine.files.index !== wanted) found.warnings.unshift(OTHER_BUILD);
    return found;
  }

  /** Tell whether anything is chosen: without a word, that alone is a search. */
  const isNarrowed = () => Object.keys(state.chosen).length > 0;

  /** Show what there is before anything is typed. */
  function showStart() {
    state.shown = 0;
    parts.status.textContent = "";
    view.warnings(parts.warnings, []);
    view.suggestions(parts.meant, []);
    parts.results.textContent = "";
    parts.body.hidden = true;
    parts.none.hidden = true;
    parts.start.hidden = false;
    recent.show(parts.recent);
    state.remember();
  }

  /** Show an answer from its first result on. */
  function show(/** @type {Found} */ found) {
    view.learn(found);
    parts.results.textContent = "";
    state.shown = 0;
    append(found);
    parts.status.textContent = summary(found);
    view.warnings(parts.warnings, found.warnings);
    view.suggestions(parts.meant, found.suggestions);
    view.facets(parts.facets.querySelector("div"), found, state.chosen, form.id);
    view.choices(parts.chosen, state.chosen, drop, dropAll);
    parts.body.hidden = !found.total && !isNarrowed();
    parts.none.hidden = found.total > 0;
    parts.start.hidden = found.total > 0 || isNarrowed();
    if (found.total) keep();
    recent.show(parts.recent);
    state.remember();
  }

  /** Keep a query that was meant, once it has found something. */
  function keep() {
    if (state.meant) recent.add(state.query);
    state.meant = false;
  }

  /** Add results below those that stand there, and offer the rest. */
  function append(/** @type {Found} */ found) {
    const items = found.hits.map((hit) => view.result(BASE, found, hit));
    parts.results.append(...items);
    state.shown += items.length;
    const left = found.total - state.shown;
    parts.more.hidden = left <= 0 || !items.length;
    parts.more.textContent = `再看${Math.min(PAGE, left)}条（还有${left}条）`;
    return items;
  }

  /** Say how much was found; this is read out to those who do not see the page. */
  function summary(/** @type {Found} */ found) {
    if (!state.query) return found.total ? `符合所选条件的有${found.total}条` : "没有符合所选条件的";
    const name = `“${ui.brief(state.query)}”`;
    if (found.total && found.partial) return `没有完全符合${name}的内容，下面${found.total}条含有其中的部分字词。`;
    if (found.total) return `搜${name}，${isNarrowed() ? "符合所选条件的有" : "找到"}${found.total}条`;
    if (isNarrowed()) return `搜${name}，没有符合所选条件的`;
    if (Array.from(state.query).length < 2) return "请再输入一个字。";
    return `没有找到${name}。`;
  }

  /** Say why there is no answer. What was shown before no longer answers the query, so it goes. */
  function fail(/** @type {unknown} */ error) {
    showStart();
    view.warnings(parts.warnings, [ui.reason(error)]);
  }

  /** Add the next results and lead the focus to the first of them. */
  async function showMore() {
    const number = asked;
    try {
      const engine = await ui.engine(BASE);
      const options = { facets: state.chosen, limit: PAGE, offset: state.shown };
      const found = checked(engine, await engine.search(state.query, options));
      if (number !== asked) return;
      const items = append(found);
      view.warnings(parts.warnings, found.warnings);
      const first = items.length && items[0].querySelector("a");
      if (first) first.focus({ preventScroll: true });
      const about = state.query ? `搜“${ui.brief(state.query)}”，` : "";
      parts.status.textContent = `${about}${found.total}条中已显示${state.shown}条`;
      state.remember();
    } catch (error) {
      if (number === asked) view.warnings(parts.warnings, [ui.reason(error)]);
    }
  }

  /** Take the choice from the checkboxes. */
  function onTick(/** @type {Event} */ event) {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
    const kept = (state.chosen[box.name] || []).filter((id) => id !== box.value);
    choose(box.name, box.checked ? [...kept, box.value] : kept);
  }

  function choose(/** @type {string} */ facet, /** @type {string[]} */ ids) {
    if (ids.length) state.chosen[facet] = ids;
    else delete state.chosen[facet];
    state.query = ui.clean(input.value);
    search(PAGE);
  }

  /** Take one condition back. Its button is gone then, so the focus goes to the box. */
  function drop(/** @type {string} */ facet, /** @type {string} */ id) {
    choose(facet, state.chosen[facet].filter((other) => other !== id));
    input.focus({ preventScroll: true });
  }

  function dropAll() {
    state.chosen = {};
    search(PAGE);
    input.focus({ preventScroll: true });
  }

  /** Down and Up walk through the box, the titles and the button below them; Escape leads back to the box. */
  function onKey(/** @type {KeyboardEvent} */ event) {
    if (ui.isForInputMethod(event) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const stops = [input, ...parts.results.querySelectorAll("h3 a"), ...(parts.more.hidden ? [] : [parts.more])];
    const item = document.activeElement && document.activeElement.closest(".lx-result");
    const current = item ? item.querySelector("h3 a") : document.activeElement;
    const at = current ? stops.indexOf(current) : -1;
    if (at < 0) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (next || at > 0) event.preventDefault();
      if (next instanceof HTMLElement) next.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (at > 0) input.focus();
      else if (input.value) empty();
      else input.blur();
    }
  }

  function empty() {
    input.value = "";
    update();
  }

  /** A query that leads to a page was meant. */
  function onFollow(/** @type {Event} */ event) {
    if (event.target instanceof Element && event.target.closest("a[href]")) recent.add(state.query);
  }

  function onSubmit(/** @type {Event} */ event) {
    input.value = ui.clean(input.value);
    state.meant = true;
    if (!state.remember()) return; // the browser loads the page with the new address
    event.preventDefault();
    update();
  }

  /** On wide screens the facets stand open beside the results; elsewhere a click opens them. */
  function setUpFacets() {
    const wide = window.matchMedia("(min-width: 60em)");
    const fit = () => {
      const isLarge = document.documentElement.classList.contains("lx-elder");
      /** @type {HTMLDetailsElement} */ (parts.facets).open = wide.matches && !isLarge;
    };
    wide.addListener(fit); // the newer addEventListener is missing in older browsers
    new MutationObserver(fit).observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    fit();
  }

  /** Show whether the slash leads to the box, and let the reader change it. */
  function setUpSlash() {
    const box = parts.slash.querySelector("input");
    if (!box) return;
    box.checked = ui.slash.isOn();
    box.addEventListener("change", () => ui.slash.set(box.checked));
    parts.slash.hidden = false;
  }

  /** Start with what the address asks for, as far down as the reader had been. */
  function start() {
    state.recall();
    input.value = state.query;
    setUpFacets();
    ui.onTyped(input, update);
    for (const used of ["keydown", "pointerdown"]) input.addEventListener(used, () => ui.warm(BASE), { once: true });
    ui.focusOnSlash(input);
    setUpSlash();
    form.addEventListener("submit", onSubmit);
    document.addEventListener("keydown", onKey);
    parts.facets.addEventListener("change", onTick);
    parts.results.addEventListener("click", onFollow);
    parts.more.addEventListener("click", showMore);
    const clear = parts.recent.querySelector("button");
    if (clear) clear.addEventListener("click", () => { recent.clear(); recent.show(parts.recent); input.focus(); });
    state.meant = state.query !== "";
    parts.start.hidden = state.meant || isNarrowed();
    search(Math.min(Math.max(PAGE, state.shownBefore()), MOST_AGAIN));
    if (!state.query) input.focus({ preventScroll: true });
  }

  start();
})();
