import { fc, test } from '@fast-check/vitest';
import type { DiscoverReport, SearchSummary } from '@neuronseek/search';
import { describe, expect } from 'vitest';
import { formatNumber } from '../src/format-number.js';
import { formatSeconds } from '../src/format-seconds.js';
import { escapeMarkup } from '../src/report/escape-markup.js';
import { renderHtml } from '../src/report/html.js';
import { confusionChart } from '../src/report/svg/confusion-chart.js';
import { lineChart } from '../src/report/svg/line-chart.js';
import { scatterChart } from '../src/report/svg/scatter-chart.js';
import { report, text } from './arbitrary-report.js';
import { classification, regression } from './example-report.js';
import { type Element, parseMarkup } from './well-formed.js';

/** What a page may be made of; a name that smuggles in an element would add to it. */
const ELEMENTS = new Set(
  'html head meta title style body header p h1 h2 h3 dl dt dd div small ul li section table thead tbody tr th td span i figure figcaption footer details summary svg desc g line text path rect'.split(
    ' ',
  ),
);

/** As the page shows it: forbidden characters replaced, signs typographic, breaking spaces after signs not breaking. */
const shown = (value: string): string =>
  value.replace(/[^\P{Cc}\t\n\r]|\p{Surrogate}|[\ufffe\uffff]/gu, '\ufffd').replaceAll('\u00a0', ' ');

function pageText(elements: readonly Element[]): string {
  return (elements.at(-1)?.text ?? '').replaceAll('\u00a0', ' ');
}

describe('escapeMarkup', () => {
  test.prop([text])('survives a strict parser as text and as an attribute', (value) => {
    const [element] = parseMarkup(`<p title="${escapeMarkup(value)}">${escapeMarkup(value)}</p>`);
    const safe = value.replace(/[^\P{Cc}\t\n\r]|\p{Surrogate}|[\ufffe\uffff]/gu, '\ufffd');
    expect(element?.text).toBe(safe);
    expect(element?.attributes.get('title')).toBe(safe);
  });
});

describe('renderHtml', () => {
  test.prop([report, text])('is well formed and made of known elements only, whatever the names', (value, source) => {
    const elements = parseMarkup(renderHtml(value, { source }));
    const foreign = elements.filter(
      ({ name, attributes }) =>
        !ELEMENTS.has(name) ||
        [...attributes.keys()].some((key) => /^on|^href$|^src$|^srcset$|^action$/i.test(key)) ||
        /url|@import|expression/i.test(attributes.get('style') ?? ''),
    );
    expect(foreign).toEqual([]);
    expect(elements.filter(({ name }) => name === 'title' || name === 'h1')[0]?.text).toBe(
      shown(`A neuron for ${value.target}`),
    );
  });

  const numbersOf = (search: SearchSummary): string[] =>
    search.method === 'gates'
      ? search.terms.map(({ probability }) => formatNumber(probability, 3))
      : [
          ...search.terms.flatMap(({ gain, noise }) => [formatNumber(gain, 4), formatNumber(noise, 4)]),
          ...search.steps.flatMap(({ structure, deviance, score }) => [
            structure,
            formatNumber(deviance, 4),
            formatNumber(score, 4),
          ]),
          ...(search.terms.length > 0 ? search.variables : []),
          search.doubt ?? '',
        ];

  test.prop([report])('says every name and number of the report', (value) => {
    const page = pageText(parseMarkup(renderHtml(value)));
    const numbers = (list: readonly number[]): string[] => list.map((x) => formatNumber(x).replaceAll('-', '−'));
    const wanted: string[] = [
      value.formula.structure,
      ...value.formula.where,
      ...value.formula.monomials.map((monomial) => monomial.text),
      ...numbers(value.formula.monomials.map((monomial) => monomial.coefficient)),
      ...value.search.terms.map((term) => term.reason),
      ...numbersOf(value.search),
      ...value.search.terms.map((term) => formatNumber(100 * term.variance, 3)),
      ...value.models.flatMap((model) => [model.name, model.note, formatSeconds(model.seconds)]),
      ...value.models.flatMap((model) => numbers([model.parameters])),
      ...value.models.flatMap((model) => numbers([model.error, model.score])),
      ...numbers([value.data.rows, value.data.train, value.data.validation, value.data.test]),
      ...value.data.columns.flatMap((column) => [
        column.name,
        column.note,
        column.filledWith ?? '',
        formatNumber(column.missing),
      ]),
      ...value.classes,
      ...value.remarks,
      `seed ${value.seed}`,
      formatSeconds(value.seconds.total),
    ];
    for (const item of wanted) expect(page.replaceAll('-', '−')).toContain(shown(item).replaceAll('-', '−'));
  });

  test.prop([report])('does not depend on anything but the report', (value) => {
    expect(renderHtml(structuredClone(value))).toBe(renderHtml(value));
  });

  test('loads nothing from anywhere', () => {
    for (const value of [regression, classification]) {
      const page = renderHtml(value);
      expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
        /https?:|\/\/|<script|<link|<img|@import|url\(/,
      );
      expect(page).toContain(`default-src 'none'`);
    }
  });

  test('draws the search, the gates, the predictions and every learning curve', () => {
    const titles = (value: DiscoverReport): string[] => {
      const elements = parseMarkup(renderHtml(value));
      for (const svg of elements.filter(({ name }) => name === 'svg')) expect(svg.attributes.get('role')).toBe('img');
      return elements.filter(({ name }) => name === 'title').map((title) => title.text);
    };
    expect(titles(regression).slice(1)).toEqual([
      'Search loss over epochs',
      'Gate probabilities over epochs',
      'Predicted against true values on the test rows',
      'Learning curve of network of found neurons',
      'Learning curve of single found neuron',
      'Learning curve of perceptron network',
    ]);
    expect(titles(classification)).toContain('versicolor taken for virginica: 2 of 15');
  });

  test('draws the description length over the steps of the closed-form search', () => {
    const search: SearchSummary = {
      method: 'als',
      name: 'closed form',
      status: 'completed',
      terms: [],
      variables: [],
      tries: 1,
      steps: [10, 4, 3].map((score) => ({ structure: 's', deviance: score - 1, score })),
    };
    const page = renderHtml({ ...regression, search });
    const titles = parseMarkup(page).filter(({ name }) => name === 'title');
    expect(titles[1].text).toBe('Description length over the steps of the search');
    expect(page).toContain('<summary>3 steps</summary>');
    const none = renderHtml({ ...regression, search: { ...search, status: 'no-structure', steps: [] } });
    expect(none).not.toContain('The search, step by step');
  });

  test('the best model is marked, also where it is not the first', () => {
    const models = regression.models.map((model, i) => (i === 3 ? { ...model, error: 0.1 } : model));
    const rows = parseMarkup(renderHtml({ ...regression, models })).filter(({ name }) => name === 'tr');
    const best = rows.filter((row) => /best \d/.test(row.text));
    expect(best.map((row) => row.text.startsWith('perceptron network'))).toEqual([true]);
  });
});

describe('charts', () => {
  const value = fc.oneof(
    fc.double({ min: -1e300, max: 1e300, noNaN: true }),
    fc.double({ min: -10, max: 10, noNaN: true }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 3),
  );
  const points = fc.array(fc.tuple(value, value), { maxLength: 20 });

  /** Every coordinate of a path, in pairs. */
  function coordinates(svg: string): number[] {
    return parseMarkup(svg).flatMap(({ name, attributes }) =>
      name === 'path'
        ? [...(attributes.get('d') ?? '').matchAll(/[ML](\S+?) ([-\d.e]+)/g)].flatMap(([, x, y]) => [
            Number(x),
            Number(y),
          ])
        : [],
    );
  }

  test.prop([
    fc.array(points, { maxLength: 4 }),
    fc.constantFrom('legend' as const, 'ends' as const, 'none' as const),
    text,
  ])('line charts stay inside their box, gaps and degenerate ranges included', (lines, names, title) => {
    const series = lines.map((list, i) => ({ label: `line ${i}`, tone: 'accent' as const, points: list }));
    const svg = lineChart({ title, xLabel: 'x', yLabel: 'y', series, names });
    const [, , width, height] = (parseMarkup(svg).at(-1)?.attributes.get('viewBox') ?? '').split(' ').map(Number);
    const limit = Math.max(width ?? 0, height ?? 0);
    for (const c of coordinates(svg)) {
      expect(c).toBeGreaterThanOrEqual(0);
      expect(c).toBeLessThanOrEqual(limit);
    }
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    // A name stands at the end of each line that has an end, and in the legend for all.
    const finite = lines.filter((list) => list.some(([x, y]) => Number.isFinite(x) && Number.isFinite(y)));
    const labels = parseMarkup(svg).filter((element) => element.name === 'text' && element.text.startsWith('line '));
    expect(labels.length).toBe(names === 'legend' ? lines.length : names === 'ends' ? finite.length : 0);
  });

  test('names at the ends of lines never overlap', () => {
    const series = Array.from({ length: 20 }, (_, i) => ({
      label: `line ${i}`,
      tone: 'muted' as const,
      points: [
        [0, 0.5],
        [10, i % 2 === 0 ? 0.01 : 0.012],
      ] as const,
    }));
    const svg = lineChart({ title: 't', xLabel: 'x', yLabel: 'y', series, names: 'ends' });
    const labels = parseMarkup(svg).filter((element) => element.name === 'text' && element.text.startsWith('line '));
    const heights = labels.map((element) => Number(element.attributes.get('y'))).sort((a, b) => a - b);
    expect(heights.length).toBe(20);
    for (let i = 1; i < 20; i++)
      expect((heights[i] ?? 0) - (heights[i - 1] ?? Number.NaN)).toBeGreaterThanOrEqual(14.8);
    expect(heights[0]).toBeGreaterThan(15);
  });

  test('a log axis where values span more than a factor of 30', () => {
    const series = [
      {
        label: 'a',
        tone: 'accent' as const,
        points: [
          [0, 1000],
          [1, 0.01],
        ] as const,
      },
    ];
    expect(lineChart({ title: 't', xLabel: 'x', yLabel: 'y', series })).toContain('>0.01<');
    expect(lineChart({ title: 't', xLabel: 'x', yLabel: 'y', series, yScale: 'linear' })).not.toContain('>0.01<');
  });

  test.prop([points])('scatter charts draw every finite pair, on one scale for both axes', (list) => {
    const svg = scatterChart({ title: 't', xLabel: 'x', yLabel: 'y', points: list });
    const finite = list.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
    const dots = svg.match(/h0/g)?.length ?? 0;
    expect(dots).toBe(finite.length);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  test('a point on the diagonal is drawn on the diagonal', () => {
    const svg = scatterChart({
      title: 't',
      xLabel: 'x',
      yLabel: 'y',
      points: [
        [0, 0],
        [10, 10],
        [4, 4],
      ],
    });
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, ...dots] = coordinates(svg);
    for (let i = 0; i < dots.length; i += 2) {
      const along = ((dots[i] ?? 0) - x1) / (x2 - x1);
      // Coordinates are rounded to a tenth.
      expect(Math.abs(y1 + along * (y2 - y1) - (dots[i + 1] ?? 0))).toBeLessThanOrEqual(0.3);
    }
    expect(dots.length).toBe(6);
  });

  test.prop([fc.integer({ min: 1, max: 30 }), fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 60 })])(
    'the confusion matrix counts every pair once',
    (size, pairs) => {
      const inside = pairs.filter(([a, b]) => a < size && b < size);
      const svg = confusionChart({
        title: 't',
        classes: Array.from({ length: size }, (_, i) => `c${i}`),
        actual: inside.map(([a]) => a),
        predicted: inside.map(([, b]) => b),
      });
      const tips = parseMarkup(svg)
        .filter(({ name }) => name === 'title')
        .map((tip) => /^c(\d+) taken for c(\d+): (\d+) of/.exec(tip.text));
      const counts = tips.flatMap((tip) =>
        tip === null ? [] : [{ a: Number(tip[1]), b: Number(tip[2]), n: Number(tip[3]) }],
      );
      expect(counts.length).toBe(size * size);
      for (const { a, b, n } of counts) expect(n).toBe(inside.filter((pair) => pair[0] === a && pair[1] === b).length);
    },
  );
});
