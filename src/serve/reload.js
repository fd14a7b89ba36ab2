// Reloads the page when the site was made anew, and shows what is wrong over it.
// Added to pages by the preview alone; never part of the website.
(() => {
  'use strict';
  const shown = JSON.parse(document.getElementById('greenboard-shown').textContent);
  const words = {
    'zh-CN': {
      title: (n) => `有 ${n} 处要改，先显示上一次的结果`,
      first: (n) => `有 ${n} 处要改`,
      close: '收起',
      severity: { error: '错误', warning: '警告', note: '提示' },
      hint: '提示：',
    },
    en: {
      title: (n) => `${n} to mend; this is the last good version`,
      first: (n) => `${n} to mend`,
      close: 'Close',
      severity: { error: 'Error', warning: 'Warning', note: 'Note' },
      hint: 'Hint: ',
    },
  }[shown.language];

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  const item = (problem) => {
    const li = element('li', `gb-${problem.severity}`);
    const what = element('p', 'gb-what');
    what.append(
      element('strong', '', `${words.severity[problem.severity]} ${problem.code}`),
      ` ${problem.message}`,
    );
    li.append(what);
    if (problem.file) {
      const place = [problem.file, problem.line, problem.column].filter(Boolean).join(':');
      li.append(element('p', 'gb-place', place));
    }
    for (const hint of problem.hints) li.append(element('p', 'gb-hint', words.hint + hint));
    return li;
  };

  const overlay = (problems) => {
    const style = element('link');
    style.rel = 'stylesheet';
    style.href = '/_greenboard/overlay.css';
    document.head.append(style);
    const box = element('section', '');
    box.id = 'greenboard-problems';
    box.lang = shown.language;
    box.setAttribute('role', 'alert');
    box.setAttribute('aria-labelledby', 'greenboard-problems-title');
    const heading = shown.site ? words.title : words.first;
    const title = element('h2', '', heading(problems.length));
    title.id = 'greenboard-problems-title';
    const close = element('button', '', words.close);
    close.type = 'button';
    close.addEventListener('click', () => box.remove());
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') box.remove();
    });
    const list = element('ol', '');
    // A long list scrolls, so it must be reachable by keyboard.
    list.tabIndex = 0;
    list.setAttribute('aria-labelledby', title.id);
    list.append(...problems.map(item));
    box.append(title, close, list);
    document.body.append(box);
  };

  if (shown.problems.length > 0) overlay(shown.problems);

  // The browser connects again by itself when the preview is started anew; the first event then
  // tells whether this page is still the one that is shown.
  const events = new EventSource('/_greenboard/events');
  events.addEventListener('shown', (event) => {
    if (event.data !== shown.version) {
      events.close();
      location.reload();
    }
  });
})();
