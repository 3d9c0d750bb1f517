// @ts-check
// What every page can do beyond plain HTML: large text, the menu on narrow screens, terms explained in place.
(function () {
  "use strict";

  const root = document.documentElement;

  /** Switch between the plain page and the large-text page, and remember it. */
  function setUpElder() {
    const button = document.getElementById("lx-elder");
    if (!button) return;
    const show = () => {
      const on = root.classList.contains("lx-elder");
      button.setAttribute("aria-pressed", String(on));
      button.textContent = on ? "普通版" : "长辈版";
    };
    button.addEventListener("click", () => {
      const on = root.classList.toggle("lx-elder");
      try {
        localStorage.setItem("lunxun.elder", on ? "elder" : "plain");
      } catch (error) {
        // Without a store the wish still travels in the address.
      }
      show();
    });
    show();
  }

  /**
   * Opened from disk, some browsers give every file a store of its own, so a link to another page
   * of the site carries the wish along.
   */
  function carryWishFromDisk() {
    if (location.protocol !== "file:") return;
    document.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!(target instanceof HTMLAnchorElement) || target.protocol !== "file:") return;
      const address = new URL(target.href);
      if (address.pathname === location.pathname && address.hash) return;
      address.searchParams.set("lx", root.classList.contains("lx-elder") ? "elder" : "plain");
      target.href = address.href;
    });
    for (const form of document.querySelectorAll("form[role=search]")) {
      form.addEventListener("submit", () => {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = "lx";
        field.value = root.classList.contains("lx-elder") ? "elder" : "plain";
        form.appendChild(field);
      });
    }
  }

  /** Open and close the menu on narrow screens. */
  function setUpMenu() {
    const button = document.getElementById("lx-menu-button");
    const menu = document.getElementById("lx-menu");
    if (!button || !menu) return;
    const set = (/** @type {boolean} */ open) => {
      button.setAttribute("aria-expanded", String(open));
      menu.classList.toggle("lx-menu--open", open);
    };
    button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
        set(false);
        button.focus();
      }
    });
  }

  /** On narrow screens the table of contents starts closed, so that the text comes first. */
  function setUpContents() {
    const contents = document.querySelector("[data-lx-toc]");
    if (contents instanceof HTMLDetailsElement && window.matchMedia("(max-width: 76.2344em)").matches) {
      contents.open = false;
    }
  }

  /** Show the explanation of a term beside it, on hover and on focus; Escape hides it. */
  function setUpTerms() {
    const box = document.createElement("div");
    box.className = "lx-popover";
    box.id = "lx-popover";
    box.setAttribute("role", "tooltip");
    box.hidden = true;
    document.body.appendChild(box);
    /** @type {Element | null} */
    let shownFor = null;

    const hide = () => {
      if (shownFor) shownFor.removeAttribute("aria-describedby");
      shownFor = null;
      box.hidden = true;
    };
    const show = (/** @type {HTMLElement} */ link) => {
      const name = document.getElementById("term-" + link.dataset.term);
      const text = name && name.nextElementSibling;
      if (!text) return;
      hide();
      shownFor = link;
      box.textContent = text.textContent;
      box.hidden = false;
      link.setAttribute("aria-describedby", box.id);
      const place = link.getBoundingClientRect();
      const width = Math.min(box.offsetWidth, root.clientWidth - 16);
      const left = Math.max(8, Math.min(place.left, root.clientWidth - width - 8));
      const below = place.bottom + box.offsetHeight + 8 < window.innerHeight;
      box.style.left = `${left + window.scrollX}px`;
      box.style.top = `${window.scrollY + (below ? place.bottom + 4 : place.top - box.offsetHeight - 4)}px`;
    };
    for (const link of document.querySelectorAll("a.lx-term")) {
      if (!(link instanceof HTMLElement)) continue;
      link.addEventListener("mouseenter", () => show(link));
      link.addEventListener("focus", () => show(link));
      link.addEventListener("blur", hide);
      link.addEventListener("mouseleave", (event) => {
        if (event.relatedTarget !== box) hide();
      });
    }
    box.addEventListener("mouseleave", hide);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
  }

  setUpElder();
  carryWishFromDisk();
  setUpMenu();
  setUpContents();
  setUpTerms();
})();
