// The sorting guide's filter: a name, another name, pinyin or initials. Without it the page is
// the whole list from A to Z.
(function () {
  "use strict";
  var box = document.querySelector("[data-filter]");
  if (!box) return;
  var typing = window.greenboardTyping;
  var field = box.querySelector("input");
  var count = box.querySelector("[data-found]");
  var items = Array.from(document.querySelectorAll(".item"));
  var letters = Array.from(document.querySelectorAll(".letter"));
  var hidden = Array.from(document.querySelectorAll("[data-hide]"));
  var texts = items.map(function (item) {
    var names = item.querySelector(".item-names");
    return {
      words: typing.fold(item.querySelector("strong").textContent + " " + (names ? names.textContent : "")),
      typed: typing.names(item.dataset.typed)
    };
  });

  function filter() {
    var asked = typing.fold(field.value).replace(/\s/g, "");
    var spelt = typing.letters(asked);
    var found = 0;
    items.forEach(function (item, at) {
      var text = texts[at];
      var fits = !asked || text.words.indexOf(asked) >= 0 || (spelt && text.typed.some(function (name) {
        return typing.fits(spelt, name) > 0;
      }));
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

  var print = document.querySelector("[data-print]");
  print.hidden = false;
  print.addEventListener("click", function () { window.print(); });
})();
