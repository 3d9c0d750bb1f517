// @ts-check
// Put into pages by `lunxun serve` only: shows a page again when it has changed, and what is wrong with the content.
(function () {
  "use strict";

  var RETRY_MS = 1000;
  var STYLE = "#lunxun-live{position:fixed;z-index:2147483647;left:0;right:0;bottom:0;max-height:45vh;overflow:auto;" +
    "padding:.6em 1em;background:#fff4f2;color:#5c1008;border-top:4px solid #b3261e;" +
    "font:16px/1.6 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif}" +
    "#lunxun-live summary{cursor:pointer;font-weight:bold}" +
    "#lunxun-live pre{margin:.4em 0 0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}" +
    "@media print{#lunxun-live{display:none}}";
  var own = /** @type {HTMLScriptElement} */ (document.currentScript);
  var at = own.dataset.at || "";
  /** @type {EventSource | null} */
  var source = null;
  /** @type {number | undefined} */
  var timer;
  var isLeaving = false;
  /** @type {HTMLElement | null} */
  var bar = null;

  /** Addresses in the site whose change this page shows: its own, and the styles, scripts and pictures it names. */
  var shown = new Set([own.dataset.page || ""]);
  var NAMING = "script[src], img[src], link[rel~=stylesheet], link[rel~=icon]";
  document.querySelectorAll(NAMING).forEach(function (element) {
    var named = /** @type {HTMLScriptElement & HTMLLinkElement} */ (element);
    try {
      var url = new URL(named.src || named.href);
      if (url.origin === location.origin) shown.add(decodeURIComponent(url.pathname.slice(1)));
    } catch (error) { /* no address of this site */ }
  });

  /**
   * Takes what the server tells.
   * @param {{at: string, changed: string[] | null, said: string}} news
   */
  function take(news) {
    at = news.at;
    if (news.changed === null || news.changed.some(function (address) { return shown.has(address); })) {
      leave();
      location.reload(); // the browser goes back to where the reader was
      return;
    }
    show(news.said);
  }

  /**
   * Shows findings over the page, or takes them away.
   * @param {string} said
   */
  function show(said) {
    if (!said) {
      if (bar) bar.remove();
      bar = null;
      return;
    }
    if (!bar) bar = makeBar();
    /** @type {HTMLElement} */ (bar.querySelector("pre")).textContent = said;
  }

  /** @returns {HTMLElement} */
  function makeBar() {
    var box = document.createElement("div");
    box.id = "lunxun-live";
    box.setAttribute("role", "alert");
    var style = document.createElement("style");
    style.textContent = STYLE;
    var details = document.createElement("details");
    details.open = true;
    var title = document.createElement("summary");
    title.textContent = "内容有错误，页面还没有更新；改好后自动更新。";
    details.append(title, document.createElement("pre"));
    box.append(style, details);
    document.body.append(box);
    return box;
  }

  function listen() {
    if (source || isLeaving || document.hidden) return; // a browser allows few connections: hidden tabs have none
    source = new EventSource("/__lunxun__/changes?since=" + encodeURIComponent(at));
    source.onmessage = function (event) { take(JSON.parse(event.data)); };
    source.onerror = function () {
      // Browsers differ in what they give up for good, so that we ask again ourselves.
      stop();
      timer = window.setTimeout(listen, RETRY_MS);
    };
  }

  function stop() {
    window.clearTimeout(timer);
    if (source) source.close();
    source = null;
  }

  function leave() {
    isLeaving = true;
    stop();
  }

  document.addEventListener("visibilitychange", function () {
    stop();
    listen();
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", function () {
    isLeaving = false;
    listen();
  });
  listen();
})();
