// @ts-check
// The box in the header and on the home page: the best six results while typing, in a list below the box.
// The pattern is a combobox with a listbox; without a script the form leads to the search page all the same.
(function () {
  "use strict";

  const ui = /** @type {any} */ (window).LunxunSearch.ui;
  const MOST = 6;
  const MARGIN = 16; // pixels between the list and the end of the window
  const LOWEST = 240;

  /**
   * @typedef {object} Box
   * @property {HTMLFormElement} form
   * @property {HTMLInputElement} input
   * @property {string} base
   * @property {HTMLElement} popup
   * @property {HTMLElement} list the listbox
   * @property {HTMLElement} note what is said below the list
   * @property {HTMLElement} status what is said to screen readers
   * @property {number} active the chosen option, -1 for none
   * @property {number} asked counts the queries, so that a late answer is dropped
   */

  /** @returns {HTMLAnchorElement[]} */
  const options = (/** @type {Box} */ box) => Array.from(box.list.querySelectorAll("a"));

  /** @param {HTMLFormElement} form @returns {Box} */
  function makeBox(form) {
    const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    const popup = ui.make("div", "lx-suggest");
    const list = ui.make("div", "lx-suggest__list");
    const note = ui.make("div", "lx-suggest__note");
    const status = ui.make("div", "lx-visually-hidden");
    list.id = input.id + "-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "最相关的结果");
    status.setAttribute("role", "status");
    popup.append(list, note);
    popup.hidden = true;
    form.append(popup, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    return { form, input, base: ui.baseOf(form), popup, list, note, status, active: -1, asked: 0 };
  }

  /** Show or hide what is below the box; only a list with options counts as expanded. */
  function setOpen(/** @type {Box} */ box, /** @type {boolean} */ open) {
    box.popup.hidden = !open;
    // As high as the window has room for, so that the line below the list stays in sight.
    const room = window.innerHeight - box.form.getBoundingClientRect().bottom - MARGIN;
    box.popup.style.maxHeight = `${Math.max(room, LOWEST)}px`;
    box.list.hidden = !box.list.firstChild;
    box.input.setAttribute("aria-expanded", String(open && !box.list.hidden));
    if (!open) {
      box.asked += 1;
      choose(box, -1);
      box.status.textContent = "";
    }
  }

  /** Mark one option as chosen; the focus stays in the box. */
  function choose(/** @type {Box} */ box, /** @type {number} */ index) {
    box.active = index;
    options(box).forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === index));
      if (at === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) box.input.removeAttribute("aria-activedescendant");
    else box.input.setAttribute("aria-activedescendant", `${box.list.id}-${index}`);
  }

  /** Look up what stands in the box, and show it if nothing newer was asked meanwhile. */
  async function lookUp(/** @type {Box} */ box) {
    const query = ui.clean(box.input.value);
    const asked = (box.asked += 1);
    if (!query) return setOpen(box, false);
    try {
      const engine = await ui.engine(box.base);
      const found = await engine.search(query, { limit: MOST });
      if (asked === box.asked && document.activeElement === box.input) show(box, query, found);
    } catch (error) {
      if (asked === box.asked) fail(box, ui.reason(error));
    }
  }

  /** Fill the list: results, or else what was perhaps meant. */
  function show(/** @type {Box} */ box, /** @type {string} */ query, /** @type {Found} */ found) {
    box.list.textContent = "";
    const rows = found.hits.length
      ? found.hits.slice(0, MOST).map((hit) => resultOption(box, found, hit))
      : found.suggestions.slice(0, MOST).map((meant) => suggestionOption(box, meant));
    rows.forEach((row, index) => {
      row.id = `${box.list.id}-${index}`;
      row.setAttribute("role", "option");
      row.tabIndex = -1;
    });
    box.list.append(...rows);
    const said = summary(query, found);
    box.note.textContent = "";
    for (const warning of found.warnings) box.note.append(ui.make("p", "lx-suggest__warning", warning));
    if (found.hits.length) box.note.append(allResults(box, query, said));
    else box.note.append(ui.make("p", "", said));
    choose(box, -1);
    setOpen(box, true);
    box.status.textContent = [...found.warnings, said].join("");
  }

  /** Say how much was found and what to do next. */
  function summary(/** @type {string} */ query, /** @type {Found} */ found) {
    const name = `“${ui.brief(query)}”`;
    if (found.hits.length && found.partial) return `没有完全符合${name}的内容，以下是相近的。按回车看全部${found.total}条。`;
    if (found.hits.length) return `找到${found.total}条，按回车看全部。`;
    if (found.suggestions.length) return `没有找到${name}。您要找的也许在上面。`;
    return Array.from(query).length < 2 ? "请再输入一个字。" : `没有找到${name}。试试少写几个字，或换一种说法。`;
  }

  /** @param {Box} box @param {Found} found @param {Hit} hit @returns {HTMLAnchorElement} */
  function resultOption(box, found, hit) {
    const option = ui.make("a", "lx-suggest__option");
    option.href = ui.addressOf(box.base, hit, true);
    const head = ui.make("span", "lx-suggest__title", hit.title);
    head.append(" ", ui.make("span", "lx-suggest__kind", ui.kindName(found, hit)));
    const text = ui.make("span", "lx-suggest__text", hit.heading ? hit.heading + "：" : "");
    text.append(ui.make("span", "", hit.snippet));
    option.append(head, " ", text);
    return option;
  }

  /** @param {Box} box @param {Suggestion} meant @returns {HTMLAnchorElement} */
  function suggestionOption(box, meant) {
    const option = ui.make("a", "lx-suggest__option");
    option.href = ui.searchAddress(box.base, meant.query);
    option.append(ui.make("span", "lx-suggest__title", `您是不是要找：${meant.query}`));
    option.append(" ", ui.make("span", "lx-suggest__text", meant.reason));
    return option;
  }

  /** @param {Box} box @param {string} query @param {string} text @returns {HTMLAnchorElement} */
  function allResults(box, query, text) {
    const link = ui.make("a", "lx-suggest__all", text);
    link.href = ui.searchAddress(box.base, query);
    link.tabIndex = -1;
    return link;
  }

  /** Say why there is no answer; Enter still leads to the search page. */
  function fail(/** @type {Box} */ box, /** @type {string} */ reason) {
    box.list.textContent = "";
    box.note.textContent = "";
    box.note.append(ui.make("p", "lx-suggest__warning", reason));
    setOpen(box, true);
    box.status.textContent = reason;
  }

  /** Walk through the options with the arrows; Enter follows the chosen one, Escape closes and then clears. */
  function onKey(/** @type {Box} */ box, /** @type {KeyboardEvent} */ event) {
    if (ui.isForInputMethod(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = options(box);
    const isOpen = !box.popup.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return void lookUp(box);
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place more than there are options: there the typed text itself is chosen.
      const places = all.length + 1;
      choose(box, ((box.active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && isOpen && box.active >= 0) {
      event.preventDefault();
      all[box.active].click();
    } else if (event.key === "Escape" && (isOpen || box.input.value)) {
      event.preventDefault();
      event.stopPropagation();
      if (!isOpen) box.input.value = "";
      setOpen(box, false);
    }
  }

  /** Bring a form to life. */
  function setUp(/** @type {HTMLFormElement} */ form) {
    const box = makeBox(form);
    ui.onTyped(box.input, () => lookUp(box));
    box.input.addEventListener("focus", () => ui.warm(box.base));
    box.input.addEventListener("keydown", (event) => onKey(box, event));
    box.input.addEventListener("blur", () => setOpen(box, false));
    // A press in the list must not take the focus from the box before the click arrives.
    box.popup.addEventListener("mousedown", (event) => event.preventDefault());
    // A result may be a place on this very page: then nothing else would close the list.
    box.popup.addEventListener("click", () => setTimeout(() => setOpen(box, false)));
    form.addEventListener("submit", () => { box.input.value = ui.clean(box.input.value); });
    ui.focusOnSlash(box.input);
  }

  for (const form of document.querySelectorAll("form[data-lx-box]")) {
    if (form instanceof HTMLFormElement) setUp(form);
  }
})();
