// The search page. Its index lies in small scripts beside it, each of which hands its data to
// `greenboardFound`: the catalogue, then only the lists of what was typed, then the words of the
// pages that may hold it, of which only those are shown that do. Nothing is fetched before somebody
// types. Built by src/render/web/search; what each file holds is said there.
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
  // How many pages are read rather than to fetch further lists.
  var FEW = 12;
  // How many lists of a term are fetched at most.
  var LISTS = 4;
  var ENDS = /[。；;!?.]/;
  // What a key is worth by its class: in the text, often, in a heading, in the title; and what a
  // page is: none, one that leads on, one that has run out, one that holds.
  var CLASSES = [4, 6, 12, 60], WEIGHTS = [0, 2, 4, 8];
  // The bits of the number by which a list is found in its file.
  var CODE = 17;
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

  // Reads what src/render/web/search/bits.rs wrote.
  function Bits(text) {
    var at = 0, left = 0, digit = 0;
    function bit() {
      if (!left) { digit = Math.max(0, DIGITS.indexOf(text[at])); at += 1; left = 6; }
      left -= 1;
      return (digit >> left) & 1;
    }
    function plain(width) {
      var number = 0;
      while (width) { number = number * 2 + bit(); width -= 1; }
      return number;
    }
    function ones(most) {
      var count = 0;
      while (count < most && bit()) count += 1;
      return count;
    }
    function gamma() {
      var width = ones(32);
      return Math.pow(2, width) + plain(width);
    }
    function rice(low) {
      return ones(Infinity) * Math.pow(2, low) + plain(low);
    }
    return { plain: plain, ones: ones, gamma: gamma, rice: rice };
  }

  // The catalogue: how many buckets there are, the parts of the index, and what pages weigh.
  var catalogue = null;
  function open() {
    return catalogue ? Promise.resolve(catalogue) : load("index").then(function (data) {
      var bits = Bits(data.weights), weights = [];
      while (weights.length < data.buckets) weights.push(WEIGHTS[bits.plain(2)]);
      catalogue = { buckets: data.buckets, parts: data.parts, weights: weights };
      return catalogue;
    });
  }

  function hash(first, second) {
    return [first, second].reduce(function (hash, code) {
      var mixed = Math.imul(hash ^ code, 0x9e3779b1);
      return mixed ^ (mixed >>> 15);
    }, 0) >>> 0;
  }

  // For how many bits most distances have room of `count` numbers below `bound`.
  function lowBits(count, bound) {
    var low = 0;
    while (Math.max(1, count) * Math.pow(2, low + 1) <= Math.floor(bound * 7 / 10)) low += 1;
    return low;
  }

  // Reads a list; adds its buckets to `into`, if that is wanted, with their class and their hours.
  function readList(bits, isPair, into) {
    var count = bits.gamma(), low = lowBits(count, catalogue.buckets), bucket = -1;
    for (; count; count -= 1) {
      bucket += 1 + bits.rice(low);
      var klass = bits.ones(3), clock = -1;
      if (isPair) {
        var hours = bits.ones(3) + 1;
        if (hours > 3) clock = bits.plain(32) | 0;
        else for (clock = 0; hours; hours -= 1) clock |= 1 << bits.plain(5);
      }
      if (into) {
        var had = into[bucket];
        into[bucket] = had ? { klass: Math.max(had.klass, klass), clock: had.clock | clock } : { klass: klass, clock: clock };
      }
    }
  }

  // Reads the list of a file that has this code, if there is one.
  function read(text, wanted, into) {
    var bits = Bits(text), count = bits.gamma() - 1, low = lowBits(count, 1 << CODE), code = -1;
    for (; count && code < wanted; count -= 1) {
      code += 1 + bits.rice(low);
      readList(bits, code & 1, code === wanted && into);
    }
  }

  // The buckets that hold a character, or a pair, by all parts of the index.
  function list(first, second) {
    var found = {}, number = hash(first.codePointAt(0), second ? second.codePointAt(0) : 0);
    var code = ((number >>> (32 - CODE)) & ~1) | (second ? 1 : 0);
    return Promise.all(catalogue.parts.map(function (part) {
      return load(part[0] + number % part[1]).then(function (text) { read(text, code, found); });
    })).then(function () { return found; });
  }

  // Buckets that may hold a term: those that hold its pairs, as far as the clock tells side by side.
  function find(term) {
    var characters = Array.from(term), last = characters.length - 2;
    if (last < 0) return list(term);
    var sentence = longest(characters), rest = sentence.slice(1, -1);
    // Pairs that share no character say most, and the first and the last more than those between.
    var offsets = [sentence[0]].concat(sentence.slice(1).slice(-1), rest.filter(function (_, i) { return i % 2; }));
    for (var other = 0; other <= last; other += 1) if (offsets.indexOf(other) < 0) offsets.push(other);
    offsets = offsets.slice(0, LISTS);
    function further(found, at) {
      var some = offsets.slice(at, at + 2);
      if (!some.length || (found && Object.keys(found).length <= FEW)) return found;
      return Promise.all(some.map(function (offset) {
        return list(characters[offset], characters[offset + 1]);
      })).then(function (lists) {
        lists.forEach(function (list, i) { found = both(found, turned(list, sentence.indexOf(some[i]) < 0 ? -1 : some[i])); });
        return further(found, at + 2);
      });
    }
    return Promise.resolve(further(null, 0));
  }

  // The offsets of the pairs of a term's longest part; behind the end of a sentence the clock starts
  // anew, so that those of other parts tell nothing of this one.
  function longest(characters) {
    var parts = [[]];
    characters.slice(0, -1).forEach(function (character, offset) {
      parts[parts.length - 1].push(offset);
      if (ENDS.test(character)) parts.push([]);
    });
    return parts.reduce(function (a, b) { return b.length > a.length ? b : a; });
  }

  // The hours at which the term would begin; any where they tell nothing.
  function turned(list, offset) {
    Object.keys(list).forEach(function (bucket) {
      var clock = list[bucket].clock;
      list[bucket].clock = offset < 0 ? -1 : (clock >>> offset % 32) | (offset % 32 ? clock << (32 - offset % 32) : 0);
    });
    return list;
  }

  function both(a, b) {
    if (!a) return b;
    var out = {};
    Object.keys(a).forEach(function (bucket) {
      var clock = b[bucket] ? a[bucket].clock & b[bucket].clock : 0;
      if (clock) out[bucket] = { klass: Math.min(a[bucket].klass, b[bucket].klass), clock: clock };
    });
    return out;
  }

  // Pages ------------------------------------------------------------------------------------

  // The buckets that may hold all terms, those first that promise most.
  function promising(founds) {
    return Object.keys(founds[0]).filter(function (bucket) {
      return founds.every(function (found) { return found[bucket]; });
    }).map(function (bucket) {
      var worth = 0;
      founds.forEach(function (found) { worth += CLASSES[found[bucket].klass]; });
      return { bucket: Number(bucket), worth: worth * catalogue.weights[bucket] };
    }).sort(function (a, b) { return b.worth - a.worth || a.bucket - b.bucket; });
  }

  // Words as they are searched, with the place in `text` of each character.
  function searched(text) {
    var out = { shown: Array.from(text), at: [], text: [] };
    out.shown.forEach(function (character, i) {
      if (character === "\t") return;
      out.at.push(i);
      out.text.push(typing.fold(character));
    });
    out.joined = "\n" + out.text.join("") + "\n";
    return out;
  }

  // Where a term begins, as places among the characters that are searched.
  function places(zone, term) {
    var out = [], at = zone.joined.indexOf(term);
    for (; at >= 0; at = zone.joined.indexOf(term, at + 1)) {
      out.push(Array.from(zone.joined.slice(1, at)).length);
    }
    return out;
  }

  // The pages of a bucket that hold all terms.
  function holders(bucket, terms) {
    return load("t" + bucket).then(function (all) {
      return all.map(function (card) {
        var zones = card.slice(3).map(searched);
        var hits = terms.map(function (term) {
          return zones.map(function (zone) { return places(zone, term); });
        });
        return { url: card[0], label: card[1], weight: WEIGHTS[card[2]], title: card[3], zones: zones, hits: hits };
      }).filter(function (page) {
        return page.hits.every(function (hit) { return hit.some(function (zone) { return zone.length; }); });
      });
    });
  }

  function worth(page, terms) {
    var length = page.zones[2].text.length, score = 0;
    page.hits.forEach(function (hit, i) {
      var own = page.zones[0].text.length, asked = Array.from(terms[i]).length;
      if (hit[0].length) score += own === asked ? 90 : 40 + 20 * asked / own;
      score += Math.min(hit[1].length, 3) * 8;
      if (hit[2].length) score += 4 + 2 * Math.log(hit[2].length + 1) + Math.min(3, 300 * hit[2].length / length);
    });
    return score * page.weight * (terms.length > 1 && follow(terms, page.hits) ? 2 : 1);
  }

  // Whether the second term follows the first somewhere, as it was typed.
  function follow(terms, hits) {
    var length = Array.from(terms[0]).length;
    return hits[0].some(function (zone, i) {
      return zone.some(function (place) {
        return hits[1][i].some(function (next) { return next - place - length <= 1 && next >= place + length; });
      });
    });
  }

  // Hands the pages out that hold all terms, so many a turn, the best of a turn first. One more is
  // read than is asked for, so that whoever is told of more finds some.
  function reader(buckets, terms) {
    var read = [], at = 0;
    function more(count) {
      var missing = count - read.length;
      if (missing <= 0 || at >= buckets.length) return Promise.resolve();
      var next = buckets.slice(at, at + missing);
      at += next.length;
      return Promise.all(next.map(function (one) { return holders(one.bucket, terms); })).then(function (found) {
        found.forEach(function (pages) { read = read.concat(pages); });
        return more(count);
      });
    }
    return function (count) {
      return more(count + 1).then(function () {
        read.sort(function (a, b) { return worth(b, terms) - worth(a, terms) || (a.url < b.url ? -1 : 1); });
        var pages = read.splice(0, count);
        return { pages: pages, left: read.length + buckets.length - at, isSure: at >= buckets.length };
      });
    };
  }

  // The words around the first hit: in the text rather than in a heading.
  function context(page) {
    var spot = null;
    [2, 1].forEach(function (zone) {
      page.hits.forEach(function (hit) {
        if (!spot && hit[zone].length) spot = { zone: page.zones[zone], place: hit[zone][0] };
      });
    });
    spot = spot || { zone: page.zones[2], place: 0 };
    var shown = spot.zone.shown, at = spot.zone.at[spot.place], from = at, to = at;
    if (!shown.length) return "";
    while (from > 0 && at - from < LEFT && shown[from - 1] !== "\n") from -= 1;
    while (to < shown.length && to - at < RIGHT) to += 1;
    var begins = from === 0 || shown[from - 1] === "\n" ? "" : "…";
    var goes = to < shown.length ? "…" : "";
    return begins + shown.slice(from, to).join("").replace(/[\t\n]+/g, " ").trim() + goes;
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

  function pageEntry(page, terms) {
    var entry = element("li", "found"), words = context(page);
    var head = element("h3", "found-title", entry);
    var link = element("a", "", head);
    link.href = address(page.url);
    mark(link, page.title.replace(/\t/g, " "), terms);
    if (page.label) element("span", "found-label", head).textContent = page.label;
    if (words) mark(element("p", "found-words", entry), words, terms);
    return entry;
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
    var entry = element("li", "found-thing");
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
  function showPages(next, terms, own, had) {
    return next(SHOWN).then(function (found) {
      if (own !== turn) return;
      if (!had) pages.textContent = "";
      found.pages.forEach(function (page) { pages.appendChild(pageEntry(page, terms)); });
      pages.parentNode.hidden = !pages.children.length;
      more.hidden = found.left <= 0;
      more.textContent = greenboardCount(found.isSure ? words.morePages : words.moreAbout, found.left);
      more.onclick = function () {
        var first = pages.children.length;
        showPages(next, terms, own, first).then(function () {
          var entry = pages.children[first];
          if (entry) entry.querySelector("a").focus();
        });
      };
      return found;
    });
  }

  function say(found, thingCount, text) {
    var said = [], pageCount = found.pages.length + found.left;
    if (thingCount) said.push(greenboardCount(words.thingCount, thingCount));
    if (pageCount) said.push(greenboardCount(found.isSure ? words.pageCount : words.pageAbout, pageCount));
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
      without.hidden = true;
      showThings(found[1], terms, text);
      return showPages(reader(promising(found[0]), terms), terms, own, 0).then(function (shown) {
        if (own === turn) say(shown, found[1].length, text);
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
