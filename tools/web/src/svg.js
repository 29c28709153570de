// svg.js DATA FOLDER: draws the figures of a page's data, a JSON file, as SVG files in a folder.
import fs from 'node:fs';
import path from 'node:path';
import { draw, height, isDrawn } from './charts.js';
import { theme } from './theme.js';

const WIDTH = 960;
const [, , data, folder] = process.argv;
const page = JSON.parse(fs.readFileSync(data, 'utf8'));
const colours = theme('light', page.hues);
for (const figure of page.figures.filter(isDrawn)) {
  const size = { width: WIDTH, height: height({ ...figure, half: false }, WIDTH) };
  const chart = draw(null, figure, page, colours, size);
  fs.writeFileSync(path.join(folder, `${figure.id}.svg`), chart.renderToSVGString());
  chart.dispose();
}
