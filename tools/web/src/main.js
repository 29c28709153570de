// The page: reads its data, writes what is text as text, and draws what is a figure.
import './style.css';
import { draw, height, isDrawn } from './charts.js';
import { theme } from './theme.js';
import { cell, csv } from './words.js';

const app = document.getElementById('app');

// An element with attributes and children. Texts are text: nothing is ever read as markup.
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

const line = (name, words, attributes = {}) => el(name, { dir: 'auto', ...attributes }, words);

// Names in cells may break after "_" and "/".
function cellOf(value, column) {
  const words = cell(value, column.type);
  const made = el('td', { dir: 'auto', class: column.type });
  for (const part of words.split(/(?<=[_/])/u)) made.append(part, document.createElement('wbr'));
  return made;
}

function tableOf(figure) {
  const { columns, rows } = figure.data;
  const head = el('tr', {}, ...columns.map((column) => line('th', column.heading || column.name, { class: column.type })));
  const body = rows.map((row) => el('tr', {}, ...row.map((value, i) => cellOf(value, columns[i]))));
  return el('div', { class: 'listing' }, el('table', {}, el('thead', {}, head), el('tbody', {}, ...body)));
}

// The data of a figure as a file, made when it is asked for.
function csvLink(figure) {
  const link = el('a', { href: '#', download: `${figure.id}.csv`, 'data-csv': figure.id }, 'Data (CSV)');
  link.addEventListener('click', () => {
    link.href = URL.createObjectURL(new Blob(['\ufeff', csv(figure)], { type: 'text/csv;charset=utf-8' }));
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  return link;
}

function figureOf(figure) {
  const shown = isDrawn(figure) ? el('div', { class: 'chart', id: `chart-${figure.id}`, role: 'img', 'aria-label': figure.title }) : tableOf(figure);
  return el('figure', { id: figure.id },
    el('figcaption', {}, line('h2', figure.title), line('p', figure.caption)),
    shown,
    el('p', { class: 'src' }, line('span', `Source: ${figure.source}`), csvLink(figure)));
}

function eventsOf(page) {
  const rows = page.events.map((event) => el('tr', {},
    el('td', {}, el('span', { class: 'badge' }, String(event.number))), line('td', event.date, { class: 'day' }), line('td', event.name), line('td', event.effect)));
  return el('div', { class: 'listing' }, el('table', { class: 'events' },
    el('thead', {}, el('tr', {}, el('th'), el('th', {}, 'In force'), el('th', {}, 'Policy event'), el('th', {}, 'What it does here'))), el('tbody', {}, ...rows)));
}

// Figures one below the other; two halves in a row stand side by side.
function figuresOf(page) {
  const parts = [];
  let told = page.events.length === 0;
  for (let i = 0; i < page.figures.length; i += 1) {
    const [figure, next] = [page.figures[i], page.figures[i + 1]];
    const paired = figure.half && next?.half;
    parts.push(paired ? el('div', { class: 'two' }, figureOf(figure), figureOf(next)) : figureOf(figure));
    if (paired) i += 1;
    if (!told && figure.events) {
      parts.push(eventsOf(page));
      told = true;
    }
  }
  return parts;
}

function pageOf(page) {
  document.title = page.headline;
  return el('main', {},
    line('div', page.kicker, { class: 'kicker' }),
    line('h1', page.headline),
    ...page.answer.map((sentence) => line('p', sentence, { class: 'dek' })),
    line('p', page.question, { class: 'question' }),
    page.changes.length === 0 ? null : el('p', { class: 'changes' }, 'What differs from its base: ', ...page.changes.flatMap((change, i) => [i > 0 ? '; ' : '', line('code', change)])),
    el('div', { class: 'about' }, ...page.about.map((fact) => el('span', {}, `${fact.label} `, line('b', fact.value)))),
    page.keys.length === 0 ? null : el('div', { class: 'keys' }, ...page.keys.map((key) => el('div', { class: 'key' },
      line('div', key.value, { class: 'value' }), line('div', key.label, { class: 'label' }), line('div', key.note, { class: 'note' })))),
    ...figuresOf(page),
    el('footer', {},
      el('h2', {}, 'What to keep in mind'), el('ul', {}, ...page.caveats.map((caveat) => line('li', caveat))),
      page.sources.length === 0 ? null : el('h2', {}, 'Where the inputs come from'),
      page.sources.length === 0 ? null : el('ul', { class: 'sources' }, ...page.sources.map((source) => line('li', source))),
      el('h2', {}, 'Make it again'), el('pre', {}, page.commands.join('\n'))));
}

let charts = [];

function drawAll(page, scheme) {
  charts.forEach((chart) => chart.dispose());
  charts = [];
  const colours = theme(scheme, page.hues);
  for (const figure of page.figures.filter(isDrawn)) {
    const element = document.getElementById(`chart-${figure.id}`);
    const width = Math.floor(element.clientWidth);
    const size = { width, height: height(figure, width) };
    element.style.height = `${size.height}px`;
    charts.push(draw(element, figure, page, colours, size));
    // So that paper, which is narrower, can shrink it.
    element.querySelector('svg').setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
  }
}

function start(page) {
  app.replaceChildren(pageOf(page));
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const redraw = () => drawAll(page, dark.matches ? 'dark' : 'light');
  redraw();
  let width = innerWidth, later = 0;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(later);
    later = setTimeout(redraw, 120);
  });
  dark.addEventListener('change', redraw);
  addEventListener('beforeprint', () => drawAll(page, 'light'));
  addEventListener('afterprint', redraw);
}

let page = null;
try {
  page = JSON.parse(document.getElementById('page-data').textContent);
} catch {
  app.replaceChildren(el('main', {}, el('h1', {}, 'No data'), el('p', { class: 'dek' }, 'This is the empty template of a page. `chokepoint report` fills it.')));
  document.documentElement.dataset.page = 'empty';
}
if (page) {
  start(page);
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
  document.documentElement.dataset.page = 'ready';
}
