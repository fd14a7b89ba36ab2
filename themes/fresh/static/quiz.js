// The quiz: ten of the page's questions each turn, one at a time. Answers are buttons, so that
// Tab, Enter and the keys 1 to 4 do; nothing is fetched, so that it works without a network.
(function () {
  "use strict";
  var quiz = document.querySelector("[data-quiz]");
  if (!quiz) return;
  var list = document.querySelector("[data-questions]");
  var questions = Array.from(list.querySelectorAll("details"));
  var words = quiz.dataset;
  var part = function (name) { return quiz.querySelector("[data-" + name + "]"); };
  var buttons = Array.from(quiz.querySelectorAll("[data-bin]"));
  var TURN = Math.min(10, questions.length);
  var asked = [], at = 0, right = 0, answered = false;

  // Ten different ones, by chance.
  function draw() {
    var left = questions.slice(), drawn = [];
    while (drawn.length < TURN) drawn.push(left.splice(Math.floor(Math.random() * left.length), 1)[0]);
    return drawn;
  }

  function begin() {
    asked = draw();
    at = 0;
    right = 0;
    part("round").hidden = false;
    part("result").hidden = true;
    part("missed").textContent = "";
    ask();
  }

  function ask() {
    answered = false;
    part("progress").textContent = words.sayProgress.replace("{n}", at + 1).replace("{all}", TURN);
    part("name").textContent = asked[at].dataset.name;
    part("answer").hidden = true;
    buttons.forEach(function (button) {
      button.disabled = false;
      button.classList.remove("is-right", "is-wrong");
      button.querySelector("[data-said]").textContent = "";
    });
  }

  function answer(button) {
    if (answered) return;
    answered = true;
    var question = asked[at], fits = button.dataset.bin === question.dataset.bin;
    if (fits) right += 1;
    else part("missed").appendChild(missed(question));
    buttons.forEach(function (other) {
      other.disabled = true;
      var is = other.dataset.bin === question.dataset.bin ? "is-right" : other === button ? "is-wrong" : "";
      if (!is) return;
      other.classList.add(is);
      other.querySelector("[data-said]").textContent = is === "is-right" ? words.sayIsRight : words.sayIsWrong;
    });
    part("verdict").textContent = fits ? words.sayRight : words.sayWrong.replace("{bin}", question.dataset.binName);
    part("why").textContent = "";
    Array.from(question.querySelectorAll("p:not(.quiz-bin)")).forEach(function (line) {
      part("why").appendChild(line.cloneNode(true));
    });
    part("answer").hidden = false;
    part("next").textContent = at + 1 < TURN ? words.sayNext : words.sayFinish;
    part("next").focus();
  }

  // A line of the result: the thing, leading to the guide, and its bin.
  function missed(question) {
    var line = document.createElement("li");
    line.appendChild(question.querySelector("[data-guide]").cloneNode(true));
    line.firstChild.textContent = question.dataset.name;
    line.firstChild.removeAttribute("aria-label");
    line.appendChild(document.createTextNode(" "));
    line.appendChild(question.querySelector(".mark").cloneNode(true));
    return line;
  }

  function step() {
    at += 1;
    if (at < TURN) { ask(); buttons[0].focus(); return; }
    part("round").hidden = true;
    part("result").hidden = false;
    part("score").textContent = words.sayScore.replace("{n}", right).replace("{all}", TURN);
    part("missed-title").hidden = right === TURN;
    part("score").focus();
  }

  buttons.forEach(function (button) {
    button.addEventListener("click", function () { answer(button); });
  });
  part("next").addEventListener("click", step);
  part("again").addEventListener("click", function () { begin(); buttons[0].focus(); });
  document.addEventListener("keydown", function (event) {
    var button = buttons[Number(event.key) - 1];
    if (!button || answered || part("round").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    button.focus();
    answer(button);
  });

  quiz.hidden = false;
  list.hidden = true;
  begin();
})();
