import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { yearOf } from '../../src/discover/year-of.js';

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lengths = (year: number): number[] => [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const two = (n: number): string => String(n).padStart(2, '0');
const four = (n: number): string => String(n).padStart(4, '0');

/** A year, a month from 0, and a day that it has. */
const dates = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 11 }))
  .chain(([year, month]) =>
    fc.tuple(fc.constant(year), fc.constant(month), fc.integer({ min: 1, max: lengths(year)[month] })),
  );

describe('yearOf', () => {
  test.prop([dates])('counts days of the Gregorian calendar, also in years below 100', ([year, month, day]) => {
    const before =
      lengths(year)
        .slice(0, month)
        .reduce((sum, n) => sum + n, 0) +
      day -
      1;
    const expected = year + before / (isLeap(year) ? 366 : 365);
    expect(Math.abs(yearOf(`${four(year)}-${two(month + 1)}-${two(day)}`) - expected)).toBeLessThan(1e-11 * 1e4);
  });

  test.prop([dates, dates])('is as ordered as its text', (a, b) => {
    const text = ([year, month, day]: [number, number, number]): string =>
      `${four(year)}-${two(month + 1)}-${two(day)}`;
    expect(Math.sign(yearOf(text(a)) - yearOf(text(b)))).toBe(
      Math.sign(text(a) < text(b) ? -1 : Number(text(a) > text(b))),
    );
  });

  test('the time of day counts, and its zone', () => {
    expect(yearOf('1970-07-02T12:00')).toBe(1970.5);
    expect(yearOf('1970-07-02 12:00:00')).toBe(1970.5);
    expect(yearOf(' 1970-07-02T12:00:00.000Z ')).toBe(1970.5);
    expect(yearOf('1970-07-02T14:30+02:30')).toBe(1970.5);
    expect(yearOf('1970-07-02T07:00-0500')).toBe(1970.5);
    expect(yearOf('2000-12-31T23:00-01:00')).toBe(2001);
    expect(yearOf('0000-01-01T00:00+01:00')).toBeLessThan(0);
  });

  test.each([
    '2001-02-29',
    '1900-02-29',
    '2001-13-01',
    '2001-00-10',
    '2001-01-00',
    '2001-04-31',
    '2001-1-1',
    '20010101',
    '2001-01-01 and more',
    '2001-01-01T',
    '2001-01-01T24:00',
    '2001-01-01T10:60',
    '2001-01-01T10',
    '2001-01-01T10:00:60',
    '2001-01-01T10:00+24:00',
    '2001-01-01T10:00+01:60',
    '2001-01-01T10:00 CET',
    '',
    'never',
  ])('"%s" is no date', (text) => {
    expect(yearOf(text)).toBeNaN();
  });
});
