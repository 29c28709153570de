// Figures as ECharts draws them: one drawing code for the page and for SVG files.
import * as echarts from 'echarts/core';
import { BarChart, CustomChart, HeatmapChart, LineChart, SankeyChart } from 'echarts/charts';
import {
  AriaComponent, GraphicComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent,
} from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import { SANS } from './theme.js';
import { brief, number, rough, tick } from './words.js';

echarts.use([
  AriaComponent, BarChart, CustomChart, GraphicComponent, GridComponent, HeatmapChart, LegendComponent, LineChart, MarkLineComponent,
  SankeyChart, SVGRenderer, TooltipComponent, VisualMapComponent,
]);

const NARROW = 600;
const LABEL = 12;
const LABEL_STEP = 16;
const DAY = 86400e3;
const TOP = 14;

export const isDrawn = (figure) => figure.form !== 'listing';

export function height(figure, width) {
  if (figure.form === 'spans') return 96 + 24 * lanes(figure).length;
  if (figure.form === 'flows') return Math.max(380, 34 * new Set(figure.data.rows.map((row) => row[0])).size);
  if (figure.form === 'bars') return 90 + figure.data.rows.length * (figure.steps ? 14 + 17 * figure.drawn.length : 30);
  if (figure.form === 'cells') return 130 + 24 * new Set(figure.data.rows.map((row) => row[1])).size;
  const labels = figure.drawn.length * LABEL_STEP + 90;
  return Math.max(labels, width < NARROW ? 300 : figure.half ? 320 : 370);
}

// Draws `figure` of `page` into a new chart on `element`; null: one without a browser.
export function draw(element, figure, page, colours, size) {
  const chart = element === null
    ? echarts.init(null, null, { renderer: 'svg', ssr: true, width: size.width, height: size.height })
    : echarts.init(element, null, { renderer: 'svg', width: size.width, height: size.height });
  const kit = { chart, figure, page, colours, width: size.width, height: size.height, narrow: size.width < NARROW };
  const drawing = { areas: along, lines: along, bars, spans, flows, cells }[figure.form](kit);
  chart.setOption({
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: SANS, color: colours.ink },
    aria: { enabled: true, label: { description: `${brief(figure.title, 200)}. ${brief(figure.caption, 400)}` } },
    ...(element === null ? { backgroundColor: colours.ground } : {}),
    ...drawing.option,
    tooltip: {
      confine: true, backgroundColor: colours.ground, borderColor: colours.line, textStyle: { color: colours.ink, fontSize: LABEL },
      ...drawing.option.tooltip,
    },
  });
  drawing.after?.();
  return chart;
}

const text = (kit) => ({ fontFamily: SANS, color: kit.colours.soft, fontSize: LABEL - 1 });
const escaped = (value) => echarts.format.encodeHTML(String(value));

// About the width of a text in pixels; there is nothing to measure with outside a browser.
const widthOf = (label, size = LABEL) => Array.from(label).reduce((sum, c) => sum + (c.codePointAt(0) > 0x2e80 ? 1 : /[A-Z0-9MW%]/u.test(c) ? 0.68 : 0.58), 0) * size;

const columnOf = (figure, name) => figure.data.columns.findIndex((column) => column.name === name);
const isTime = (figure) => ['day', 'month'].includes(figure.data.columns[figure.form === 'spans' ? 1 : 0].type);
export const moment = (value) => {
  const [year, month = 1, day = 1] = String(value).split('-').map(Number);
  return Date.UTC(year, month - 1, day);
};
const place = (figure, value) => (isTime(figure) ? moment(value) : value);
const day = (ms) => new Date(ms).toISOString().slice(0, 10);

// From nothing where numbers begin near it, and to a hundred where they end just below.
const ends = (from, to) => ({ min: from >= 0 && from < 0.2 * to ? 0 : from, max: to > 99 && to < 100 ? 100 : to });

// What things lie along: dates with a label a year, or numbers.
function bottomAxis(kit, from, to) {
  const { figure, colours } = kit;
  const base = {
    min: from, max: to, axisLine: { onZero: false, lineStyle: { color: colours.soft } }, axisTick: { show: true, lineStyle: { color: colours.line } },
    splitLine: { show: false },
  };
  if (!isTime(figure)) {
    return { ...base, ...ends(from, to), type: 'value', name: figure.along, nameLocation: 'middle', nameGap: 26, nameTextStyle: text(kit), axisLabel: { ...text(kit), formatter: tick, hideOverlap: true, showMinLabel: ends(from, to).min === 0, showMaxLabel: ends(from, to).max === 100 } };
  }
  const years = (to - from) / (365 * DAY);
  return {
    ...base, type: 'time', minInterval: years > 2.5 ? 365 * DAY : 28 * DAY, splitNumber: kit.narrow ? 4 : 9,
    axisLabel: { ...text(kit), hideOverlap: true, formatter: years > 2.5 ? '{yyyy}' : '{MMM} {yyyy}' },
  };
}

const sideAxis = (kit, extra = {}) => ({
  type: 'value', axisLabel: { ...text(kit), formatter: tick }, splitLine: { lineStyle: { color: kit.colours.line } }, splitNumber: 4, ...extra,
});

// The numbered events that lie between `from` and `to`. Badges that would cover each other are one: "6–9".
function eventMarks(kit, from, to, plotWidth, position = 'end') {
  const { figure, page, colours } = kit;
  if (!figure.events) return { rows: 0, markLine: undefined };
  const groups = [];
  const said = (group) => (group.events.length === 1 ? `${group.events[0].number}` : `${group.events[0].number}–${group.events.at(-1).number}`);
  const half = (group) => (said(group).length * 6.5 + 12) / 2;
  const middle = (group) => (group.xs[0] + group.xs.at(-1)) / 2;
  for (const event of page.events) {
    const at = moment(event.date);
    if (at < from || at > to) continue;
    groups.push({ events: [event], xs: [((at - from) / (to - from)) * plotWidth] });
    while (groups.length > 1 && middle(groups.at(-1)) - half(groups.at(-1)) < middle(groups.at(-2)) + half(groups.at(-2))) {
      const last = groups.pop();
      groups.at(-1).events.push(...last.events);
      groups.at(-1).xs.push(...last.xs);
    }
  }
  // The badge of a group stands on the one of its lines that is nearest to its middle.
  const data = groups.flatMap((group) => {
    const nearest = group.xs.reduce((best, x, i) => (Math.abs(x - middle(group)) < Math.abs(group.xs[best] - middle(group)) ? i : best), 0);
    return group.events.map((event, i) => ({ xAxis: moment(event.date), label: { show: i === nearest, formatter: said(group) } }));
  });
  return {
    rows: data.length > 0 ? 1 : 0,
    markLine: {
      silent: true, symbol: 'none', animation: false, lineStyle: { color: colours.soft, type: [3, 3], width: 1 }, data,
      label: { position, distance: 4, color: colours.ground, backgroundColor: colours.ink, borderRadius: 8, padding: [2, 5], fontSize: 10, fontWeight: 600 },
    },
  };
}

const percent = (figure) => (figure.unit === '%' ? ' %' : '');

// Areas and lines, with their names and last values in the right margin.
function along(kit) {
  const { figure, colours, chart } = kit;
  const rows = figure.data.rows;
  const xs = rows.map((row) => place(figure, row[0]));
  const stacked = figure.form === 'areas';
  // An area reaches to the end of what its last point stands for, so that a lone last quarter is seen.
  const [from, to] = [Math.min(...xs), Math.max(...xs)];
  const valuesOf = (drawn) => rows.map((row) => row[columnOf(figure, drawn.column)]);
  const lastIndex = (values) => values.findLastIndex((value) => value !== null);
  const labels = figure.drawn.map((drawn) => {
    const values = valuesOf(drawn), last = lastIndex(values);
    const told = figure.peaks ? `up to ${rough(Math.max(...values))}` : last < 0 ? '–' : rough(values[last]);
    return { drawn, last, value: last < 0 ? 0 : values[last], text: `${brief(drawn.label, kit.width < 400 ? 13 : kit.narrow ? 20 : 34)}  ${told}${percent(figure)}` };
  });
  const right = Math.min(kit.width * (kit.narrow ? 0.44 : 0.34), Math.max(...labels.map((label) => widthOf(label.text))) + 20);
  const marks = eventMarks(kit, from, to, kit.width - right - 56);
  const top = TOP + 14 + 16 * marks.rows;
  const series = [];
  for (const { drawn } of labels) {
    const colour = colours.colour(drawn.hue);
    const values = valuesOf(drawn);
    if (drawn.low) series.push(bandOf(kit, xs, drawn, colour));
    series.push({
      name: drawn.label, type: 'line', symbol: rows.length === 1 ? 'circle' : 'none', data: xs.map((x, i) => [x, values[i]]), connectNulls: true, z: 3,
      step: figure.steps ? 'end' : false, itemStyle: { color: colour },
      ...(stacked
        ? { stack: 'all', lineStyle: { width: 0.8, color: colours.ground }, areaStyle: { color: colour, opacity: 0.93 } }
        : { lineStyle: { color: colour, width: drawn.dashed ? 1.8 : 2.2, type: drawn.dashed ? [6, 4] : 'solid' } }),
    });
  }
  if (marks.markLine) series.push({ type: 'line', data: [[from, null]], markLine: marks.markLine, z: 4, silent: true, tooltip: { show: false } });
  const values = labels.flatMap(({ drawn }) => valuesOf(drawn)).filter((value) => value !== null);
  const axis = figure.logarithmic
    ? { type: 'log', min: 10 ** Math.floor(Math.log10(Math.min(...values.filter((value) => value > 0)))) }
    : { ...(figure.most > 0 ? { max: figure.most } : {}), ...(figure.least !== 0 ? { min: figure.least } : {}), ...(figure.most > 0 && figure.least === 0 ? { interval: figure.most / 4 } : {}) };
  return {
    option: {
      grid: { left: 50, right, top, bottom: isTime(figure) ? 28 : 46 },
      xAxis: bottomAxis(kit, from, to),
      yAxis: sideAxis(kit, { ...axis, name: figure.unit, nameLocation: 'end', nameGap: 6 + 16 * marks.rows, nameTextStyle: { ...text(kit), align: 'left', padding: [0, 0, 0, -46] } }),
      tooltip: { trigger: 'axis', formatter: (points) => tooltipOf(kit, points[0]?.axisValue, xs) },
      series,
    },
    after: () => sideLabels(kit, chart, marginLabels(labels, stacked, rows.length - 1), right, top),
  };
}

function tooltipOf(kit, at, xs) {
  const { figure, colours } = kit;
  const i = xs.indexOf(at);
  if (i < 0) return '';
  const line = (drawn) => {
    const value = figure.data.rows[i][columnOf(figure, drawn.column)];
    return value === null ? '' : `<br><span style="color:${colours.colour(drawn.hue)}">●</span> ${escaped(brief(drawn.label))} <b>${number(value)}${percent(figure)}</b>`;
  };
  const drawn = figure.form === 'areas' ? [...figure.drawn].reverse() : figure.drawn;
  return `<b>${isTime(figure) ? day(at) : `${number(at)} ${escaped(figure.along)}`}</b>${drawn.map(line).join('')}`;
}

// A band between two columns, drawn through the rows that have both.
function bandOf(kit, xs, drawn, colour) {
  const { figure } = kit;
  const [low, high] = [columnOf(figure, drawn.low), columnOf(figure, drawn.high)];
  const points = figure.data.rows.map((row, i) => [xs[i], row[low], row[high]]).filter((point) => point[1] !== null && point[2] !== null);
  return {
    name: `${drawn.label}, band`, type: 'custom', silent: true, z: 1, data: points, encode: { x: 0, y: [1, 2] }, tooltip: { show: false },
    renderItem: (params, api) => {
      if (params.dataIndex !== 0) return undefined;
      const upper = points.map((point) => api.coord([point[0], point[2]]));
      const lower = points.map((point) => api.coord([point[0], point[1]])).reverse();
      return { type: 'polygon', shape: { points: [...upper, ...lower] }, style: { fill: colour, opacity: 0.16 } };
    },
  };
}

// Where the margin's labels want to stand: in the middle of their area at the end, or at their line.
function marginLabels(labels, stacked, lastRow) {
  let below = 0;
  return labels.map(({ drawn, value, last, text: words }) => {
    const at = stacked ? below + (last === lastRow ? value : 0) / 2 : value;
    if (stacked && last === lastRow) below += value;
    return { at, text: words, hue: drawn.hue };
  });
}

// Labels in the margin, pushed apart so that none covers another.
function sideLabels(kit, chart, labels, right, top) {
  const bottom = kit.height - (isTime(kit.figure) ? 34 : 56);
  const placed = labels.map((label) => ({ ...label, y: chart.convertToPixel({ yAxisIndex: 0 }, label.at) })).sort((a, b) => a.y - b.y);
  placed.forEach((label, i) => { label.y = Math.max(label.y, i ? placed[i - 1].y + LABEL_STEP : top); });
  let limit = bottom;
  for (const label of [...placed].reverse()) {
    label.y = Math.min(label.y, limit);
    limit = label.y - LABEL_STEP;
  }
  chart.setOption({
    graphic: {
      elements: placed.map((label, i) => ({
        type: 'text', id: `label${i}`, x: kit.width - right + 8, y: label.y - LABEL / 2, silent: true,
        style: { text: label.text, fill: kit.colours.colour(label.hue), font: `600 ${LABEL}px ${SANS}`, width: right - 10, overflow: 'truncate', ellipsis: '…' },
      })),
    },
  });
}

// A legend above a figure, and how far down it reaches.
function legend(kit) {
  const { figure, colours } = kit;
  let x = 0, lines = 1;
  for (const drawn of figure.drawn) {
    const width = widthOf(brief(drawn.label, 30), LABEL) + 34;
    if (x > 0 && x + width > kit.width - 10) { x = 0; lines += 1; }
    x += width;
  }
  return {
    bottom: 8 + 20 * lines,
    legend: {
      top: 0, left: 0, itemWidth: 12, itemHeight: 10, itemGap: 14, selectedMode: false, textStyle: { ...text(kit), color: colours.ink }, formatter: (name) => brief(name, 30),
      data: figure.drawn.map((drawn) => ({ name: drawn.label, icon: 'rect', itemStyle: { color: colours.colour(drawn.hue) } })),
    },
  };
}

const nameAxis = (kit, names) => ({
  type: 'category', inverse: true, data: names, axisLine: { show: false }, axisTick: { show: false },
  axisLabel: { ...text(kit), color: kit.colours.ink, interval: 0, formatter: (name) => brief(name, kit.narrow ? 18 : 30) },
});

// Bars from left to right, a part for each drawn column.
function bars(kit) {
  const { figure, colours } = kit;
  const names = figure.data.rows.map((row) => String(row[0]));
  const many = figure.drawn.length > 1;
  const above = many ? legend(kit) : { bottom: 8 };
  return {
    option: {
      legend: above.legend,
      grid: { left: 4, right: 46, top: above.bottom, bottom: 42, containLabel: true },
      xAxis: { ...sideAxis(kit), name: figure.unit, nameLocation: 'middle', nameGap: 26, nameTextStyle: text(kit), ...(figure.most > 0 ? { max: figure.most, interval: figure.most / 4 } : {}) },
      yAxis: nameAxis(kit, names),
      tooltip: { trigger: 'item', formatter: (point) => `${escaped(brief(names[point.dataIndex]))}<br>${escaped(brief(point.seriesName))} <b>${number(point.value)}${percent(figure)}</b>` },
      series: figure.drawn.map((drawn, i) => ({
        name: drawn.label, type: 'bar', barMaxWidth: 18, ...(figure.steps ? {} : { stack: 'all' }),
        itemStyle: { color: colours.colour(drawn.hue) }, data: figure.data.rows.map((row) => row[columnOf(figure, drawn.column)]),
        label: { show: figure.steps || !many || (i === figure.drawn.length - 1), position: 'right', color: colours.ink, fontSize: 11, formatter: (point) => barLabel(kit, point, many) },
      })),
    },
  };
}

function barLabel(kit, point, many) {
  const { figure } = kit;
  if (!many || figure.steps) return `${number(point.value)}${percent(figure)}`;
  const row = figure.data.rows[point.dataIndex];
  return `${number(figure.drawn.reduce((sum, drawn) => sum + (row[columnOf(figure, drawn.column)] ?? 0), 0))}${percent(figure)}`;
}

const lanes = (figure) => [...new Set(figure.data.rows.map((row) => row[0]))];

// What each lane does when.
function spans(kit) {
  const { figure, colours } = kit;
  const names = lanes(figure);
  const ends = figure.data.rows.flatMap((row) => [place(figure, row[1]), place(figure, row[2])]);
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const above = legend(kit);
  const left = Math.min(kit.width * 0.36, Math.max(...names.map((name) => widthOf(brief(name, kit.narrow ? 18 : 30), 11))) + 16);
  const marks = eventMarks(kit, from, to, kit.width - left - 16, 'start');
  const draws = (kind) => figure.data.rows.filter((row) => row[3] === kind).map((row) => [names.indexOf(row[0]), place(figure, row[1]), place(figure, row[2])]);
  const shape = (params, api) => {
    const a = api.coord([api.value(1), api.value(0)]), b = api.coord([api.value(2), api.value(0)]), thick = api.size([0, 1])[1] * 0.64;
    return { type: 'rect', shape: { x: a[0], y: a[1] - thick / 2, width: Math.max(1, b[0] - a[0]), height: thick }, style: { fill: api.visual('color') } };
  };
  const series = figure.drawn.map((drawn) => ({
    name: drawn.label, type: 'custom', itemStyle: { color: colours.colour(drawn.hue) }, encode: { x: [1, 2], y: 0 }, data: draws(drawn.column), renderItem: shape, z: 3,
  }));
  if (marks.markLine) series.push({ type: 'line', data: [[from, null]], markLine: marks.markLine, silent: true, z: 4 });
  return {
    option: {
      legend: above.legend,
      grid: { left, right: 16, top: above.bottom + 10 + 16 * marks.rows, bottom: isTime(figure) ? 28 : 46 },
      xAxis: bottomAxis(kit, from, to),
      yAxis: nameAxis(kit, names),
      tooltip: {
        trigger: 'item',
        formatter: (point) => (Array.isArray(point.value) && point.value.length === 3
          ? `${escaped(brief(names[point.value[0]]))}<br>${escaped(point.seriesName)}: <b>${isTime(figure) ? `${day(point.value[1])} to ${day(point.value[2])}` : `${number(point.value[1])} to ${number(point.value[2])} ${escaped(figure.along)}`}</b>`
          : ''),
      },
      series,
    },
  };
}

// From whom to whom. Red is what needs a licence.
function flows(kit) {
  const { figure, colours } = kit;
  const hues = new Map(figure.drawn.map((drawn) => [drawn.column, drawn.hue]));
  const colourOf = (name) => colours.colour(hues.get(name) ?? 'quiet');
  const rows = figure.data.rows;
  const names = [...new Set(rows.flatMap((row) => [row[0], row[1]]))];
  const hasNext = new Set(rows.map((row) => row[0]));
  const ends = names.filter((name) => !hasNext.has(name));
  const labelOf = (name, value) => (kit.narrow ? brief(name, 20) : `${brief(name, 34)}  ${rough(value)}`);
  const sums = new Map();
  for (const [from, to, amount] of rows) {
    sums.set(to, (sums.get(to) ?? 0) + amount);
    if (!rows.some((row) => row[1] === from)) sums.set(from, (sums.get(from) ?? 0) + amount);
  }
  const right = Math.min(kit.width * 0.36, Math.max(...ends.map((name) => widthOf(labelOf(name, sums.get(name))))) + 10);
  return {
    option: {
      tooltip: {
        trigger: 'item',
        formatter: (point) => (point.dataType === 'edge'
          ? `${escaped(brief(point.data.source))} → ${escaped(brief(point.data.target))}<br><b>${number(point.data.value)}</b> ${escaped(figure.unit)}`
          : `${escaped(brief(point.name))}<br><b>${number(point.value)}</b> ${escaped(figure.unit)}`),
      },
      series: [{
        type: 'sankey', left: 2, right, top: 8, bottom: 8, nodeWidth: 11, nodeGap: 15, draggable: false, nodeAlign: 'justify', layoutIterations: 64,
        emphasis: { focus: 'adjacency' },
        label: { color: colours.ink, fontFamily: SANS, fontSize: kit.narrow ? 10 : LABEL, textBorderColor: colours.ground, textBorderWidth: 3, formatter: (point) => labelOf(point.name, point.value) },
        data: names.map((name) => ({ name, itemStyle: { color: colourOf(name), borderWidth: 0 } })),
        links: rows.map((row) => ({
          source: row[0], target: row[1], value: row[2],
          lineStyle: row[3] ? { color: colours.colour('licence'), opacity: 0.45 } : { color: colourOf(row[0]), opacity: 0.28 },
        })),
      }],
    },
  };
}

// A value for each place, as a colour.
function cells(kit) {
  const { figure, colours } = kit;
  const xs = [...new Set(figure.data.rows.map((row) => String(row[0])))], ys = [...new Set(figure.data.rows.map((row) => String(row[1])))];
  const values = figure.data.rows.map((row) => row[2]).filter((value) => value !== null);
  const most = figure.most > 0 ? figure.most : Math.max(...values, 1e-9);
  const step = Math.max(1, Math.ceil(xs.length / (kit.narrow ? 4 : 10)));
  return {
    option: {
      grid: { left: 4, right: 10, top: 8, bottom: 74, containLabel: true },
      xAxis: { type: 'category', data: xs, axisTick: { show: false }, axisLine: { lineStyle: { color: colours.soft } }, axisLabel: { ...text(kit), interval: (i) => i % step === 0 }, name: figure.along, nameLocation: 'middle', nameGap: 24, nameTextStyle: text(kit) },
      yAxis: nameAxis(kit, ys),
      visualMap: { min: 0, max: most, orient: 'horizontal', left: 'center', bottom: 0, itemWidth: 10, itemHeight: 140, text: [`${number(most)}${percent(figure) || ` ${figure.unit}`}`, '0'], textStyle: text(kit), inRange: { color: [colours.low, colours.high] }, calculable: false },
      tooltip: { trigger: 'item', formatter: (point) => `${escaped(brief(ys[point.value[1]]))}, ${escaped(xs[point.value[0]])}<br><b>${number(point.value[2])}${percent(figure)}</b>` },
      series: [{ type: 'heatmap', data: figure.data.rows.map((row) => [xs.indexOf(String(row[0])), ys.indexOf(String(row[1])), row[2]]), itemStyle: { borderColor: colours.ground, borderWidth: xs.length > 80 ? 0 : 1 } }],
    },
  };
}
