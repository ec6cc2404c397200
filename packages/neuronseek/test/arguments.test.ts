import { fc, test } from '@fast-check/vitest';
import { discoverDefaults } from '@neuronseek/search';
import { describe, expect } from 'vitest';
import { type Command, DEFAULT_OUT, DEFAULT_RUNS, DEFAULT_SEED, HELP, parseArguments } from '../src/arguments.js';

/** The message of the InputError that parsing raises. */
function complaint(...argv: string[]): string {
  try {
    return `none: ${JSON.stringify(parseArguments(argv))}`;
  } catch (error) {
    if (error instanceof Error && error.name === 'InputError') return error.message;
    throw error;
  }
}

describe('parseArguments', () => {
  const word = fc.string({ minLength: 1 });
  const command = fc.record(
    {
      file: word.filter((text) => !text.startsWith('-')),
      target: word,
      task: fc.constantFrom('regression' as const, 'classification' as const),
      method: fc.constantFrom('als' as const, 'gates' as const),
      out: word,
      seed: fc.maxSafeNat(),
    },
    { requiredKeys: ['file', 'target'] },
  );

  test.prop([command, fc.boolean(), fc.array(fc.nat(), { minLength: 5, maxLength: 5 })])(
    'takes options in any order, values with = or after a space',
    (given, inline, order) => {
      const { file, ...options } = given;
      const pairs = Object.entries(options).map(([name, value]) => {
        const text = String(value);
        return inline || text.startsWith('-') ? [`--${name}=${text}`] : [`--${name}`, text];
      });
      const parts = [...pairs, [file]].map((part, i) => ({ part, rank: order[i] ?? 0 }));
      const argv = ['discover', ...parts.sort((a, b) => a.rank - b.rank).flatMap(({ part }) => part)];
      const expected: Command = { kind: 'discover', out: DEFAULT_OUT, seed: DEFAULT_SEED, ...given };
      expect(parseArguments(argv)).toEqual(expected);
    },
  );

  test.prop([
    fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom('discover', '--target', '--seed', '--out', '-h', '--', '-', '--task=', 'a.csv'),
      ),
    ),
  ])('answers anything with a command or one sentence', (argv) => {
    expect(complaint(...argv)).not.toMatch(/\p{Cc}/u);
  });

  test('help and version win over the rest', () => {
    expect(parseArguments(['discover', '--help'])).toEqual({ kind: 'help' });
    expect(parseArguments(['-h'])).toEqual({ kind: 'help' });
    expect(parseArguments(['--version'])).toEqual({ kind: 'version' });
  });

  test('the defaults are those of the help text and of discover', () => {
    expect(DEFAULT_SEED).toBe(discoverDefaults.seed);
    expect(HELP).toContain(`default: ${DEFAULT_OUT}\n`);
    expect(HELP).toContain(`default: ${DEFAULT_SEED}\n`);
    expect(HELP).toContain(`cases of each; default: ${DEFAULT_RUNS}\n`);
  });

  test('verify takes names, runs and a seed', () => {
    expect(parseArguments(['verify'])).toEqual({ kind: 'verify', names: [], runs: 1000, seed: 0 });
    expect(parseArguments(['verify', 'a', '--runs', '7', 'b', '--seed=3'])).toEqual({
      kind: 'verify',
      names: ['a', 'b'],
      runs: 7,
      seed: 3,
    });
  });

  test.each([
    [['verify', '--runs', '0'], '--runs: expected a positive integer, got "0"'],
    [['verify', '--runs', '1e3'], '--runs: expected a positive integer, got "1e3"'],
    [['verify', 'a', 'b', 'a'], 'verify: expected each theorem once, got "a" twice'],
    [['verify', '--out', 'x'], 'verify: has no option --out; neuronseek --help lists them'],
    [
      ['discover', 'a.csv', '--target', 'y', '--runs', '2'],
      'discover: has no option --runs; neuronseek --help lists them',
    ],
    [[], 'expected a command, as in neuronseek discover FILE --target NAME'],
    [
      ['train', 'a.csv'],
      'expected the command discover or verify, as in neuronseek discover FILE --target NAME, got "train"',
    ],
    [['discover', '--target', 'y'], 'discover: expected a file, as in neuronseek discover FILE --target NAME'],
    [['discover', 'a.csv', 'b.csv', '--target', 'y'], 'discover: expected one file, got also "b.csv"'],
    [['discover', 'a.csv'], 'discover: expected --target NAME, the column to predict'],
    [['discover', 'a.csv', '--target'], '--target: expected a value, got the end of the command'],
    [
      ['discover', 'a.csv', '--target', '--seed', '1'],
      '--target: expected a value, got "--seed"; write --target=VALUE if it is meant',
    ],
    [['discover', 'a.csv', '--target='], '--target: expected the name of a column, got an empty one'],
    [['discover', 'a.csv', '--target', 'y', '--target', 'z'], '--target: expected once, got it twice'],
    [
      ['discover', 'a.csv', '--target', 'y', '--seed', '-1'],
      '--seed: expected an integer from 0 to 9007199254740991, got "-1"',
    ],
    [
      ['discover', 'a.csv', '--target', 'y', '--seed', '1.5'],
      '--seed: expected an integer from 0 to 9007199254740991, got "1.5"',
    ],
    [
      ['discover', 'a.csv', '--target', 'y', '--seed', '1e3'],
      '--seed: expected an integer from 0 to 9007199254740991, got "1e3"',
    ],
    [
      ['discover', 'a.csv', '--target', 'y', '--seed=9007199254740992'],
      '--seed: expected an integer from 0 to 9007199254740991, got "9007199254740992"',
    ],
    [
      ['discover', 'a.csv', '--target', 'y', '--task', 'ranking'],
      '--task: expected regression or classification, got "ranking"',
    ],
    [['discover', 'a.csv', '--target', 'y', '--method', 'sgd'], '--method: expected als or gates, got "sgd"'],
    [['discover', 'a.csv', '--target', 'y', '--out='], '--out: expected the name of a folder, got an empty one'],
    [['discover', 'a.csv', '--tagret', 'y'], 'unknown option --tagret; neuronseek --help lists the options'],
    [['discover', 'a.csv', '-t', 'y'], 'unknown option -t; neuronseek --help lists the options'],
    [['--help=yes'], '--help: expected no value, got "yes"'],
  ])('refuses %j', (argv, message) => {
    expect(complaint(...argv)).toBe(message);
  });
});
