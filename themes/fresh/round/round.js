// The page that goes round: what was taken down and hung, window by window, with photos, kept on
// the phone until it is sent. Nothing is asked of the network; what is sent is one file, or words
// that fit into a message.
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var words = data.words;
  var main = document.getElementById("round");
  var LONG = 1280;
  var NAME = "greenboard-round-" + data.site + "-" + data.day;
  var state = { id: random(), n: 0, by: "", on: "", said: {}, photos: [] };

  function random() {
    var bytes = new Uint8Array(6);
    (window.crypto || window.msCrypto).getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, key) { return key in values ? values[key] : whole; });
  }

  function today() {
    var now = new Date();
    var two = function (n) { return (n < 10 ? "0" : "") + n; };
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }

  function clock(time) {
    var two = function (n) { return (n < 10 ? "0" : "") + n; };
    return time.getFullYear() + "-" + two(time.getMonth() + 1) + "-" + two(time.getDate()) + "T" + two(time.getHours()) + ":" + two(time.getMinutes()) + ":" + two(time.getSeconds());
  }

  // Makes an element with its attributes; what begins with "on" is listened to.
  function make(name, attributes, children) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      var value = attributes[key];
      if (value === null || value === undefined || value === false) return;
      if (key.slice(0, 2) === "on") element.addEventListener(key.slice(2), value);
      else if (key === "text") element.textContent = value;
      else element.setAttribute(key, value === true ? "" : value);
    });
    (children || []).forEach(function (child) { if (child) element.appendChild(child); });
    return element;
  }

  // What is kept, for a page that is closed on the way: a database, or nothing where there is none.
  var store = { open: null };
  function kept(mode, work) {
    if (!window.indexedDB) return Promise.resolve(null);
    store.open = store.open || new Promise(function (resolve, reject) {
      var request = indexedDB.open("greenboard", 1);
      request.onupgradeneeded = function () { request.result.createObjectStore("rounds"); };
      request.onsuccess = function () { resolve(request.result); };
      request.onerror = function () { reject(request.error); };
    });
    return store.open.then(function (database) {
      return new Promise(function (resolve, reject) {
        var request = work(database.transaction("rounds", mode).objectStore("rounds"));
        request.onsuccess = function () { resolve(request.result); };
        request.onerror = function () { reject(request.error); };
      });
    }).catch(function () { return null; });
  }
  function put(value, name) { return kept("readwrite", function (rounds) { return rounds.put(JSON.stringify(value), name); }); }
  function get(name) { return kept("readonly", function (rounds) { return rounds.get(name); }); }
  function save() { return put({ id: state.id, n: state.n, by: state.by, on: state.on, said: state.said }, NAME); }
  function savePhotos() { return put(state.photos, NAME + "/photos"); }

  // What is said of one job: a board, a slot of it, one of its places.
  function key(board, slot, place, job) { return [board.id, slot, place.id, job].join("\n"); }
  function said(board, slot, place, job) { return state.said[key(board, slot, place, job)]; }
  function say(board, slot, place, job, answer) {
    if (answer === null) delete state.said[key(board, slot, place, job)];
    else state.said[key(board, slot, place, job)] = answer;
  }

  function jobs(board) {
    var all = [];
    board.slots.forEach(function (slot) {
      if (slot.down) all.push({ slot: slot, job: "down", title: slot.down.title, key: slot.down.key });
      if (slot.up) all.push({ slot: slot, job: "up", title: slot.up.title, key: slot.up.key });
    });
    return all;
  }

  function isAll(board, place) {
    return jobs(board).every(function (job) { return said(board, job.slot.slot, place, job.job) === "yes"; });
  }
  function isAnswered(board, place) {
    return jobs(board).every(function (job) { return said(board, job.slot.slot, place, job.job); });
  }
  function isMixed(board, place) {
    var bad = function (job) { var it = said(board, job.slot.slot, place, job.job); return it && it !== "yes"; };
    return jobs(board).some(bad) || board.stays.some(function (slot) { return said(board, slot.slot, place, "stays"); });
  }
  // Whether all that was to go up hangs; where nothing was, whether all came down.
  function isHung(board, place) {
    var ups = jobs(board).filter(function (job) { return job.job === "up"; });
    return (ups.length ? ups : jobs(board)).every(function (job) { return said(board, job.slot.slot, place, job.job) === "yes"; });
  }
  function stops() {
    var all = [];
    data.boards.forEach(function (board) { board.places.forEach(function (place) { all.push({ board: board, place: place }); }); });
    return all;
  }

  // Shrinks a photo to what a book needs and puts it among the others.
  function shrink(file) {
    return new Promise(function (resolve, reject) {
      var reader = new FileReader();
      reader.onerror = reject;
      reader.onload = function () {
        var image = new Image();
        image.onerror = reject;
        image.onload = function () {
          var scale = Math.min(1, LONG / Math.max(image.naturalWidth, image.naturalHeight));
          var canvas = document.createElement("canvas");
          canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
          canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
          var pen = canvas.getContext("2d");
          pen.fillStyle = "#fff";
          pen.fillRect(0, 0, canvas.width, canvas.height);
          pen.drawImage(image, 0, 0, canvas.width, canvas.height);
          resolve(canvas.toDataURL("image/jpeg", 0.72));
        };
        image.src = reader.result;
      };
      reader.readAsDataURL(file);
    });
  }

  function photograph(board, place, input, told) {
    var files = Array.prototype.slice.call(input.files);
    input.value = "";
    return files.reduce(function (before, file) {
      return before.then(function () { return shrink(file); }).then(function (jpeg) {
        var taken = file.lastModified ? new Date(file.lastModified) : new Date();
        state.photos.push({ board: board.id, place: place.id, taken: clock(taken), jpeg: jpeg });
      }).catch(function () { told.textContent = fill(words.no_photo, { name: file.name }); told.hidden = false; });
    }, Promise.resolve()).then(savePhotos);
  }

  function shots(board, place, draw) {
    var mine = state.photos.filter(function (photo) { return photo.board === board.id && photo.place === place.id; });
    return make("ul", { "class": "shots", hidden: !mine.length }, mine.map(function (photo, at) {
      return make("li", {}, [
        make("img", { src: photo.jpeg, alt: fill(words.photo_of, { n: at + 1, place: place.title }) }),
        make("button", { type: "button", "aria-label": fill(words.drop_photo, { n: at + 1 }), text: "×", onclick: function () {
          state.photos.splice(state.photos.indexOf(photo), 1);
          savePhotos().then(function () { draw(); });
        } })
      ]);
    }));
  }

  // A choice of one among several answers to one job.
  function choice(board, place, slot, job, title, answers, draw) {
    return make("fieldset", {}, [
      make("legend", { text: title }),
      make("div", { "class": "choices" }, answers.map(function (answer) {
        var isChosen = (said(board, slot, place, job) || null) === answer.value;
        return make("button", { type: "button", "class": answer.value === "yes" || answer.value === null ? "" : "bad", "aria-pressed": String(isChosen), text: answer.text, onclick: function () {
          say(board, slot, place, job, answer.value);
          save();
          draw(true);
        } });
      }))
    ]);
  }

  function reasons(first) {
    return [first].concat(data.reasons.map(function (reason) { return { value: reason, text: words.reasons[reason] }; }));
  }

  function differences(board, place, draw) {
    var rows = jobs(board).map(function (job) {
      var title = fill(job.job === "up" ? words.legend_up : words.legend_down, { slot: job.slot.name, title: job.title });
      var answers = job.job === "up" ? reasons({ value: "yes", text: words.hung })
        : [{ value: "yes", text: words.taken }, { value: "torn", text: words.torn }, { value: "gone", text: words.gone }];
      return choice(board, place, job.slot.slot, job.job, title, answers, draw);
    });
    board.stays.forEach(function (slot) {
      var title = fill(words.legend_stays, { slot: slot.name, title: slot.title });
      rows.push(choice(board, place, slot.slot, "stays", title, [{ value: null, text: words.whole }, { value: "torn", text: words.torn }, { value: "gone", text: words.gone }], draw));
    });
    return make("div", { "class": "differs" }, rows);
  }

  function stop(board, place) {
    var card = make("article", { "class": "stop", "data-place": place.id });
    var isOpen = false;
    function draw(focus) {
      var all = isAll(board, place);
      var mixed = isMixed(board, place);
      var at = focus && document.activeElement && card.contains(document.activeElement) ? document.activeElement.textContent : null;
      isOpen = isOpen || mixed;
      card.className = "stop" + (mixed ? " is-mixed" : all ? " is-done" : "");
      card.textContent = "";
      if (board.several) card.appendChild(make("h3", { text: place.title }));
      var told = make("p", { "class": "warn", role: "alert", hidden: true });
      var input = make("input", { type: "file", accept: "image/*", capture: "environment", "aria-label": fill(words.photo_at, { place: place.title }), onchange: function () {
        photograph(board, place, input, told).then(function () { var bad = told.textContent; draw(); if (bad) { card.appendChild(make("p", { "class": "warn", role: "alert", text: bad })); } });
      } });
      card.appendChild(make("div", { "class": "row" }, [
        make("button", { type: "button", "class": "all", "aria-pressed": String(all), text: all ? words.all_done : words.all, onclick: function () {
          jobs(board).forEach(function (job) { say(board, job.slot.slot, place, job.job, all ? null : "yes"); });
          if (!state.on) state.on = today();
          isOpen = false;
          save();
          draw(true);
        } }),
        make("span", { "class": "photo" }, [make("span", { text: words.photo }), input]),
        make("button", { type: "button", "class": "quiet", "aria-expanded": String(isOpen), text: words.differs, onclick: function () { isOpen = !isOpen; draw(true); } })
      ]));
      // The whole field is the target.
      var field = card.querySelector(".photo");
      field.addEventListener("click", function (event) { if (event.target !== input) input.click(); });
      if (isOpen) card.appendChild(differences(board, place, draw));
      card.appendChild(shots(board, place, draw));
      card.appendChild(told);
      if (at) {
        var same = Array.prototype.filter.call(card.querySelectorAll("button"), function (button) { return button.textContent === at; });
        (same[0] || card.querySelector("button")).focus();
      }
      progress();
    }
    draw();
    return card;
  }

  function job(slot) {
    var rows = [];
    var row = function (word, sheet, kind) {
      return make("p", { "class": "way" }, [make("span", { "class": "word", text: word }), make("span", {}, [
        make("span", { "class": kind, text: sheet.title }),
        sheet.way ? make("span", { "class": "whence", text: sheet.way }) : null
      ])]);
    };
    if (slot.down) rows.push(row(words.down, slot.down, "old"));
    if (slot.up) rows.push(row(words.up, slot.up, "new"));
    return make("li", {}, [make("p", { "class": "slot", text: slot.name })].concat(rows));
  }

  function section(board) {
    return make("section", { "class": "board", id: board.id }, [
      make("h2", { text: board.title }),
      make("p", { "class": "where", text: board.place }),
      make("ul", { "class": "jobs" }, board.slots.map(job))
    ].concat(board.places.map(function (place) { return stop(board, place); })));
  }

  function progress() {
    var all = stops();
    var done = all.filter(function (it) { return isAnswered(it.board, it.place); }).length;
    document.getElementById("done").textContent = fill(words.done, { n: done, of: all.length });
  }

  // What is sent, by board and slot; a slot of which nothing is said is left out.
  function body(withPhotos) {
    var boards = [];
    data.boards.forEach(function (board) {
      var slots = [];
      board.slots.concat(board.stays).forEach(function (slot) {
        ["down", "up", "stays"].forEach(function (kind) {
          var answers = {};
          board.places.forEach(function (place) {
            var answer = said(board, slot.slot, place, kind);
            if (answer) (answers[answer] = answers[answer] || []).push(place.id);
          });
          var sheet = kind === "stays" ? slot : slot[kind];
          if (sheet && Object.keys(answers).length) slots.push({ slot: slot.slot, job: kind, key: sheet.key, said: answers });
        });
      });
      var photos = state.photos.filter(function (photo) { return photo.board === board.id; });
      if (!slots.length && !photos.length) return;
      var told = { board: board.id, slots: slots };
      if (withPhotos) told.photos = photos.map(function (photo) { return { place: photo.place, taken: photo.taken, jpeg: photo.jpeg.slice(photo.jpeg.indexOf(",") + 1) }; });
      boards.push(told);
    });
    return { site: data.site, day: data.day, on: state.on || today(), id: state.id + "-" + state.n, by: state.by, boards: boards };
  }

  var table = null;
  function crc(bytes) {
    if (!table) {
      table = [];
      for (var n = 0; n < 256; n += 1) {
        var c = n;
        for (var bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xEDB88320 ^ (c >>> 1) : c >>> 1;
        table.push(c >>> 0);
      }
    }
    var sum = 0xFFFFFFFF;
    for (var at = 0; at < bytes.length; at += 1) sum = table[(sum ^ bytes[at]) & 255] ^ (sum >>> 8);
    return ("0000000" + ((sum ^ 0xFFFFFFFF) >>> 0).toString(16)).slice(-8);
  }

  // The head names what it is and how to find out whether it came whole.
  function sealed(json, isMessage) {
    var bytes = new TextEncoder().encode(json);
    var text = json;
    if (isMessage) {
      var binary = "";
      for (var at = 0; at < bytes.length; at += 1) binary += String.fromCharCode(bytes[at]);
      text = btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    }
    return "greenboard-round 1 " + crc(bytes) + (isMessage ? " " : "\n") + text + (isMessage ? "." : "\n");
  }

  function summary() {
    return data.boards.map(function (board) {
      var done = board.places.filter(function (place) { return isHung(board, place); }).length;
      var lines = [];
      if (done) lines.push(board.several ? fill(words.sum_done, { n: done, of: board.places.length }) : words.sum_one);
      board.places.forEach(function (place) {
        var where = board.several ? place.title : "";
        jobs(board).concat(board.stays.map(function (slot) { return { slot: slot, job: "stays", title: slot.title }; })).forEach(function (job) {
          var answer = said(board, job.slot.slot, place, job.job);
          if (!answer || answer === "yes") return;
          var what = job.job === "up" ? words.sum_not : answer === "torn" ? words.sum_torn : words.sum_gone;
          lines.push(fill(what, { where: where, slot: job.slot.name, title: job.title, why: words.reasons[answer] || "" }));
        });
      });
      return lines.length ? board.title + words.colon + lines.join(words.semicolon) : null;
    }).filter(Boolean);
  }

  function end() {
    var box = make("section", { "class": "end", id: "end" });
    var told = make("p", { "class": "told", role: "status" });
    var name = make("input", { type: "text", autocomplete: "name", value: state.by, oninput: function () { state.by = name.value.trim(); told.textContent = ""; save(); } });
    var on = make("input", { type: "date", value: state.on || today(), onchange: function () { state.on = on.value; save(); } });
    var text = make("textarea", { readonly: true, hidden: true, "aria-label": words.message });

    function ready() {
      told.textContent = "";
      if (!state.by) { told.textContent = words.need_name; name.focus(); return false; }
      if (!body(false).boards.length) { told.textContent = words.nothing; return false; }
      state.on = on.value || today();
      state.n += 1;
      save();
      return true;
    }
    function open() {
      var left = stops().filter(function (it) { return !isAnswered(it.board, it.place); });
      return left.length ? " " + fill(words.left, { n: left.length }) : "";
    }
    function file() {
      if (!ready()) return;
      var content = sealed(JSON.stringify(body(true)), false);
      var called = fill(words.file, { day: data.day, by: state.by }) + ".txt";
      var blob = new Blob([content], { type: "text/plain" });
      var shared = null;
      try { shared = new File([blob], called, { type: "text/plain" }); } catch (error) { shared = null; }
      if (shared && navigator.canShare && navigator.canShare({ files: [shared] })) {
        navigator.share({ files: [shared] }).then(function () { told.textContent = words.sent + open(); }, function () { download(blob, called); });
      } else download(blob, called);
    }
    function download(blob, called) {
      var link = make("a", { href: URL.createObjectURL(blob), download: called });
      document.body.appendChild(link);
      link.click();
      link.remove();
      told.textContent = fill(words.saved, { file: called }) + open();
    }
    function message() {
      if (!ready()) return;
      text.value = fill(words.message_head, { day: data.day, by: state.by }) + "\n" + summary().join("\n") + "\n" + sealed(JSON.stringify(body(false)), true);
      text.hidden = false;
      text.focus();
      text.select();
      var copied = function () { told.textContent = words.copied + (state.photos.length ? " " + words.photos_apart : "") + open(); };
      var byHand = function () { told.textContent = document.execCommand("copy") ? words.copied : words.copy_by_hand; };
      if (navigator.clipboard) navigator.clipboard.writeText(text.value).then(copied, byHand);
      else byHand();
    }
    box.appendChild(make("h2", { text: words.end }));
    box.appendChild(make("label", { "class": "field", text: words.name }, [name]));
    box.appendChild(make("label", { "class": "field", text: words.on }, [on]));
    box.appendChild(make("button", { type: "button", "class": "main", id: "file", text: words.send, onclick: file }));
    box.appendChild(make("button", { type: "button", "class": "second", id: "message", text: words.copy, onclick: message }));
    if (/MicroMessenger/i.test(navigator.userAgent)) box.appendChild(make("p", { "class": "warn", text: words.wechat }));
    box.appendChild(told);
    box.appendChild(text);
    box.appendChild(make("p", { "class": "soft told", text: words.kept }));
    return box;
  }

  Promise.all([get(NAME), get(NAME + "/photos")]).then(function (texts) {
    try {
      if (texts[0]) state = JSON.parse(texts[0]);
      state.photos = texts[1] ? JSON.parse(texts[1]) : [];
    } catch (error) { state.photos = state.photos || []; }
    main.textContent = "";
    data.boards.forEach(function (board) { main.appendChild(section(board)); });
    main.appendChild(end());
    progress();
    if (location.hash) {
      var here = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (here) here.scrollIntoView();
    }
  });

  // Where the page came from a host, a worker keeps it for the way.
  if (location.protocol.indexOf("http") === 0 && navigator.serviceWorker) {
    navigator.serviceWorker.register("../worker.js").then(function () {
      return caches.open("greenboard-round");
    }).then(function (cache) { return cache.add(location.href.split("#")[0]); }).catch(function () {});
  }
})();
