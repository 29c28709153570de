// Colours. Vendors and other things that a page ranks have a saturated one each, the same in every
// figure; everything else is a shade of slate or sand, and red is for what needs a licence or fails.

const RANKED = {
  light: ['#3d7a4a', '#d07a00', '#0b5c8a', '#7a4d8f', '#148a80', '#5fa8cc', '#b8962e', '#7b8a2e', '#c2679f', '#4b5fa8', '#8a5a34', '#4f6f3a'],
  dark: ['#7dbb8a', '#eda547', '#5fb0de', '#b58cc9', '#4fc0b5', '#a5d3ea', '#dcc267', '#b4c262', '#e39cc6', '#97a6e6', '#c99a72', '#9fc07f'],
};

// Vendors that keep their colour from page to page; others take what these leave.
const KNOWN = ['nvidia', 'huawei', 'baidu', 'alibaba', 'cambricon', 'hygon', 'metax', 'enflame', 'amd', 'moore_threads', 'biren', 'iluvatar'];

const NAMED = {
  light: {
    ink: '#1d2433', soft: '#5b6475', line: '#e3e6eb', ground: '#ffffff',
    run: '#1d2433', baseline: '#737d8e', second: '#8c6d46', third: '#6b8f92', fourth: '#c2b08c',
    fifth: '#5d5a7a', quiet: '#949ca9', others: '#949ca9', good: '#4f7d6b', licence: '#a3263a', bad: '#a3263a',
    low: '#eef1f4', high: '#1f4a66',
  },
  dark: {
    ink: '#e6e9ee', soft: '#9aa3b2', line: '#2c333f', ground: '#14181f',
    run: '#e6e9ee', baseline: '#8d94a0', second: '#c9a678', third: '#8fb9bc', fourth: '#8a7c5f',
    fifth: '#a7a3cc', quiet: '#858d9b', others: '#858d9b', good: '#86b8a4', licence: '#e2717f', bad: '#e2717f',
    low: '#1d232c', high: '#9fd0ee',
  },
};

export const SANS = 'Inter, system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif';

// `ranked`: the things that the page colours, by rank. `scheme`: "light" or "dark".
export function theme(scheme, ranked) {
  const named = NAMED[scheme];
  const palette = RANKED[scheme];
  const slots = new Map(ranked.filter((name) => KNOWN.includes(name)).map((name) => [name, KNOWN.indexOf(name)]));
  const free = palette.map((_, i) => i).filter((i) => ![...slots.values()].includes(i));
  ranked.filter((name) => !slots.has(name)).forEach((name, i) => slots.set(name, free.length > 0 ? free[i % free.length] : i % palette.length));
  const byName = new Map([...slots].map(([name, i]) => [name, palette[i]]));
  return { ...named, colour: (hue) => byName.get(hue) ?? named[hue] ?? named.quiet };
}
