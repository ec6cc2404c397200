import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { formatNumber } from '../src/format-number.js';
import { formatSeconds } from '../src/format-seconds.js';
import { align } from '../src/print/align.js';
import { printReport } from '../src/print/print-report.js';
import { type ProgressStream, progressLine } from '../src/print/progress-line.js';
import { wrap } from '../src/print/wrap.js';
import { renderHtml } from '../src/report/html.js';
import { report } from './arbitrary-report.js';
import { regression } from './example-report.js';

describe('formatNumber', () => {
  test.prop([fc.double({ min: -1e300, max: 1e300, noNaN: true }), fc.integer({ min: 1, max: 12 })])(
    'reads back to within half a unit of the last digit, with the sign',
    (value, digits) => {
      const read = Number(formatNumber(value, digits).replaceAll(',', ''));
      expect(Math.abs(read - value)).toBeLessThanOrEqual(0.5000001 * 10 ** (1 - digits) * Math.abs(value));
    },
  );

  test.each([
    [0, '0'],
    [-0, '0'],
    [20640, '20,640'],
    [1234567.89, '1,234,568'],
    [0.52731, '0.5273'],
    [-0.5, '-0.5'],
    [0.00001234567, '1.235e-5'],
    [1e15, '1e15'],
    [9999.96, '10,000'],
    [Number.NaN, 'n/a'],
    [Number.POSITIVE_INFINITY, 'n/a'],
  ])('%d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('formatSeconds', () => {
  test.each([
    [0, '0 s'],
    [0.004, '0 s'],
    [0.42, '0.42 s'],
    [9.996, '10 s'],
    [12.34, '12.3 s'],
    [59.96, '1 min 0 s'],
    [125, '2 min 5 s'],
    [3599.6, '1 h 0 min'],
    [7325, '2 h 2 min'],
    [Number.NaN, 'n/a'],
    [-1, 'n/a'],
  ])('%d is %s', (value, text) => {
    expect(formatSeconds(value)).toBe(text);
  });
});

describe('wrap and align', () => {
  const prose = fc.array(
    fc.string({ unit: fc.constantFrom('a', 'é', '\u{1f600}', '-'), minLength: 1, maxLength: 12 }),
    { maxLength: 30 },
  );

  test.prop([prose, fc.integer({ min: 20, max: 60 }), fc.constantFrom('', '  '), fc.constantFrom('', '    ')])(
    'wrap keeps every word and no line is too long',
    (words, width, first, rest) => {
      const text = wrap(words.join(' '), width, first, rest);
      expect(text.split(/\s+/).filter((word) => word !== '')).toEqual(words);
      text.split('\n').forEach((line, i) => {
        expect([...line].length).toBeLessThanOrEqual(width);
        if (words.length > 0) expect(line.startsWith(i === 0 ? first : rest)).toBe(true);
      });
    },
  );

  test('wrap leaves a word that is too long alone, and never breaks at a no-break space', () => {
    expect(wrap('a bbbbbbbbbb c', 5, ' ')).toBe(' a\n bbbbbbbbbb\n c');
    expect(wrap('x +\u00a0yyy', 5)).toBe('x\n+ yyy');
  });

  test.prop([
    fc.array(fc.array(fc.string({ unit: fc.constantFrom('a', '²', '\u{1f600}') }), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
    }),
  ])('align puts each column at one place', (rows) => {
    const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => [...(row[i] ?? '')].length)));
    align(rows, new Set([1])).forEach((line, r) => {
      const points = [...line.padEnd(200)];
      const [a = 0, b = 0] = widths;
      expect(points.slice(0, a).join('').trimEnd()).toBe(rows[r]?.[0]);
      expect(
        points
          .slice(a + 2, a + 2 + b)
          .join('')
          .trimStart(),
      ).toBe(rows[r]?.[1]);
      expect(
        points
          .slice(a + b + 4)
          .join('')
          .trimEnd(),
      ).toBe(rows[r]?.[2]);
    });
  });
});

describe('printReport', () => {
  test.prop([report, fc.boolean()])(
    'holds no control character but line feeds and its own emphasis',
    (value, color) => {
      const text = printReport(value, { color, files: ['a\u001b[2Jb'] });
      const bare = color ? ['1', '2', '22'].reduce((rest, code) => rest.replaceAll(`\u001b[${code}m`, ''), text) : text;
      expect(bare.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028-\u202e]/u);
      expect(text.endsWith('\n')).toBe(true);
      expect(printReport(value, { color: false, files: ['a\u001b[2Jb'] })).toBe(bare);
    },
  );

  test('says what was found, beside what, in how long, and where it went', () => {
    const text = printReport(regression, { files: ['out/formula.json', 'out/report.html'], width: 80 });
    expect(text).toContain(
      'Neuron for median_house_value (regression, seed 7)\n\n  w₁·x + w₂·x² + ⟨u₁, x⟩⟨u₂, x⟩ (rank 4)\n',
    );
    expect(text).toContain('  kept     interaction, order 2  gate 0.987  24.3 % of variance\n');
    expect(text).toContain(
      [
        'Errors on 3,094 test rows',
        '  model                       RMSE       R²  parameters    time',
        '  network of found neurons  0.5273   0.7894       4,321  21.4 s',
        '  single found neuron       0.6418   0.6882         106   3.1 s',
        '  linear regression         0.7246   0.6027          11  0.02 s',
        '  perceptron network        0.5391   0.7799       4,369  18.9 s',
        '  mean of the target          1.15  -0.0003           1     0 s',
      ].join('\n'),
    );
    for (const sentence of regression.remarks) expect(text.replace(/\s+/g, ' ')).toContain(sentence);
    expect(text).toContain('58.9 s in all: 14.6 s searching, 43.4 s training.');
    expect(text.endsWith('Written\n  out/formula.json\n  out/report.html\n')).toBe(true);
    for (const line of text.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });
});

describe('a formula of several outputs', () => {
  test('has a line for each', () => {
    const formula = { ...regression.formula, expanded: 'score(a) ≈ x + 1\nscore(b) ≈ −x − 1' };
    expect(printReport({ ...regression, formula })).toContain('\n  score(a) ≈ x + 1\n  score(b) ≈ −x − 1\n');
    expect(renderHtml({ ...regression, formula }).match(/<p class="expanded">score/g)).toHaveLength(2);
  });
});

describe('progressLine', () => {
  const event = fc.record({
    phase: fc.constantFrom('search', 'training'),
    done: fc.integer({ min: -1, max: 120 }),
    total: fc.integer({ min: 0, max: 100 }),
    detail: fc.string({ maxLength: 200 }),
  });

  function record(isTTY: boolean, columns?: number): ProgressStream & { readonly written: string[] } {
    const written: string[] = [];
    return { isTTY, columns, written, write: (text) => written.push(text) };
  }

  /** What a terminal shows on its line after these writes. */
  function screen(written: readonly string[]): string {
    let line: string[] = [];
    let cursor = 0;
    for (const c of written.join('')) {
      if (c === '\r') cursor = 0;
      else line[cursor++] = c;
    }
    line = Array.from(line, (c) => c ?? ' ');
    return line.join('').trimEnd();
  }

  test.prop([fc.array(event, { minLength: 1 }), fc.integer({ min: 20, max: 120 })])(
    'on a terminal: one line, never too long, nothing left of a longer one before, cleared at the end',
    (events, columns) => {
      const stream = record(true, columns);
      const line = progressLine(stream);
      for (const e of events) {
        line.update(e);
        const fresh = record(true, columns);
        progressLine(fresh).update(e);
        expect(screen(stream.written)).toBe(screen(fresh.written));
        expect([...screen(stream.written)].length).toBeLessThan(columns);
      }
      expect(stream.written.join('').replaceAll('\r', '')).not.toMatch(/\p{Cc}/u);
      line.finish();
      expect(screen(stream.written)).toBe('');
    },
  );

  test.prop([fc.array(event)])('elsewhere: whole lines, a handful a phase, no carriage return', (events) => {
    const stream = record(false);
    const line = progressLine(stream);
    const ordered = [...events].sort((a, b) => a.phase.localeCompare(b.phase));
    for (const e of ordered) line.update(e);
    line.finish();
    expect(stream.written.length).toBeLessThanOrEqual(10);
    for (const text of stream.written) expect(text).toMatch(/^(search|training): \d+ %[^\n\r]*\n$/);
    expect(stream.written.length > 0).toBe(events.length > 0);
  });

  test('rewrites at most every 80 ms, but always at a new phase and at its end', () => {
    const stream = record(true);
    let time = 0;
    const line = progressLine(stream, { now: () => time });
    const say = (phase: string, done: number): number => {
      line.update({ phase, done, total: 10, detail: '' });
      return stream.written.length;
    };
    expect(say('search', 1)).toBe(1);
    time = 79;
    expect(say('search', 2)).toBe(1);
    time = 80;
    expect(say('search', 3)).toBe(2);
    expect(say('search', 10)).toBe(3);
    expect(say('training', 0)).toBe(4);
    expect(screen(stream.written)).toBe('training [....................] 0 %');
  });
});
