// 长者模式: larger type, stronger contrast, no motion. It runs before the page is painted, so that
// nothing jumps; without it the switch is not there.
(function () {
  "use strict";
  var KEY = "greenboard-elder";
  var root = document.documentElement;

  // A browser may refuse to remember, as some do for pages from a disk: then it holds for one page.
  function isKept() {
    try { return localStorage.getItem(KEY) === "1"; } catch (refused) { return root.classList.contains("is-elder"); }
  }

  function keep(on) {
    try {
      if (on) localStorage.setItem(KEY, "1");
      else localStorage.removeItem(KEY);
    } catch (refused) { /* It holds for this page. */ }
  }

  function show(on) {
    var button = document.querySelector("[data-elder]");
    root.classList.toggle("is-elder", on);
    if (button) button.setAttribute("aria-pressed", String(on));
  }

  root.classList.add("has-elder");
  show(isKept());
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-elder]");
    show(isKept());
    if (!button) return;
    button.addEventListener("click", function () {
      var on = !root.classList.contains("is-elder");
      keep(on);
      show(on);
    });
  });
  // Another window, or a page that the browser kept while the switch was turned.
  window.addEventListener("storage", function () { show(isKept()); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) show(isKept()); });
})();
