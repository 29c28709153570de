// How numbers and texts look.

const LONGEST = 42;

// A text that fits beside a mark; the data has all of it.
export function brief(text, most = LONGEST) {
  const line = String(text ?? '').replace(/\s+/gu, ' ');
  const characters = Array.from(line);
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`;
}

// Three significant digits, thousands apart: more than anybody knows, and enough to tell marks apart.
export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e15) return value.toExponential(1).replace('e+', 'e');
  if (size < 1e-4) return '~0';
  const rounded = Number(value.toPrecision(3));
  const decimals = Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(Math.abs(rounded)))));
  return rounded.toLocaleString('en-US', { maximumFractionDigits: decimals }).replace('-', '−');
}

// Two digits, or as many as stand before the point: beside a mark.
export function rough(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return size >= 100 || size === 0 ? number(value) : number(Number(value.toPrecision(2)));
}

// In a cell: what is large in millions or billions.
function cellNumber(value) {
  const size = Math.abs(value);
  for (const [per, word] of [[1e12, 'tn'], [1e9, 'bn'], [1e6, 'M']]) {
    if (size >= per && size < 1e15) return `${number(value / per)} ${word}`;
  }
  return number(value);
}

// Of an axis: 12 k, 3 M.
export function tick(value) {
  const size = Math.abs(value);
  for (const [per, word] of [[1e12, ' T'], [1e9, ' G'], [1e6, ' M'], [1e4, ' k']]) {
    if (size >= per) return `${number(value / (per === 1e4 ? 1e3 : per))}${word}`;
  }
  return number(value);
}

export function cell(value, type) {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return cellNumber(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return type === 'day' || type === 'month' ? String(value) : brief(value, 160);
}

const quoted = (value) => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

// A spreadsheet would compute what begins like a formula: such texts get an apostrophe.
const inert = (value) => (typeof value === 'string' && /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value);

// All data of a figure as RFC 4180 has it.
export function csv(figure) {
  const lines = [figure.data.columns.map((column) => quoted(inert(column.name)))];
  for (const row of figure.data.rows) lines.push(row.map((value) => quoted(inert(value))));
  return lines.map((line) => line.join(',')).join('\r\n') + '\r\n';
}
