// Copies the article as HTML and as plain words. The editor fetches no pictures from this folder:
// where one stands, the copy says which file goes there.
const button = document.getElementById('copy');
const article = document.getElementById('js_content');
const label = button.textContent;

function html() {
  const copy = article.cloneNode(true);
  copy.querySelectorAll('img').forEach((img, at) => {
    const words = button.dataset.picture.replace('{n}', at + 1) + img.alt;
    const place = document.createElement('span');
    place.setAttribute('style', 'color:#B9461F;font-weight:bold;');
    place.textContent = words;
    img.replaceWith(place);
  });
  return copy.innerHTML.trim();
}

function words() {
  const holder = document.createElement('div');
  holder.innerHTML = html();
  // Laid out, so that paragraphs become lines.
  holder.setAttribute('style', 'position:absolute;left:-9999px;width:677px');
  document.body.append(holder);
  const text = holder.innerText.trim();
  holder.remove();
  return text;
}

// For browsers and addresses without the newer way.
function copyByEvent(types) {
  let done = false;
  const fill = event => {
    for (const [type, text] of Object.entries(types)) event.clipboardData.setData(type, text);
    event.preventDefault();
    done = true;
  };
  document.addEventListener('copy', fill);
  document.execCommand('copy');
  document.removeEventListener('copy', fill);
  return done;
}

async function copy(types) {
  try {
    const items = {};
    for (const [type, text] of Object.entries(types)) items[type] = new Blob([text], { type });
    await navigator.clipboard.write([new ClipboardItem(items)]);
    return true;
  } catch {
    return copyByEvent(types);
  }
}

function say(element, text, back) {
  element.textContent = text;
  setTimeout(() => { element.textContent = back; }, 3000);
}

button.addEventListener('click', async () => {
  const done = await copy({ 'text/html': html(), 'text/plain': words() });
  say(button, done ? button.dataset.done : button.dataset.failed, label);
});

for (const one of document.querySelectorAll('[data-copy-field]')) {
  const back = one.textContent;
  one.addEventListener('click', async () => {
    const text = one.parentElement.querySelector('[data-field]').textContent;
    const done = await copy({ 'text/plain': text });
    say(one, done ? button.dataset.done : button.dataset.failed, back);
  });
}
