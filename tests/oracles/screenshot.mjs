// A picture of a page as Chromium shows it.
//
// Usage: node screenshot.mjs URL|FILE OUT.png [WIDTH=1280] [light|dark] [full|view]
// `full` is the whole page, `view` only the first screen.
import { addresses, fail, launch } from './browser.mjs';

const [source, out, width = '1280', colorScheme = 'light', extent = 'full'] = process.argv.slice(2);
if (!source || !out || !Number(width) || !['light', 'dark'].includes(colorScheme) || !['full', 'view'].includes(extent)) {
  fail('usage: node screenshot.mjs URL|FILE OUT.png [WIDTH=1280] [light|dark] [full|view]');
}
const browser = await launch();
try {
  const context = await browser.newContext({
    viewport: { width: Number(width), height: Number(width) < 700 ? 812 : 800 },
    colorScheme,
    reducedMotion: 'reduce',
    locale: 'zh-CN',
  });
  const page = await context.newPage();
  await page.goto(addresses([source])[0], { waitUntil: 'load' });
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  // Pictures that wait until they are scrolled to must be there too.
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
      scrollTo(0, y);
      await new Promise(requestAnimationFrame);
    }
    scrollTo(0, 0);
    // One that is not shown is never fetched.
    const shown = [...document.images].filter((image) => image.getClientRects().length);
    await Promise.all(shown.map((image) => image.decode().catch(() => {})));
  });
  await page.screenshot({ path: out, fullPage: extent === 'full', animations: 'disabled' });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  console.log(`${out}: ${width} px wide, page ${height} px high, ${colorScheme}`);
} catch (error) {
  console.error(`${source}: ${error.message.split('\n')[0]}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
