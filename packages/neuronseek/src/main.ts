import { basename } from 'node:path';
import { negativeControlNames } from '@neuronseek/approximation';
import { HELP, parseArguments } from './arguments.js';
import { printReport } from './print/print-report.js';
import { printVerdicts } from './print/print-verdicts.js';
import { printable } from './print/printable.js';
import { type ProgressStream, progressLine } from './print/progress-line.js';
import { readTable } from './read-table/read-table.js';
import { renderHtml } from './report/html.js';
import { outputFolder } from './run/output-folder.js';
import type { Run } from './run/results.js';
import { verify } from './run/verify.js';

/** What `main` touches of the world, handed in. */
export interface Environment {
  readonly stdout: ProgressStream;
  readonly stderr: ProgressStream;
  /** NO_COLOR, TERM and NEURONSEEK_DEBUG are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Aborted by an interrupt. */
  readonly signal: AbortSignal;
  /** Milliseconds of a monotone clock. */
  readonly now: () => number;
  readonly run: Run;
}

/** Exit codes. */
export const EXIT: {
  readonly done: 0;
  readonly fails: 1;
  readonly defect: 1;
  readonly input: 2;
  readonly interrupted: 130;
} = {
  done: 0,
  fails: 1,
  defect: 1,
  input: 2,
  interrupted: 130,
};

/**
 * The command line: reads the table, discovers, writes the three files, prints the report; or verifies theorems. Never rejects.
 *
 * @returns the exit code: 0, 1 where a theorem does not hold, 2 for a fault of the input (one sentence on stderr), 130 when interrupted, 1 for a defect
 */
export async function main(argv: readonly string[], environment: Environment): Promise<number> {
  const { stderr, signal, env } = environment;
  try {
    return await execute(argv, environment);
  } catch (error) {
    if (signal.aborted) {
      stderr.write('neuronseek: interrupted, nothing was written\n');
      return EXIT.interrupted;
    }
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    if (name === 'InputError') {
      stderr.write(`neuronseek: ${printable(message)}\n`);
      return EXIT.input;
    }
    const trace = env.NEURONSEEK_DEBUG ? `\n${stack ?? ''}` : ' (NEURONSEEK_DEBUG=1 shows where)';
    stderr.write(`neuronseek: this is a defect of neuronseek: ${printable(message)}${trace}\n`);
    return EXIT.defect;
  }
}

async function execute(argv: readonly string[], environment: Environment): Promise<number> {
  const { stdout, stderr, env, version, signal, now, run } = environment;
  const command = parseArguments(argv);
  if (command.kind === 'help') {
    stdout.write(HELP);
    return EXIT.done;
  }
  if (command.kind === 'version') {
    stdout.write(`${version}\n`);
    return EXIT.done;
  }
  if (command.kind === 'verify') return verifyAll(command, environment);
  const { file, target, task, method, out, seed } = command;
  const table = readTable(file);
  const folder = outputFolder(out);
  const capable = env.TERM !== 'dumb';
  const progress = progressLine(stderr, { now, live: stderr.isTTY === true && capable });
  try {
    const { report, formula, model } = await run(table, {
      target,
      task,
      method,
      seed,
      signal,
      onProgress: progress.update,
    });
    progress.finish();
    const files = [
      folder.write('formula.json', formula),
      folder.write('model.json', model),
      folder.write('report.html', renderHtml(report, { source: basename(file) })),
    ];
    const color = stdout.isTTY === true && capable && !env.NO_COLOR;
    stdout.write(printReport(report, { color, width: stdout.columns, files }));
    return EXIT.done;
  } catch (error) {
    progress.finish();
    folder.discard();
    throw error;
  }
}

async function verifyAll(
  { names, runs, seed }: Extract<ReturnType<typeof parseArguments>, { kind: 'verify' }>,
  { stdout, stderr, env, signal, now }: Environment,
): Promise<number> {
  const progress = progressLine(stderr, { now, live: stderr.isTTY === true && env.TERM !== 'dumb' });
  const begun = now();
  try {
    const verdicts = await verify({ names, runs, seed, signal, onProgress: progress.update });
    progress.finish();
    const controls = new Set<string>(negativeControlNames);
    stdout.write(printVerdicts(verdicts, { controls, seconds: (now() - begun) / 1000 }));
    return verdicts.every(({ holds }) => holds) ? EXIT.done : EXIT.fails;
  } finally {
    progress.finish();
  }
}
