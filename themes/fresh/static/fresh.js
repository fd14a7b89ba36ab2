// The sorting guide's filter: a name, another name, pinyin or initials. Without it the page is
// the whole list from A to Z.
(function () {
  "use strict";
  var box = document.querySelector("[data-filter]");
  if (!box) return;
  var field = box.querySelector("input");
  var count = box.querySelector("[data-found]");
  var items = Array.from(document.querySelectorAll(".item"));
  var letters = Array.from(document.querySelectorAll(".letter"));
  var hidden = Array.from(document.querySelectorAll("[data-hide]"));
  var texts = items.map(function (item) {
    var names = item.querySelector(".item-names");
    return {
      words: (item.querySelector("strong").textContent + " " + (names ? names.textContent : "")).toLowerCase(),
      typed: item.dataset.typed.split(" ")
    };
  });

  function filter() {
    var asked = field.value.trim().toLowerCase();
    var found = 0;
    items.forEach(function (item, at) {
      var text = texts[at];
      // One letter is a beginning; more may stand anywhere in a name.
      var typed = text.typed.some(function (word) {
        return asked.length < 2 ? word.startsWith(asked) : word.includes(asked);
      });
      var fits = !asked || text.words.includes(asked) || typed;
      item.hidden = !fits;
      if (fits) found += 1;
    });
    letters.forEach(function (letter) {
      letter.hidden = !letter.querySelector(".item:not([hidden])");
    });
    hidden.forEach(function (part) { part.hidden = Boolean(asked); });
    count.textContent = !asked ? "" : found ? count.dataset.found.replace("{n}", found) : count.dataset.none;
  }

  box.hidden = false;
  field.addEventListener("input", filter);
  var asked = new URLSearchParams(location.search).get("q");
  if (asked) { field.value = asked; filter(); field.scrollIntoView({ block: "center" }); }
})();
