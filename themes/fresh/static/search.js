// The search page. Its index lies in small scripts beside it, each of which hands its data to
// `greenboardFound`: the catalogue, then only the files that hold what was typed, then the titles
// and words of the pages that are shown. Nothing is fetched before somebody types. Built by
// src/render/web/search; what each file holds is said there.
(function () {
  "use strict";
  var form = document.querySelector("[data-search]");
  if (!form) return;
  var typing = window.greenboardTyping;
  var field = form.querySelector("input");
  var status = document.querySelector("[data-status]");
  var things = document.querySelector("[data-things]");
  var pages = document.querySelector("[data-pages]");
  var more = document.querySelector("[data-more]");
  var without = document.querySelector("[data-without]");
  var words = status.dataset;
  var SHOWN = 8, THINGS = 6, LEFT = 22, RIGHT = 66;
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  // Files of the index ------------------------------------------------------------------------

  var handed = {}, asked = {};
  window.greenboardFound = function (name, data) { handed[name] = data; };

  function load(name) {
    if (!asked[name]) {
      asked[name] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = form.dataset.search + name + ".js?" + form.dataset.version;
        script.onload = function () { resolve(handed[name]); };
        script.onerror = function () { delete asked[name]; reject(new Error(name)); };
        document.head.appendChild(script);
      });
    }
    return asked[name];
  }

  function numbers(text) {
    var out = [], number = 0, shift = 1;
    for (var i = 0; i < text.length; i += 1) {
      var digit = DIGITS.indexOf(text[i]);
      number += (digit & 31) * shift;
      shift *= 32;
      if (digit < 32) { out.push(number); number = 0; shift = 1; }
    }
    return out;
  }

  // The catalogue: where each page and each of its zones begins, and the first pair of each file.
  var catalogue = null;
  function open() {
    return catalogue ? Promise.resolve(catalogue) : load("index").then(function (data) {
      var own = { text: data.text, cards: data.cards, docs: [], pairs: [], length: 0 };
      var all = numbers(data.docs);
      for (var i = 0; i < all.length; i += 5) {
        var doc = { zones: [], weight: all[i + 4], start: own.length };
        for (var zone = 0; zone < 4; zone += 1) {
          own.length += all[i + zone];
          doc.zones.push(own.length);
        }
        own.docs.push(doc);
      }
      var codes = Array.from(data.pairs, function (c) { return c.codePointAt(0); });
      for (var at = 0; at < codes.length; at += 2) own.pairs.push([codes[at], codes[at + 1]]);
      catalogue = own;
      return own;
    });
  }

  // The last file that begins with this pair or one before it.
  function fileOf(first, second) {
    var low = 0, high = catalogue.pairs.length;
    while (low < high) {
      var middle = (low + high) >> 1, pair = catalogue.pairs[middle];
      if (pair[0] < first || (pair[0] === first && pair[1] <= second)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  // Calls `take` with each second character and its distances, of the pairs that begin so.
  function entries(file, first, take) {
    var at = -1;
    for (var i = 0; i < file.length; i += 2) if (file[i] === first) at = i + 1;
    var text = at < 0 ? "" : file[at], from = 0;
    while (from < text.length) {
      var second = String.fromCodePoint(text.codePointAt(from));
      var end = text.indexOf(".", from + second.length);
      take(second, text.slice(from + second.length, end));
      from = end + 1;
    }
  }

  function places(distances) {
    var place = 0;
    return numbers(distances).map(function (distance) { return (place += distance); });
  }

  function pair(first, second) {
    var file = fileOf(first.codePointAt(0), second.codePointAt(0));
    if (file < 0) return Promise.resolve([]);
    return load("w" + file).then(function (data) {
      var found = [];
      entries(data, first, function (other, distances) {
        if (other === second) found = places(distances);
      });
      return found;
    });
  }

  // One character: all pairs that begin with it, which lie in neighbouring files.
  function single(first) {
    var code = first.codePointAt(0), files = [];
    var last = fileOf(code, 0x10ffff);
    for (var file = Math.max(0, fileOf(code, 0)); file <= last; file += 1) files.push(load("w" + file));
    return Promise.all(files).then(function (all) {
      var found = [];
      all.forEach(function (data) {
        entries(data, first, function (other, distances) { found = found.concat(places(distances)); });
      });
      return found.sort(function (a, b) { return a - b; });
    });
  }

  // Where a term stands: where its pairs stand side by side.
  function find(term) {
    var characters = Array.from(term), offsets = [];
    if (characters.length === 1) return single(term);
    for (var at = 0; at < characters.length - 1; at += 2) offsets.push(at);
    if (characters.length % 2) offsets.push(characters.length - 2);
    return Promise.all(offsets.map(function (offset) {
      return pair(characters[offset], characters[offset + 1]);
    })).then(function (lists) {
      var starts = lists.map(function (list, i) {
        return list.map(function (place) { return place - offsets[i]; });
      });
      return starts.reduce(both);
    });
  }

  // What two ordered lists share.
  function both(a, b) {
    var out = [], i = 0, j = 0;
    while (i < a.length && j < b.length) {
      if (a[i] === b[j]) { out.push(a[i]); i += 1; j += 1; }
      else if (a[i] < b[j]) i += 1;
      else j += 1;
    }
    return out;
  }

  // Pages ------------------------------------------------------------------------------------

  // Gathers a term's places page by page: in title, headings, text, links.
  function byPage(found) {
    var hits = {}, at = 0;
    found.forEach(function (place) {
      while (place >= catalogue.docs[at].zones[3]) at += 1;
      var hit = hits[at] || (hits[at] = [[], [], [], []]), zone = 0;
      while (place >= catalogue.docs[at].zones[zone]) zone += 1;
      hit[zone].push(place);
    });
    return hits;
  }

  function worth(doc, hit, term) {
    var title = doc.zones[0] - doc.start - 1;
    var length = doc.zones[3] - doc.start;
    var score = hit[0].length ? (title === term.length ? 90 : 40 + 20 * term.length / title) : 0;
    score += Math.min(hit[1].length, 3) * 8;
    if (hit[2].length) score += 4 + 2 * Math.log(hit[2].length + 1) + Math.min(3, 300 * hit[2].length / length);
    return (score + (hit[3].length ? 0.5 : 0)) * doc.weight;
  }

  // The pages that hold all terms, the best first.
  function rank(terms, founds) {
    var hits = founds.map(byPage);
    var out = Object.keys(hits[0]).filter(function (at) {
      return hits.every(function (one) { return one[at]; });
    }).map(function (at) {
      var doc = catalogue.docs[at], score = 0;
      terms.forEach(function (term, i) { score += worth(doc, hits[i][at], term); });
      if (terms.length > 1 && follow(terms, hits, at)) score *= 2;
      return { doc: doc, at: Number(at), score: score, hits: hits.map(function (one) { return one[at]; }) };
    });
    return out.sort(function (a, b) { return b.score - a.score || a.at - b.at; });
  }

  // Whether the second term follows the first somewhere, as it was typed.
  function follow(terms, hits, at) {
    var length = Array.from(terms[0]).length;
    return hits[0][at].some(function (zone, i) {
      return zone.some(function (place) {
        return hits[1][at][i].some(function (next) { return next - place - length <= 1 && next >= place + length; });
      });
    });
  }

  // Where to cut the words that are shown: in the text rather than in a heading or a link.
  function best(result) {
    var order = [2, 1, 3], shown = result.hits.slice().reverse();
    for (var i = 0; i < order.length; i += 1) {
      for (var t = shown.length - 1; t >= 0; t -= 1) {
        if (shown[t][order[i]].length) return { place: shown[t][order[i]][0], zone: order[i] };
      }
    }
    return { place: result.doc.zones[1], zone: 2 };
  }

  // The words around a place, from the file of text that holds it.
  function context(result) {
    var spot = best(result), ends = result.doc.zones[spot.zone];
    var size = catalogue.text[0], file = Math.floor(spot.place / size);
    if (spot.place >= ends) return Promise.resolve("");
    return load("t" + file).then(function (text) {
      var characters = Array.from(text), place = Math.max(0, file * size - catalogue.text[1]);
      var at = 0;
      while (place < spot.place || characters[at] === "\t") { if (characters[at] !== "\t") place += 1; at += 1; }
      var from = at, to = at;
      while (from > 0 && at - from < LEFT && characters[from - 1] !== "\n") from -= 1;
      while (to < characters.length && to - at < RIGHT && place < ends - 1) { if (characters[to] !== "\t") place += 1; to += 1; }
      var begins = from === 0 || characters[from - 1] === "\n" ? "" : "…";
      var goes = place < ends - 1 ? "…" : "";
      return begins + characters.slice(from, to).join("").replace(/[\t\n]+/g, " ").trim() + goes;
    });
  }

  // Shows `text` in `parent`, the terms marked.
  function mark(parent, text, terms) {
    var characters = Array.from(text), kept = [];
    characters.forEach(function (c, i) { if (!/\s/.test(c)) kept.push(i); });
    var plain = kept.map(function (i) { return typing.fold(characters[i]); });
    var marked = characters.map(function () { return false; });
    terms.forEach(function (term) {
      var wanted = Array.from(term);
      for (var at = 0; at + wanted.length <= plain.length; at += 1) {
        if (wanted.every(function (c, i) { return plain[at + i] === c; })) {
          for (var i = kept[at]; i <= kept[at + wanted.length - 1]; i += 1) marked[i] = true;
        }
      }
    });
    for (var from = 0, to = 0; from < characters.length; from = to) {
      while (to < characters.length && marked[to] === marked[from]) to += 1;
      var piece = document.createTextNode(characters.slice(from, to).join(""));
      if (marked[from]) {
        var hit = document.createElement("mark");
        hit.appendChild(piece);
        piece = hit;
      }
      parent.appendChild(piece);
    }
  }

  function element(name, className, parent) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (parent) parent.appendChild(made);
    return made;
  }

  function address(url) {
    return form.dataset.root + url.split("/").map(encodeURIComponent).join("/");
  }

  function pageEntry(result, terms) {
    var size = catalogue.cards;
    return Promise.all([load("p" + Math.floor(result.at / size)), context(result)]).then(function (both) {
      var card = both[0][result.at % size], entry = element("li", "found");
      var head = element("h3", "found-title", entry);
      var link = element("a", "", head);
      link.href = address(card[1]);
      mark(link, card[0], terms);
      if (card[2]) element("span", "found-label", head).textContent = card[2];
      if (both[1]) mark(element("p", "found-words", entry), both[1], terms);
      return entry;
    });
  }

  // Things -----------------------------------------------------------------------------------

  var known = null;
  function openThings() {
    return known ? Promise.resolve(known) : load("things").then(function (data) {
      known = data.items.map(function (item) {
        return {
          name: item[0], bin: data.bins[item[1]], also: item[2], first: item[3], typed: typing.names(item[4]),
          folded: [item[0]].concat(item[2] ? item[2].split("、") : []).map(function (name) {
            return typing.fold(name).replace(/\s/g, "");
          })
        };
      });
      return known;
    });
  }

  // How well a thing fits: its own name before others; by the same order as what is typed.
  function fit(thing, plain, letters) {
    var most = 0;
    thing.folded.forEach(function (name, i) {
      var own = i === 0 ? 0.5 : 0, at = name.lastIndexOf(plain);
      var ends = at >= 0 && at + plain.length === name.length;
      var score = name === plain ? 9 : ends ? 7 : at === 0 ? 6 : at > 0 ? 4 : 0;
      if (!score && letters) score = typing.fits(letters, thing.typed[i]);
      if (score) most = Math.max(most, score + own);
    });
    return most;
  }

  function findThings(text) {
    var plain = typing.fold(text).replace(/\s/g, ""), letters = typing.letters(text);
    return openThings().then(function (all) {
      return all.map(function (thing) {
        return { thing: thing, score: fit(thing, plain, letters) };
      }).filter(function (one) { return one.score > 0; }).sort(function (a, b) {
        return b.score - a.score;
      }).map(function (one) { return one.thing; });
    });
  }

  function thingEntry(thing, terms) {
    var entry = element("li", "thing");
    var line = element("p", "thing-line", entry);
    var link = element("a", "", line);
    link.href = address(form.dataset.guide) + "#item-" + encodeURIComponent(thing.name.replace(/\s/g, "-"));
    mark(link, thing.name, terms);
    line.appendChild(document.querySelector("[data-mark=" + thing.bin[0] + "]").content.cloneNode(true));
    if (thing.first) element("p", "thing-first", entry).textContent = thing.first;
    if (thing.also) mark(element("p", "thing-also", entry), words.also + " " + thing.also, terms);
    return entry;
  }

  // Showing ----------------------------------------------------------------------------------

  var turn = 0;

  function clear() {
    [things, pages].forEach(function (list) { list.textContent = ""; list.parentNode.hidden = true; });
    more.hidden = true;
    without.hidden = false;
    status.textContent = "";
  }

  function showThings(found, terms, text) {
    things.textContent = "";
    things.parentNode.hidden = !found.length;
    found.slice(0, THINGS).forEach(function (thing) { things.appendChild(thingEntry(thing, terms)); });
    if (found.length > THINGS) {
      var all = element("a", "", element("li", "more", things));
      all.href = address(form.dataset.guide) + "?q=" + encodeURIComponent(text);
      all.textContent = words.allThings.replace("{n}", found.length);
    }
  }

  // Adds the next pages to the list; `own` is the turn of what was typed.
  function showPages(ranked, terms, from, own) {
    var next = ranked.slice(from, from + SHOWN);
    return Promise.all(next.map(function (result) { return pageEntry(result, terms); })).then(function (made) {
      if (own !== turn) return;
      if (!from) pages.textContent = "";
      made.forEach(function (entry) { pages.appendChild(entry); });
      pages.parentNode.hidden = !ranked.length;
      var left = ranked.length - from - made.length;
      more.hidden = left <= 0;
      more.textContent = greenboardCount(words.morePages, left);
      more.onclick = function () {
        var first = pages.children.length;
        showPages(ranked, terms, first, own).then(function () {
          var entry = pages.children[first];
          if (entry) entry.querySelector("a").focus();
        });
      };
    });
  }

  function say(pageCount, thingCount, text) {
    var said = [];
    if (thingCount) said.push(greenboardCount(words.thingCount, thingCount));
    if (pageCount) said.push(greenboardCount(words.pageCount, pageCount));
    status.textContent = said.length ? said.join(words.and) : words.none.replace("{text}", text);
  }

  function search() {
    var text = field.value.trim(), own = (turn += 1);
    var terms = typing.fold(text).split(/\s+/).filter(Boolean);
    remember(text);
    if (!terms.length) return clear();
    var late = setTimeout(function () { if (own === turn) status.textContent = words.waiting; }, 500);
    open().then(function () {
      return Promise.all([Promise.all(terms.map(find)), form.dataset.guide ? findThings(text) : []]);
    }).then(function (found) {
      if (own !== turn) return;
      var ranked = rank(terms, found[0]);
      without.hidden = true;
      showThings(found[1], terms, text);
      return showPages(ranked, terms, 0, own).then(function () {
        if (own === turn) say(ranked.length, found[1].length, text);
      });
    }).catch(function () {
      if (own === turn) status.textContent = words.failed;
    }).then(function () { clearTimeout(late); });
  }

  // The address tells what was searched, where the browser lets it.
  function remember(text) {
    try {
      history.replaceState(null, "", text ? "?q=" + encodeURIComponent(text) : location.pathname);
    } catch (error) { /* pages from a disk keep their address */ }
  }

  var waits = 0;
  field.addEventListener("input", function (event) {
    clearTimeout(waits);
    // Letters that an input method has not turned into characters yet are not looked up.
    if (event.isComposing) return;
    waits = setTimeout(search, Array.from(field.value.trim()).length === 1 ? 400 : 150);
  });
  field.addEventListener("compositionend", function () { clearTimeout(waits); waits = setTimeout(search, 50); });
  form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(waits); search(); });

  var first = new URLSearchParams(location.search).get("q");
  if (first) { field.value = first; search(); }
  else if (!("ontouchstart" in window)) field.focus();
})();
