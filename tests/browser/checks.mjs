// What must hold of a page in a real browser, as functions that return what is wrong.
import { createRequire } from 'node:module';

// The packages are those of the page, which lie where the build put them.
const { chromium } = createRequire(`${process.env.CHOKEPOINT_WEB}/index.html`)('playwright-core');

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

export const openBrowser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });

// Opens `file`, with everything that it says and asks for. `page` is Playwright's.
export async function open(browser, file, { width = 1200, scheme = 'light' } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, offline: true });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && wrong.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`script: ${error}`));
  page.on('dialog', (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => request.url() !== `file://${file}` && !/^(data|blob):/u.test(request.url()) && wrong.push(`request: ${request.url()}`));
  await page.goto(`file://${file}`);
  await page.waitForSelector('html[data-page=ready]', { timeout: 30000 }).catch(() => wrong.push('the page is never ready'));
  const data = JSON.parse(await page.textContent('#page-data'));
  return { page, data, wrong, close: () => context.close() };
}

const brief = (text, most) => {
  const characters = Array.from(String(text).replace(/\s+/gu, ' '));
  return (characters.length <= most ? characters : characters.slice(0, most - 1)).join('').trim();
};

// Every chart has marks, the names of what it draws, and the events of its axis.
export async function chartsAreDrawn({ page, data }) {
  const wrong = [];
  for (const figure of data.figures) {
    if (figure.form === 'listing') {
      const rows = await page.locator(`#${figure.id} tbody tr`).count();
      if (rows !== figure.data.rows.length) wrong.push(`${figure.id}: ${rows} of ${figure.data.rows.length} rows`);
      continue;
    }
    const drawn = await page.evaluate((id) => {
      const svg = document.querySelector(`#chart-${id} svg`);
      if (!svg) return null;
      const painted = [...svg.querySelectorAll('path, polyline, polygon, rect, circle')].filter((mark) => {
        const box = mark.getBBox();
        const paint = [mark.getAttribute('fill'), mark.getAttribute('stroke')].some((value) => value && value !== 'none' && value !== 'transparent');
        return paint && box.width + box.height > 0;
      });
      return { marks: painted.length, texts: [...svg.querySelectorAll('text')].map((text) => text.textContent) };
    }, figure.id);
    if (drawn === null) { wrong.push(`${figure.id}: no drawing`); continue; }
    const things = figure.form === 'flows' ? figure.data.rows.length : figure.drawn.length;
    if (drawn.marks < things + 2) wrong.push(`${figure.id}: ${drawn.marks} marks for ${things} things`);
    const said = drawn.texts.join('\n').replace(/\s+/gu, ' ');
    const names = figure.form === 'flows' ? figure.data.rows.flatMap((row) => [row[0], row[1]])
      : figure.form === 'bars' && figure.drawn.length === 1 ? figure.data.rows.map((row) => row[0])
        : figure.form === 'cells' ? figure.data.rows.map((row) => row[1]) : figure.drawn.map((entry) => entry.label);
    for (const name of new Set(names)) {
      if (!said.includes(brief(name, 12).replace(/…$/u, ''))) wrong.push(`${figure.id}: does not say ${brief(name, 40)}`);
    }
    if (figure.events) {
      // A badge "6–9" stands for four events that lie close together.
      const told = new Set(drawn.texts.map((text) => /^(\d+)(?:–(\d+))?$/u.exec(text)).filter((found) => found !== null)
        .flatMap(([, first, last]) => Array.from({ length: Number(last ?? first) - Number(first) + 1 }, (_, i) => Number(first) + i)));
      const times = figure.data.rows.flatMap((row) => (figure.form === 'spans' ? [row[1], row[2]] : [row[0]])).sort();
      for (const event of data.events) {
        const lies = event.date >= times[0] && event.date <= times.at(-1);
        if (lies && !told.has(event.number)) wrong.push(`${figure.id}: lacks event ${event.number}`);
      }
    }
  }
  return wrong;
}

// Nothing is wider than the window, and no text of a chart is cut at its edge or covers another.
export async function nothingOverflows({ page }) {
  return page.evaluate(() => {
    const wrong = [];
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over > 0) wrong.push(`the page is ${over} px too wide`);
    for (const svg of document.querySelectorAll('.chart svg')) {
      const frame = svg.getBoundingClientRect(), id = svg.closest('.chart').id;
      const boxes = [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim()).map((text) => [text.textContent, text.getBoundingClientRect()]);
      for (const [text, box] of boxes) {
        if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) wrong.push(`${id}: "${text.slice(0, 40)}" is cut`);
      }
      for (let i = 0; i < boxes.length; i += 1) {
        for (let j = i + 1; j < boxes.length; j += 1) {
          const [a, b] = [boxes[i][1], boxes[j][1]];
          const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (wide > 2 && high > 4) wrong.push(`${id}: "${boxes[i][0].slice(0, 30)}" covers "${boxes[j][0].slice(0, 30)}"`);
        }
      }
    }
    return wrong;
  });
}

// On paper every chart is as wide as its column and keeps its shape.
export async function chartsArePrinted({ page }) {
  await page.emulateMedia({ media: 'print' });
  const wrong = await page.evaluate(() => [...document.querySelectorAll('.chart')].flatMap((chart) => {
    const svg = chart.querySelector('svg'), box = svg.getBoundingClientRect(), [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
    const frame = chart.getBoundingClientRect();
    const whole = Math.abs(box.width / box.height - width / height) < 0.05 && frame.height >= box.height - 1 && box.width > 0.9 * frame.width;
    return whole ? [] : [`${chart.id}: is ${box.width} x ${box.height} on paper`];
  }));
  await page.emulateMedia({ media: 'screen' });
  return wrong;
}

// Fields of RFC 4180.
export function parseCsv(text) {
  const rows = [[]];
  const field = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\n|$)/gy;
  for (let at = 0; at < text.length;) {
    field.lastIndex = at;
    const [all, value, end] = field.exec(text);
    rows.at(-1).push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end !== ',') rows.push([]);
    at += all.length || 1;
  }
  if (rows.at(-1).length === 0) rows.pop();
  return rows;
}

// Each figure's CSV holds the data that the page holds, to the last digit. What the page hands to the
// browser is taken from the link: saving a file is Chromium's own affair, which at times stalls.
export async function csvIsTheData({ page, data }) {
  const wrong = [];
  for (const figure of data.figures) {
    const { name, text } = await page.evaluate(async (id) => {
      const link = document.querySelector(`[data-csv="${id}"]`);
      link.addEventListener('click', (event) => event.preventDefault(), { once: true });
      link.click();
      const bytes = await (await fetch(link.href)).arrayBuffer();
      return { name: link.download, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
    }, figure.id);
    if (name !== `${figure.id}.csv`) wrong.push(`${figure.id}: is called ${name}`);
    if (!text.startsWith('\ufeff')) wrong.push(`${figure.id}: a spreadsheet does not know its letters`);
    const rows = parseCsv(text.replace(/^\ufeff/u, ''));
    const inert = (value) => (typeof value === 'string' && /^[=+\-@\t\r]/u.test(value) ? `'${value}` : String(value ?? ''));
    const expected = [figure.data.columns.map((column) => inert(column.name)), ...figure.data.rows.map((row) => row.map(inert))];
    if (JSON.stringify(rows) !== JSON.stringify(expected)) wrong.push(`${figure.id}: the CSV is not the data`);
  }
  return wrong;
}

// The page has what a reader must find: finding, caveat, sources of figures, the command.
export async function partsAreThere({ page, data }) {
  const wrong = [];
  const said = await page.innerText('main');
  const flat = (text) => text.replace(/\s+/gu, ' ').trim();
  const has = (text, what) => flat(said).includes(flat(text)) || wrong.push(`lacks ${what}: ${text.slice(0, 60)}`);
  if (await page.title() === 'gone') wrong.push('a text of the data ran as a script');
  has(data.headline, 'the headline');
  has(data.question, 'the question');
  if (!/conditional projection, not a forecast|not a forecast/u.test(said)) wrong.push('says nowhere that it is not a forecast');
  for (const fact of data.about) has(fact.value, fact.label);
  for (const command of data.commands) has(command, 'a command');
  for (const figure of data.figures) {
    has(figure.title, 'a title');
    has(figure.caption, 'a caption');
    if (!figure.caption || !figure.source || figure.data.rows.length === 0) wrong.push(`${figure.id}: caption, source or data are empty`);
  }
  const numbers = data.events.map((event) => event.number);
  if (numbers.some((number, i) => number !== i + 1)) wrong.push('events are not numbered in order');
  return wrong;
}
