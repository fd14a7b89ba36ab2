// The elder-friendly switch, in a real browser, from the disk: reached and turned by keyboard,
// remembered on the next page before it is painted, still when it is on, absent without scripts.
//
// Usage: node elder.mjs FIRST.html SECOND.html
// Prints one line a fault; exit 1 if there is any.
import { addresses, fail, launch } from './browser.mjs';

const [first, second] = addresses(process.argv.slice(2));
if (!second) fail('usage: node elder.mjs FIRST.html SECOND.html');
const faults = [];
const browser = await launch();

async function state(page) {
  return page.evaluate(() => {
    const button = document.querySelector('[data-elder]');
    const root = document.documentElement;
    return {
      shown: button.getClientRects().length > 0,
      pressed: button.getAttribute('aria-pressed'),
      size: parseFloat(getComputedStyle(root).fontSize),
      link: getComputedStyle(root).getPropertyValue('--color-link'),
    };
  });
}

function expect(holds, what, found) {
  if (!holds) faults.push(`${what}: ${JSON.stringify(found)}`);
}

{
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(first);
  const before = await state(page);
  expect(before.shown && before.pressed === 'false', 'the switch stands there, off', before);
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.matches('[data-elder]'))) break;
  }
  await page.keyboard.press('Space');
  const on = await state(page);
  expect(on.pressed === 'true' && on.size >= before.size * 1.2, 'Tab and Space turn it on', on);
  expect(on.link !== before.link, 'colours are stronger', on);

  // The class must be there before anything of the body is.
  await page.addInitScript(() => {
    new MutationObserver((_, watch) => {
      if (!document.body) return;
      window.wasLarge = document.documentElement.classList.contains('is-elder');
      watch.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(second);
  const next = await state(page);
  expect(next.pressed === 'true' && next.size === on.size, 'the next page remembers', next);
  expect(await page.evaluate(() => window.wasLarge), 'it does so before it is painted', next);
  await page.focus('[data-elder]');
  await page.keyboard.press('Enter');
  const off = await state(page);
  expect(off.pressed === 'false' && off.size === before.size, 'Enter turns it off', off);
  await page.reload();
  expect((await state(page)).pressed === 'false', 'and that is remembered too', await state(page));
  await context.close();
}

// A browser that refuses to remember.
{
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });
  });
  await page.goto(first);
  await page.click('[data-elder]');
  expect((await state(page)).pressed === 'true', 'it works without a memory', await state(page));
  await context.close();
}

// Without scripts.
{
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(first);
  expect(await page.locator('[data-elder]').isHidden(), 'without scripts there is no switch', first);
  await context.close();
}

await browser.close();
for (const fault of faults) console.log(fault);
process.exit(faults.length ? 1 : 0);
