// page_test.mjs FOLDER SHOTS REPORT...: every check of every report, in Chromium, at two widths and in
// both schemes; leaves a picture of each in SHOTS. Exits 1 with what is wrong.
import fs from 'node:fs';
import path from 'node:path';
import { chartsAreDrawn, chartsArePrinted, csvIsTheData, nothingOverflows, open, openBrowser, partsAreThere } from './checks.mjs';

const MOST_BYTES = 2e6;
const MOST_TOLD = 12;
const [, , shots, ...reports] = process.argv;
fs.mkdirSync(shots, { recursive: true });
let failures = 0;

const tell = (report, where, wrong) => {
  for (const line of wrong.slice(0, MOST_TOLD)) console.log(`FAILED ${path.basename(report)}, ${where}: ${line}`);
  if (wrong.length > MOST_TOLD) console.log(`FAILED ${path.basename(report)}, ${where}: and ${wrong.length - MOST_TOLD} more`);
  failures += wrong.length;
};

const browser = await openBrowser();
for (const report of reports) {
  const file = path.resolve(report), name = path.basename(report, '.html');
  const bytes = fs.statSync(file).size;
  if (bytes > MOST_BYTES) tell(report, 'size', [`${bytes} bytes are more than ${MOST_BYTES}`]);
  for (const width of [1200, 390]) {
    for (const scheme of ['light', 'dark']) {
      const opened = await open(browser, file, { width, scheme });
      const where = `${width} px ${scheme}`;
      tell(report, where, [...await chartsAreDrawn(opened), ...await nothingOverflows(opened)]);
      if (width === 1200 && scheme === 'light') {
        tell(report, where, [...await partsAreThere(opened), ...await csvIsTheData(opened), ...await chartsArePrinted(opened)]);
        const ready = await opened.page.evaluate(() => document.documentElement.dataset.ready);
        console.log(`${name}: ${bytes} bytes, ${opened.data.figures.length} figures, ready in ${ready} ms`);
        await opened.page.pdf({ path: path.join(shots, `${name}.pdf`), format: 'A4', printBackground: true });
      }
      await opened.page.screenshot({ path: path.join(shots, `${name}-${width}-${scheme}.png`), fullPage: true });
      tell(report, where, opened.wrong);
      await opened.close();
    }
  }
}
await browser.close();
console.log(`${reports.length} reports, ${failures} failures`);
process.exit(failures === 0 ? 0 : 1);
