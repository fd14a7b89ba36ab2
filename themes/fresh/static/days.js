// Keeps what a page says of days right after the day on which it was built: days left, the mark
// of today in calendars and posting periods, and its place among the stages of a plan. Without
// it the page says what was true on the day of the build.
(function () {
  "use strict";
  var own = document.currentScript;
  var zone = own && own.getAttribute("data-timezone");

  // The day of the community, wherever the reader is: 2026-11-25.
  function today() {
    var now = new Date();
    try {
      return now.toLocaleDateString("en-CA", { timeZone: zone || undefined, year: "numeric", month: "2-digit", day: "2-digit" });
    } catch (error) {
      var two = function (n) { return (n < 10 ? "0" : "") + n; };
      return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
    }
  }

  function days(from, to) {
    return Math.round((Date.parse(to) - Date.parse(from)) / 86400000);
  }

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  // `{n}` in the words of a theme, and the word for one or for many: `{n} {n|day|days} left`.
  window.greenboardCount = function (words, n) {
    return words.replace(/\{n\|([^|}]*)\|([^}]*)\}/g, n === 1 ? "$1" : "$2").replace("{n}", n);
  };

  // data-days-to is a last day, data-days-from a first one; the words stand beside them.
  function count(element, day) {
    var words = element.dataset;
    var left = days(day, words.daysTo);
    var text;
    if (words.daysFrom && day < words.daysFrom) text = words.before;
    else if (left < 0) text = greenboardCount(words.over, -left);
    else if (left === 0 && words.today) text = words.today;
    else text = greenboardCount(words.left, left + Number(words.plus || 0));
    if (element.textContent !== text) element.textContent = text;
  }

  function place(list, day) {
    var mark = list.querySelector("[data-today-mark]");
    var next = null;
    Array.prototype.forEach.call(list.querySelectorAll("[data-due]"), function (stage) {
      if (!next && day <= stage.dataset.due) next = stage;
      var open = !stage.classList.contains("is-done");
      var kind = stage.querySelector(".kind");
      if (open && stage.dataset.due < day && !stage.classList.contains("is-late")) {
        stage.classList.remove("is-present", "is-later");
        stage.classList.add("is-late");
        if (kind) {
          kind.className = "kind is-late";
          kind.textContent = list.dataset.late;
        }
      }
    });
    // A list ends where its last mark is; a mark before nothing stands at the end.
    if (mark && mark.nextElementSibling !== next) list.insertBefore(mark, next);
    var time = mark && mark.querySelector("time");
    if (time && time.getAttribute("datetime") !== day) {
      // The day in words was that of the build.
      time.setAttribute("datetime", day);
      time.textContent = new Date(day + "T00:00").toLocaleDateString(document.documentElement.lang || "zh-CN", { month: "long", day: "numeric" });
    }
  }

  function update() {
    var day = today();
    each("[data-days-to]", function (element) { count(element, day); });
    each("[data-day]", function (element) {
      element.classList.toggle("is-today", element.dataset.day === day);
      if (element.classList.contains("tick-day")) element.classList.toggle("is-past", element.dataset.day < day);
    });
    each("[data-timeline]", function (list) { place(list, day); });
  }

  update();
  // A page that stays open over midnight.
  document.addEventListener("visibilitychange", function () { if (!document.hidden) update(); });
})();
