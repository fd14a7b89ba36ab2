// The full-screen page of a screen: one slide after the other, those whose days it is, while the
// screen is lit. New slides are asked for as a script, which works from a disk and from a host;
// a worker keeps everything for times without network, where the browser allows one.
(function () {
  "use strict";
  var screen = document.querySelector(".screen");
  var list = screen.querySelector(".slides");
  var pause = screen.querySelector("[data-pause]");
  var save = screen.querySelector("[data-save]");
  var ASK = 5 * 60 * 1000;
  var state = {
    version: screen.dataset.version,
    seconds: Number(screen.dataset.seconds) || 12,
    timezone: screen.dataset.timezone,
    on: screen.dataset.on === undefined ? null : Number(screen.dataset.on),
    off: screen.dataset.off === undefined ? null : Number(screen.dataset.off),
    at: -1,
    paused: false
  };
  var timer = null;

  // The day and the minute of the day where the screen stands.
  function now() {
    var date = new Date();
    try {
      var parts = date.toLocaleString("en-CA", { timeZone: state.timezone, hour12: false, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).match(/\d+/g);
      return { day: parts.slice(0, 3).join("-"), minute: (parts[3] % 24) * 60 + Number(parts[4]) };
    } catch (error) {
      var two = function (n) { return (n < 10 ? "0" : "") + n; };
      return { day: date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate()), minute: date.getHours() * 60 + date.getMinutes() };
    }
  }

  function isLit(minute) {
    if (state.on === null) return true;
    return state.on < state.off ? state.on <= minute && minute < state.off : minute >= state.on || minute < state.off;
  }

  function due() {
    var time = now();
    if (!isLit(time.minute)) return [];
    return Array.prototype.filter.call(list.children, function (slide) {
      return slide.dataset.from <= time.day && time.day <= slide.dataset.to;
    });
  }

  // What was shown, by day and title, for those who ask for proof: kept here for two months, and
  // saved as a table that `greenboard post` takes.
  var RECORD = "greenboard-played " + location.pathname;
  var KEPT_DAYS = 62;

  function record() {
    try { return JSON.parse(localStorage.getItem(RECORD)) || {}; } catch (error) { return {}; }
  }

  function remember(slide) {
    var days = record(), day = now().day, title = slide.querySelector("img").alt;
    days[day] = days[day] || {};
    days[day][title] = (days[day][title] || 0) + 1;
    Object.keys(days).sort().slice(0, -KEPT_DAYS).forEach(function (old) { delete days[old]; });
    try { localStorage.setItem(RECORD, JSON.stringify(days)); } catch (error) { /* No room, no record. */ }
  }

  function saved() {
    var days = record(), lines = ["日期,节目名称,播放次数"];
    Object.keys(days).sort().forEach(function (day) {
      Object.keys(days[day]).forEach(function (title) {
        lines.push([day, '"' + title.replace(/"/g, "”") + '"', days[day][title]].join(","));
      });
    });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\n") + "\n"], { type: "text/csv" }));
    link.download = save.dataset.name + " " + now().day + ".csv";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  // Shows the next slide of those due; black or the name of the site where there is none.
  function next() {
    var slides = due();
    state.at = slides.length ? (state.at + 1) % slides.length : -1;
    var shown = slides[state.at] || null;
    Array.prototype.forEach.call(list.children, function (slide) {
      slide.classList.toggle("is-shown", slide === shown);
    });
    if (shown) remember(shown);
    screen.classList.toggle("is-idle", !shown);
    screen.classList.toggle("is-dark", !isLit(now().minute));
  }

  // A picture of many words stands longer.
  function run() {
    clearTimeout(timer);
    var shown = list.querySelector(".is-shown");
    var seconds = shown && Number(shown.dataset.seconds) || state.seconds;
    timer = state.paused ? null : setTimeout(function () { next(); run(); }, seconds * 1000);
  }

  function loaded(slide) {
    return new Promise(function (resolve) {
      var image = new Image();
      image.onload = function () { resolve(true); };
      image.onerror = function () { resolve(false); };
      image.src = slide.src;
    });
  }

  function item(slide, words) {
    var entry = document.createElement("li");
    entry.className = "slide";
    entry.dataset.from = slide.from;
    entry.dataset.to = slide.to;
    if (slide.seconds) entry.dataset.seconds = slide.seconds;
    var image = document.createElement("img");
    image.src = slide.src;
    image.alt = words;
    image.width = slide.width;
    image.height = slide.height;
    entry.appendChild(image);
    return entry;
  }

  // Called by slides.js. Old slides stay until all new pictures are there.
  window.greenboardSlides = function (news) {
    if (news.version === state.version) return;
    Promise.all(news.slides.map(loaded)).then(function (there) {
      if (there.indexOf(false) >= 0) return;
      list.textContent = "";
      news.slides.forEach(function (slide) { list.appendChild(item(slide, slide.title)); });
      state.version = news.version;
      state.seconds = news.seconds;
      state.timezone = news.timezone;
      state.on = news.hours ? news.hours[0] : null;
      state.off = news.hours ? news.hours[1] : null;
      state.at = -1;
      next();
      run();
      keep();
    });
  };

  function ask() {
    var script = document.createElement("script");
    script.src = "slides.js?" + Date.now();
    script.onload = script.onerror = function () { script.remove(); };
    document.head.appendChild(script);
  }

  // Tells the worker what this page is made of.
  function keep() {
    if (!("serviceWorker" in navigator) || location.protocol === "file:") return;
    navigator.serviceWorker.ready.then(function (registration) {
      var parts = [location.href.split("#")[0], new URL("slides.js", location.href).href];
      document.querySelectorAll("link[rel=stylesheet], link[rel=icon]").forEach(function (link) { parts.push(link.href); });
      document.querySelectorAll("script[src]").forEach(function (script) {
        if (script.src.indexOf("slides.js") < 0) parts.push(script.src);
      });
      document.querySelectorAll(".slides img").forEach(function (image) { parts.push(image.src); });
      registration.active.postMessage({ keep: parts });
    });
  }

  if (pause) {
    var words = pause.textContent;
    pause.hidden = false;
    pause.addEventListener("click", function () {
      state.paused = !state.paused;
      pause.setAttribute("aria-pressed", String(state.paused));
      pause.textContent = state.paused ? pause.dataset.run : words;
      run();
    });
  }

  if (save) {
    save.hidden = false;
    save.addEventListener("click", saved);
  }

  if ("serviceWorker" in navigator && location.protocol !== "file:") {
    navigator.serviceWorker.register("worker.js").then(keep, function () {});
  }
  screen.classList.add("is-running");
  next();
  run();
  ask();
  setInterval(ask, ASK);
  window.addEventListener("online", ask);
})();
