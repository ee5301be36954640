// The smoke test in Firefox ESR: pages show their text, narrow, sort, and run without errors. Run by firefox.py.
import { createRequire } from "node:module";

const [tools, executablePath, home, ...pages] = process.argv.slice(2);
const puppeteer = createRequire(`${tools}/`)("puppeteer-core");
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const failures = [];
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => failures.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(home) && !request.url().startsWith("data:")) failures.push(`asks ${request.url()}`);
  });
  await page.setViewport({ width: 390, height: 844 });
  for (const address of pages) {
    await page.goto(home + address);
    const seen = await page.evaluate(() => ({
      heading: document.querySelector("h1")?.textContent ?? "",
      wide: document.documentElement.scrollWidth > innerWidth,
      marks: document.querySelectorAll("time[data-end] + .pl-passed").length,
      times: document.querySelectorAll("time[data-end]").length,
    }));
    if (!seen.heading) failures.push(`${address}: no heading`);
    if (seen.wide) failures.push(`${address}: wider than the screen`);
    if (seen.marks > seen.times) failures.push(`${address}: more marks than deadlines`);
  }
  await page.goto(`${home}measures/?target=yes`);
  const counts = await page.evaluate(() => [document.querySelectorAll("tr[data-id]:not([hidden])").length, document.querySelectorAll("tr[data-target=yes]").length]);
  if (counts[0] !== counts[1] || !counts[0]) failures.push(`measures: ${counts}`);
  console.log(JSON.stringify({ version: await browser.version(), pages: pages.length, failures }));
} finally {
  await browser.close();
}
