// @ts-check
// Filters the list of an index page by words and by classes. The choice stands in the address, so it can be shared.
// Where the list has several pages the form is sent to the search, and only takes its choice from the address.
(function () {
  "use strict";

  const form = document.querySelector("form[data-lx-filter]");
  const list = document.querySelector("[data-lx-list]");
  if (!(form instanceof HTMLFormElement)) return;
  const items = Array.from(list ? list.children : []);
  const texts = items.map((item) => (item.textContent || "").toLowerCase());
  const count = form.querySelector("[data-lx-count]");
  const empty = document.querySelector("[data-lx-empty]");

  /** @returns {Map<string, Set<string>>} the ticked values by facet */
  function ticked() {
    const wanted = new Map();
    for (const box of form.querySelectorAll("input[type=checkbox]:checked")) {
      if (!(box instanceof HTMLInputElement)) continue;
      if (!wanted.has(box.name)) wanted.set(box.name, new Set());
      wanted.get(box.name).add(box.value);
    }
    return wanted;
  }

  /** Show the items that have one ticked value in every facet that has any, and every word. */
  function apply() {
    const wanted = ticked();
    const words = String(new FormData(form).get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    items.forEach((item, index) => {
      const fits =
        words.every((word) => texts[index].includes(word)) &&
        Array.from(wanted).every(([facet, values]) =>
          (item.getAttribute("data-" + facet) || "").split(" ").some((value) => values.has(value)));
      if (item instanceof HTMLElement) item.hidden = !fits;
      if (fits) shown += 1;
    });
    if (count) count.textContent = shown === items.length ? `共${shown}条` : `${items.length}条中的${shown}条`;
    if (empty instanceof HTMLElement) empty.hidden = shown > 0 || items.length === 0;
  }

  /** Write the choice into the address without a new history entry. */
  function remember() {
    const address = new URL(location.href);
    const kept = address.searchParams.get("lx");
    address.search = "";
    if (kept) address.searchParams.set("lx", kept);
    for (const [name, value] of new FormData(form)) {
      if (value) address.searchParams.append(name, String(value));
    }
    try {
      history.replaceState(null, "", address);
    } catch (error) {
      // Some browsers refuse this for files; filtering works all the same.
    }
  }

  /** Take the choice from the address. */
  function recall() {
    const asked = new URL(location.href).searchParams;
    for (const field of form.querySelectorAll("input:not([type=hidden])")) {
      if (!(field instanceof HTMLInputElement)) continue;
      if (field.type === "checkbox") field.checked = asked.getAll(field.name).includes(field.value);
      else field.value = (asked.get(field.name) || "").slice(0, 200);
    }
  }

  recall();
  if (!list) return;
  const update = () => {
    apply();
    remember();
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(update));
  apply();
})();
