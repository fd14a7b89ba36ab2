// Whether what somebody typed fits a name, as an input method would have it: whole sounds,
// initials, both mixed, the last sound unfinished. `dianchi`, `dc`, `dianc` and `dchi` are 电池.
window.greenboardTyping = (function () {
  "use strict";

  // Full-width forms and capitals are the plain ones; the index was made by the same rule.
  function fold(text) {
    return Array.from(text).map(function (character) {
      var code = character.codePointAt(0);
      var narrow = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character;
      var small = narrow.toLowerCase();
      return Array.from(small).length === 1 ? small : narrow;
    }).join("");
  }

  // What was typed as letters alone, or nothing where it is no pinyin.
  function letters(asked) {
    var plain = fold(asked).replace(/[\s'’·-]/g, "").replace(/ü/g, "v");
    return /^[a-z0-9]+$/.test(plain) ? plain : "";
  }

  // "zhong/chong qing,shan cheng" → names of words of readings.
  function names(typed) {
    return typed.split(",").map(function (name) {
      return name.split(" ").map(function (word) { return word.split("/"); });
    });
  }

  // How much of one reading what is left may take: all of it, or its initial.
  function steps(left, reading) {
    var taken = [];
    if (left.indexOf(reading) === 0) taken.push(reading.length);
    if (left[0] === reading[0]) taken.push(1);
    if (/^[zcs]h/.test(reading) && left.indexOf(reading.slice(0, 2)) === 0) taken.push(2);
    return taken;
  }

  // 2 where the words from `first` on are typed so to the last, 1 where some are, 0 where none.
  function fitsFrom(asked, words, first) {
    var at = [0], fits = 0;
    for (var word = first; word < words.length && at.length; word += 1) {
      var next = [], last = word === words.length - 1;
      for (var i = 0; i < at.length; i += 1) {
        var left = asked.slice(at[i]);
        for (var r = 0; r < words[word].length; r += 1) {
          if (words[word][r].indexOf(left) === 0) fits = last ? 2 : 1;
          steps(left, words[word][r]).forEach(function (step) {
            if (next.indexOf(at[i] + step) < 0) next.push(at[i] + step);
          });
        }
      }
      if (next.indexOf(asked.length) >= 0) fits = Math.max(fits, last ? 2 : 1);
      // What was typed in full leaves nothing for the next word.
      at = next.filter(function (place) { return place < asked.length; });
    }
    return fits;
  }

  // How well a name fits: typed from end to end, at its end, where the noun stands, at its
  // beginning, in its middle. One letter is a beginning.
  function place(asked, words) {
    var begins = fitsFrom(asked, words, 0), best = begins ? begins * 3 + 2 : 0;
    for (var first = 1; asked.length > 1 && first < words.length; first += 1) {
      best = Math.max(best, fitsFrom(asked, words, first) * 3);
    }
    return best;
  }

  // The same by the usual readings; by the others it counts little.
  function fits(asked, words) {
    var usual = words.map(function (readings) { return readings.slice(0, 1); });
    return place(asked, usual) || place(asked, words) / 10;
  }

  return { fold: fold, letters: letters, names: names, fits: fits };
})();
