// Looks at pages in a real browser, as their readers do. Usage:
//   node look.mjs [--shots FOLDER] PAGE.html...
// Prints what was checked, one line each; exit code 1 where something is wrong.
import { readFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import puppeteer from "puppeteer-core";

const words = process.argv.slice(2);
const shots = words[0] === "--shots" ? words.splice(0, 2)[1] : null;
const axe = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const sizes = [["phone", 390, 844, "light"], ["tablet", 820, 1180, "dark"], ["desktop", 1280, 900, "light"]];

let checks = 0;
const wrong = [];
function check(name, is, detail = "") {
  checks += 1;
  if (!is) wrong.push(`${name}: ${detail}`);
}

const validator = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:document"],
  rules: {
    // Ids hold '=' so that addresses work without a script; long pages repeat role=group.
    "valid-id": "off", "no-inline-style": "error", "prefer-native-element": "off",
    // The printer leaves out nothing: every element is closed, attributes are quoted.
    "attribute-boolean-style": "off", "attribute-empty-style": "off", "long-title": "off",
    "no-raw-characters": "off", "require-sri": "off", "text-content": "off", "no-redundant-role": "off",
    // Roles and names are axe's to judge, which sees the page as rendered.
    "aria-label-misuse": "off", "no-trailing-whitespace": "off", "element-permitted-content": "error",
  },
});

async function html(file) {
  const report = await validator.validateFile(file);
  const found = report.results.flatMap((result) => result.messages);
  const shown = found.slice(0, 5).map((m) => `${m.ruleId} at ${m.line}:${m.column}: ${m.message}`);
  check(`${basename(file)}: valid HTML`, found.length === 0, `${found.length} findings; ${shown.join("; ")}`);
}

async function open(browser, file, hash, width, height, scheme) {
  const page = await browser.newPage();
  page.said = [];
  page.on("console", (message) => page.said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => page.said.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) page.said.push(`asks for ${request.url()}`);
  });
  await page.setViewport({ width, height, deviceScaleFactor: 1 });
  // Without transitions: a colour halfway to the next is not what is judged.
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.setBypassCSP(false);
  await page.goto(`${pathToFileURL(resolve(file))}${hash}`, { waitUntil: "load" });
  return page;
}

// axe cannot be injected under the page's policy, so it runs on a copy of the page without one.
async function accessible(browser, file, hash, width, height, scheme, name) {
  const page = await open(browser, file, hash, width, height, scheme);
  const session = await page.createCDPSession();
  const { executionContextId } = await session.send("Page.createIsolatedWorld", {
    frameId: (await session.send("Page.getFrameTree")).frameTree.frame.id,
  });
  const run = async (expression) => {
    const answer = await session.send("Runtime.evaluate", {
      expression, contextId: executionContextId, awaitPromise: true, returnByValue: true,
    });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description);
    return answer.result.value;
  };
  await run(axe);
  const found = await run(`axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
    .then((result) => result.violations.map((v) => v.id + " (" + v.nodes.length + "): "
      + v.nodes.slice(0, 2).map((n) => n.html.slice(0, 160) + " " + (n.any[0]?.message || "")).join(" | ")))`);
  check(`${name}: axe`, found.length === 0, found.join("\n    "));
  check(`${name}: nothing said`, page.said.length === 0, page.said.join("; "));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(`${name}: no sideways scrolling`, wide <= 0, `${wide} px`);
  const cut = await page.$$eval(".client.on .m circle", (marks) => marks.filter((mark) => {
    const [box, names] = [mark.getBoundingClientRect(), mark.closest(".dots").firstChild.getBoundingClientRect()];
    return box.left < names.right - 2 || box.right > innerWidth;
  }).length);
  check(`${name}: marks are in sight and cover no day`, cut === 0, `${cut} marks`);
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
  await page.close();
}

async function behaviour(browser, file) {
  const name = basename(file);
  const start = performance.now();
  const page = await open(browser, file, "", 1280, 900, "light");
  console.log(`${name}: loaded in ${Math.round(performance.now() - start)} ms`);
  const visible = (query) => page.$$eval(query, (all) => all.filter((e) => e.checkVisibility()).length);
  const settled = () => page.evaluate(() => new Promise((done) => setTimeout(done, 60)));
  const rows = await visible(".row");
  check(`${name}: clients come first`, rows > 0 && (await visible(".tour")) === 0, `${rows} rows`);

  // The first client by the keyboard alone: past the skip link, views and choices.
  const client = await page.$eval(".row .who a", (link) => link.textContent);
  await page.focus(".row .who a");
  await page.keyboard.press("Enter");
  await settled();
  check(`${name}: Enter opens a client`, (await visible(".client")) === 1 && (await visible(".row")) === 0);
  const heading = await page.evaluate(() => document.activeElement.textContent);
  check(`${name}: focus is on the client`, heading.startsWith(client), heading);
  await page.goBack();
  await settled();
  check(`${name}: back leads back`, (await visible(".row")) === rows);

  // Choices: a nurse, a day, everything.
  const nurse = await page.$eval("#f-nurse option:nth-child(2)", (option) => option.value);
  await page.select("#f-nurse", nurse);
  await settled();
  const some = await visible(".row");
  check(`${name}: a nurse's clients`, some > 0 && some < rows, `${some} of ${rows}`);
  await page.$eval("[data-view=board]", (link) => link.click());
  await settled();
  const tours = await page.$$eval(".tour", (all) => all.filter((e) => e.checkVisibility()).map((e) => e.dataset.n));
  check(`${name}: a nurse's tours`, tours.length > 0 && new Set(tours).size === 1, tours.join(" "));
  await page.$eval("#f-clear", (button) => button.click());
  await settled();
  const days = await page.$$eval(".tour", (all) => [...new Set(all.filter((e) => e.checkVisibility()).map((e) => e.dataset.d))]);
  check(`${name}: the board begins with a day`, days.length === 1, days.join(" "));

  if (await page.$("[id='view=board'] .weeks a")) {
    await page.$eval("[id='view=board'] .weeks [data-week='1']", (link) => link.click());
    await settled();
    const next = await page.$$eval(".tour", (all) => all.filter((e) => e.checkVisibility()).map((e) => Number(e.dataset.d)));
    check(`${name}: the board has its weeks`, next.length > 0 && next.every((day) => day === 7), next.join(" "));
  }

  await page.evaluate(() => { location.hash = "#view=board&day=all"; });
  await settled();

  // A visit by arrows and Enter; Escape leaves.
  await page.evaluate(() => [...document.querySelectorAll(".b[tabindex='0'] ~ .b[tabindex='-1']")].find((b) => b.checkVisibility()).parentNode.querySelector(".b").focus());
  const label = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  const first = await label();
  await page.keyboard.press("ArrowRight");
  const second = await label();
  check(`${name}: arrows walk along a tour`, first && second && first !== second, `${first} then ${second}`);
  await page.keyboard.press("Enter");
  await settled();
  const said = await page.$eval("#visit", (box) => (box.open ? box.textContent : ""));
  check(`${name}: Enter opens a visit`, said.includes(second.split(" ")[0]), said);
  await page.keyboard.press("Escape");
  check(`${name}: Escape closes it`, await page.$eval("#visit", (box) => !box.open));
  check(`${name}: focus is back`, (await label()) === second);

  // The map by keys.
  await page.$eval("[data-view=map]", (link) => link.click());
  await settled();
  if (await page.$("#map")) {
    const stops = () => page.$$eval("#map .nr", (all) => all.filter((e) => e.textContent).length);
    await page.evaluate(() => { location.hash = "#view=map"; });
    await settled();
    check(`${name}: stops are numbered`, (await stops()) > 0);
    const before = await page.$eval("#map", (map) => map.getAttribute("viewBox"));
    await page.$eval("#map", (map) => map.focus());
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowRight");
    const after = await page.$eval("#map", (map) => map.getAttribute("viewBox"));
    check(`${name}: the map moves by keys`, before !== after);
    await page.keyboard.press("0");
    const whole = await page.$eval("#map", (map) => map.getAttribute("viewBox").split(" ").map(Number).join(" "));
    check(`${name}: 0 shows all of it`, whole === before.split(" ").map(Number).join(" "), whole);
    const [names, covered] = await page.$$eval("#map text:not(.nr)", (all) => {
      const seen = all.filter((e) => getComputedStyle(e).visibility === "visible");
      const boxes = seen.map((e) => e.getBoundingClientRect());
      const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      return [boxes.length, boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => covers(a, b))).length];
    });
    check(`${name}: names on the map do not cover each other`, names > 0 && covered === 0, `${covered} of ${names}`);
  }

  // Paper: a sheet is about one client; all of the page can be printed.
  await page.evaluate(() => { window.print = () => {}; document.querySelector("[data-print]").click(); });
  const sheet = await page.pdf({ format: "A4" });
  const sheets = await page.$$eval(".sheet.only", (all) => all.length);
  check(`${name}: one sheet is printed`, sheets === 1 && sheet.length > 5000, `${sheets} sheets, ${sheet.length} bytes`);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  const whole = await page.pdf({ format: "A4" });
  check(`${name}: prints`, whole.length > 5000);
  check(`${name}: nothing said`, page.said.length === 0, page.said.join("; "));
  await page.close();

  // Deep links.
  for (const [hash, query] of [[`#nurse=${nurse}`, ".tour"], ["#view=team", ".card"], ["#visit=0", "#visit[open]"], ["#client=nobody&week=99&day=x&visit=-1", ".overview"]]) {
    const linked = await open(browser, file, hash, 1280, 900, "light");
    const seen = await linked.$$eval(query, (all) => all.filter((e) => e.checkVisibility()).length);
    check(`${name}: ${hash}`, seen > 0 && linked.said.length === 0, `${seen} shown; ${linked.said.join("; ")}`);
    await linked.close();
  }
  // Without the script everything stands there.
  const bare = await browser.newPage();
  await bare.setJavaScriptEnabled(false);
  await bare.goto(pathToFileURL(resolve(file)).href);
  const tops = (await bare.$$(".view")).length;
  const hidden = await Promise.all((await bare.$$(".view")).map(async (view) => (await view.boundingBox())?.height ?? 0));
  check(`${name}: stands without script`, tops === 5 && hidden.every((height) => height > 0), hidden.join(" "));
  await bare.close();
}

const folder = mkdtempSync(join(tmpdir(), "kring-page-"));
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: flags, userDataDir: folder });
try {
  for (const file of words) try {
    await html(file);
    const view = async (hash) => {
      const label = hash.slice(1).replace(/[^a-z0-9]+/gi, "-") || "start";
      for (const [size, width, height, scheme] of sizes) {
        await accessible(browser, file, hash, width, height, scheme, `${basename(file, ".html")}-${label}-${size}-${scheme}`);
      }
    };
    if (readFileSync(file, "utf8").includes('id="view=clients"')) {
      const key = /href="#(client=[^"]+)"/.exec(readFileSync(file, "utf8"))[1];
      for (const hash of ["", `#${key}`, "#view=board", "#view=map", "#view=team", "#view=sheets", "#visit=0"]) await view(hash);
      await behaviour(browser, file);
    } else {
      await view("");
    }
  } catch (error) {
    check(`${basename(file)}: looked at to the end`, false, error.stack);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${checks} checks, ${wrong.length} wrong`);
for (const line of wrong) console.log(`  ${line}`);
process.exit(wrong.length ? 1 : 0);
