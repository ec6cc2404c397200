import { parseArgs } from 'node:util';
import { InputError } from '@neuronseek/search';
import { quote } from './read-table/quote.js';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'discover';
      readonly file: string;
      readonly target: string;
      readonly task?: 'regression' | 'classification';
      readonly method?: 'als' | 'gates';
      readonly out: string;
      readonly seed: number;
    }
  | {
      readonly kind: 'verify';
      /** As typed; none: all. */
      readonly names: readonly string[];
      readonly runs: number;
      readonly seed: number;
    };

/** Default of `--out`. */
export const DEFAULT_OUT = 'neuronseek-out';
/** Default of `--seed`. */
export const DEFAULT_SEED = 0;
/** Default of `--runs`. */
export const DEFAULT_RUNS = 1000;

/** Text of `--help`. */
export const HELP: string = `Usage: neuronseek discover FILE --target NAME [options]
       neuronseek verify [THEOREM ...] [--runs N] [--seed N]

discover finds the neuron the data ask for: searches which terms a polynomial neuron
needs to predict a column from the others, trains a network of such neurons,
and reports both beside simpler models.

FILE is .csv, .tsv or .json (an array of flat records), each optionally .gz.

Options:
  --target NAME   column to predict
  --task TASK     regression or classification; default: by the target's cells
  --method NAME   als (closed form) or gates (gradient descent, as published);
                  default: als
  --out DIR       folder for formula.json, model.json and report.html;
                  default: ${DEFAULT_OUT}
  --seed N        non-negative integer that fixes all randomness; default: ${DEFAULT_SEED}

verify draws cases of approximation theorems, certifies each, and runs negative
controls, which must fail; a line for each, with the smallest margin seen and
the counterexample if there is one. Without names: all of them.

Options:
  --runs N        cases of each; default: ${DEFAULT_RUNS}
  --seed N        non-negative integer that fixes which are drawn; default: ${DEFAULT_SEED}

  --help          print this
  --version       print the version

Exit codes: 0 done and every theorem holds, 2 the input or an option is at
fault, 130 interrupted, 1 a theorem does not hold, or a defect of neuronseek.
`;

const OPTIONS = {
  target: { type: 'string' },
  task: { type: 'string' },
  method: { type: 'string' },
  out: { type: 'string' },
  seed: { type: 'string' },
  runs: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const VALUED: ReadonlySet<string> = new Set(['target', 'task', 'method', 'out', 'seed', 'runs']);
const FLAGS: ReadonlySet<string> = new Set(['help', 'version']);

/** Parses the words after `neuronseek`; errors: InputError of one sentence. */
export function parseArguments(argv: readonly string[]): Command {
  const { tokens } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (FLAGS.has(name)) {
      if (value !== undefined) throw new InputError(`${rawName}: expected no value, got ${quote(value)}`);
      values.set(name, '');
      continue;
    }
    if (!VALUED.has(name))
      throw new InputError(`unknown option ${printableOption(rawName)}; neuronseek --help lists the options`);
    if (value === undefined) throw new InputError(`${rawName}: expected a value, got the end of the command`);
    // `--target --seed 1` has forgotten a value; `--target=--seed` and `--seed -1` have not.
    if (!token.inlineValue && /^-(?!\d)./.test(value)) {
      throw new InputError(`${rawName}: expected a value, got ${quote(value)}; write ${rawName}=VALUE if it is meant`);
    }
    if (values.has(name)) throw new InputError(`${rawName}: expected once, got it twice`);
    values.set(name, value);
  }
  if (values.has('help')) return { kind: 'help' };
  if (values.has('version')) return { kind: 'version' };
  return words[0] === 'verify' ? verifyCommand(words.slice(1), values) : discoverCommand(words, values);
}

/** Options of one command that the other has not are refused: an option that does nothing would look as if it did. */
function refuseOthers(command: string, values: ReadonlyMap<string, string>, own: readonly string[]): void {
  for (const name of values.keys()) {
    if (!own.includes(name)) throw new InputError(`${command}: has no option --${name}; neuronseek --help lists them`);
  }
}

function verifyCommand(names: readonly string[], values: ReadonlyMap<string, string>): Command {
  refuseOthers('verify', values, ['runs', 'seed']);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new InputError(`verify: expected each theorem once, got ${quote(twice)} twice`);
  return { kind: 'verify', names, runs: parseRuns(values.get('runs')), seed: parseSeed(values.get('seed')) };
}

function parseRuns(text: string | undefined): number {
  if (text === undefined) return DEFAULT_RUNS;
  const runs = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(runs) && runs >= 1) return runs;
  throw new InputError(`--runs: expected a positive integer, got ${quote(text)}`);
}

function discoverCommand(words: readonly string[], values: ReadonlyMap<string, string>): Command {
  const [command, file, ...rest] = words;
  const usage = 'neuronseek discover FILE --target NAME';
  if (command === undefined) throw new InputError(`expected a command, as in ${usage}`);
  if (command !== 'discover')
    throw new InputError(`expected the command discover or verify, as in ${usage}, got ${quote(command)}`);
  refuseOthers('discover', values, ['target', 'task', 'method', 'out', 'seed']);
  if (file === undefined) throw new InputError(`discover: expected a file, as in ${usage}`);
  if (rest.length > 0) throw new InputError(`discover: expected one file, got also ${rest.map(quote).join(', ')}`);
  const target = values.get('target');
  if (target === undefined) throw new InputError(`discover: expected --target NAME, the column to predict`);
  if (target === '') throw new InputError('--target: expected the name of a column, got an empty one');
  const out = values.get('out') ?? DEFAULT_OUT;
  if (out === '') throw new InputError('--out: expected the name of a folder, got an empty one');
  const task = values.get('task');
  if (task !== undefined && task !== 'regression' && task !== 'classification') {
    throw new InputError(`--task: expected regression or classification, got ${quote(task)}`);
  }
  const method = values.get('method');
  if (method !== undefined && method !== 'als' && method !== 'gates') {
    throw new InputError(`--method: expected als or gates, got ${quote(method)}`);
  }
  return {
    kind: 'discover',
    file,
    target,
    ...(task === undefined ? {} : { task }),
    ...(method === undefined ? {} : { method }),
    out,
    seed: parseSeed(values.get('seed')),
  };
}

function parseSeed(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SEED;
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(seed)) return seed;
  throw new InputError(`--seed: expected an integer from 0 to ${Number.MAX_SAFE_INTEGER}, got ${quote(text)}`);
}

/** The option as typed, without control characters. */
function printableOption(name: string): string {
  return quote(name).slice(1, -1);
}
