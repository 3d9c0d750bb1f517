// @ts-check
// Draws what the search page shows: results, facets, what is chosen, what was perhaps meant.
(function () {
  "use strict";

  const shared = /** @type {any} */ (window).LunxunSearch;
  const ui = shared.ui;
  /** @type {Record<string, string>} */
  const FACETS = { kind: "类别", topics: "主题", levels: "层级", fields: "领域", regions: "地区", year: "年份" };
  const FEW = 8; // values of a facet that are shown at once

  /** @typedef {Record<string, string[]>} Choice the chosen values by facet */

  /** @type {Map<string, string>} names of values seen so far, by facet and id */
  const names = new Map();

  /** Remember what values are called: a chosen one stays on the page when nothing has it any more. */
  function learn(/** @type {Found} */ found) {
    for (const facet of Object.keys(FACETS)) {
      for (const value of found.facets[facet] || []) names.set(`${facet} ${value.id}`, value.name);
    }
  }

  /** @returns {string} the name of a value, or its id while the name is unknown */
  const nameOf = (/** @type {string} */ facet, /** @type {string} */ id) => names.get(`${facet} ${id}`) || id;

  /** @param {string} base @param {Found} found @param {Hit} hit @returns {HTMLLIElement} */
  function result(base, found, hit) {
    const item = ui.make("li", "lx-result");
    const title = ui.make("h3", "lx-result__title");
    const link = ui.make("a", "", hit.title);
    link.href = ui.addressOf(base, hit, false);
    title.append(link);
    item.append(title, circumstances(found, hit));
    const text = ui.make("p", "lx-result__text");
    if (hit.heading) text.append(place(base, hit), "：");
    text.append(ui.make("span", "", hit.snippet));
    item.append(text);
    return item;
  }

  /** Name the heading that the text stands under, as a link to that place if it has one. */
  function place(/** @type {string} */ base, /** @type {Hit} */ hit) {
    if (!hit.anchor) return ui.make("span", "lx-result__place", hit.heading);
    const link = ui.make("a", "lx-result__place", hit.heading);
    link.href = ui.addressOf(base, hit, true);
    return link;
  }

  /** Say what kind of record a hit is, where, and of which year. */
  function circumstances(/** @type {Found} */ found, /** @type {Hit} */ hit) {
    const line = ui.make("p", "lx-result__meta");
    const regions = hit.facets.regions || [];
    const parts = [
      regions.map((id) => nameOf("regions", id)).join(""),
      ...(hit.facets.year || []).map((id) => nameOf("year", id)),
    ].filter(Boolean);
    line.append(ui.make("span", "lx-badge", ui.kindName(found, hit)));
    for (const part of parts) line.append(ui.make("span", "", part));
    return line;
  }

  /**
   * Bring the checkboxes up to date. A facet whose values stay the same keeps its elements, and with them the focus.
   * @param {HTMLElement} place @param {Found} found @param {Choice} chosen @param {string} form its id
   */
  function facets(place, found, chosen, form) {
    for (const facet of Object.keys(FACETS)) {
      const values = valuesOf(facet, found, chosen);
      let group = place.querySelector(`fieldset[data-facet="${facet}"]`);
      const wanted = values.map((value) => value.id).join(" ");
      if (!group) place.append((group = ui.make("fieldset", "lx-facet")));
      if (!(group instanceof HTMLFieldSetElement)) continue;
      if (group.dataset.values !== wanted) fillGroup(group, facet, values, form);
      group.dataset.values = wanted;
      group.hidden = values.length < 2 && !chosen[facet];
      updateGroup(group, values, chosen[facet] || []);
    }
  }

  /** Tell whether a facet has so many values that some are folded away. */
  const isLong = (/** @type {unknown[]} */ values) => values.length > FEW + 1;

  /** List the values of a facet, of a long one the most frequent first; chosen ones even when nothing is left of them. @returns {FacetValue[]} */
  function valuesOf(/** @type {string} */ facet, /** @type {Found} */ found, /** @type {Choice} */ chosen) {
    const values = found.facets[facet] || [];
    const lost = (chosen[facet] || []).filter((id) => !values.some((value) => value.id === id));
    const kept = values.filter((value) => value.count > 0 || (chosen[facet] || []).includes(value.id));
    const all = [...kept, ...lost.map((id) => ({ id, name: nameOf(facet, id), count: 0 }))];
    return isLong(all) && facet !== "year" ? all.sort((a, b) => b.count - a.count) : all;
  }

  /** @param {HTMLFieldSetElement} group @param {string} facet @param {FacetValue[]} values @param {string} form */
  function fillGroup(group, facet, values, form) {
    const focused = group.contains(document.activeElement) ? document.activeElement : null;
    const wasOpen = group.querySelector("details[open]") !== null;
    group.dataset.facet = facet;
    group.textContent = "";
    group.append(ui.make("legend", "", FACETS[facet]));
    const boxes = values.map((value) => checkbox(facet, value, form));
    group.append(...boxes.slice(0, isLong(boxes) ? FEW : boxes.length));
    if (isLong(boxes)) {
      const rest = ui.make("details", "lx-facet__rest");
      rest.open = wasOpen;
      rest.append(ui.make("summary", "", `其余${boxes.length - FEW}项`), ...boxes.slice(FEW));
      group.append(rest);
    }
    if (focused instanceof HTMLInputElement) {
      const again = group.querySelector(`input[value="${CSS.escape(focused.value)}"]`);
      if (again instanceof HTMLElement) again.focus({ preventScroll: true });
    }
  }

  /** @param {string} facet @param {FacetValue} value @param {string} form @returns {HTMLLabelElement} */
  function checkbox(facet, value, form) {
    const label = ui.make("label", "");
    const box = ui.make("input", "");
    box.type = "checkbox";
    box.name = facet;
    box.value = value.id;
    // Part of the form, so that a plain submission carries the choice too.
    box.setAttribute("form", form);
    label.append(box, ` ${value.name} `, ui.make("span", "lx-count"));
    return label;
  }

  /** @param {HTMLFieldSetElement} group @param {FacetValue[]} values @param {string[]} chosen */
  function updateGroup(group, values, chosen) {
    const rest = group.querySelector("details");
    Array.from(group.querySelectorAll("label")).forEach((label, index) => {
      const box = label.querySelector("input");
      const count = label.querySelector(".lx-count");
      if (!box || !count) return;
      box.checked = chosen.includes(box.value);
      count.textContent = String(values[index].count);
      if (box.checked && rest && rest.contains(label)) rest.open = true;
    });
  }

  /**
   * Show the chosen values, each with a button that takes it back.
   * @param {HTMLElement} place @param {Choice} chosen @param {(facet: string, id: string) => void} drop @param {() => void} dropAll
   */
  function choices(place, chosen, drop, dropAll) {
    place.textContent = "";
    place.hidden = !Object.keys(chosen).length;
    if (place.hidden) return;
    place.append("已选：");
    for (const facet of Object.keys(chosen)) {
      for (const id of chosen[facet]) {
        const button = chip("lx-chip", nameOf(facet, id), () => drop(facet, id));
        button.setAttribute("aria-label", `去掉条件：${nameOf(facet, id)}`);
        place.append(button);
      }
    }
    place.append(chip("lx-chip lx-chip--all", "全部清除", dropAll));
  }

  /** @param {string} className @param {string} text @param {() => void} pressed @returns {HTMLButtonElement} */
  function chip(className, text, pressed) {
    const button = ui.make("button", className, text);
    button.type = "button";
    button.addEventListener("click", pressed);
    return button;
  }

  /** Show what was perhaps meant, as links to those searches. @param {HTMLElement} place @param {Suggestion[]} meant */
  function suggestions(place, meant) {
    place.textContent = "";
    place.hidden = !meant.length;
    if (!meant.length) return;
    place.append("您是不是要找：");
    for (const { query, reason } of meant) {
      const link = ui.make("a", "", query);
      link.href = ui.searchAddress("./", query);
      const one = ui.make("span", "lx-meant__one");
      one.append(link);
      if (reason) one.append(ui.make("span", "lx-meant__reason", `（${reason}）`));
      place.append(one, " ");
    }
  }

  /** @param {HTMLElement} place @param {string[]} texts */
  function warnings(place, texts) {
    const known = Array.from(place.children, (child) => child.textContent);
    // An alert is read out when it changes, so an unchanged one is left alone.
    if (known.join("\n") === texts.join("\n")) return;
    place.textContent = "";
    place.append(...texts.map((text) => ui.make("p", "", text)));
  }

  shared.view = { FACETS: Object.keys(FACETS), learn, result, facets, choices, suggestions, warnings };
})();
