import { basename } from 'node:path';
import { HELP, parseArguments } from './arguments.js';
import { printReport } from './print/print-report.js';
import { printable } from './print/printable.js';
import { type ProgressStream, progressLine } from './print/progress-line.js';
import { readTable } from './read-table/read-table.js';
import { renderHtml } from './report/html.js';
import { outputFolder } from './run/output-folder.js';
import type { Run } from './run/results.js';

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
export const EXIT: { readonly done: 0; readonly defect: 1; readonly input: 2; readonly interrupted: 130 } = {
  done: 0,
  defect: 1,
  input: 2,
  interrupted: 130,
};

/**
 * The command line: reads the table, discovers, writes the three files, prints the report. Never rejects.
 *
 * @returns the exit code: 0, 2 for a fault of the input (one sentence on stderr), 130 when interrupted, 1 for a defect
 */
export async function main(argv: readonly string[], environment: Environment): Promise<number> {
  const { stderr, signal, env } = environment;
  try {
    await execute(argv, environment);
    return EXIT.done;
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

async function execute(argv: readonly string[], environment: Environment): Promise<void> {
  const { stdout, stderr, env, version, signal, now, run } = environment;
  const command = parseArguments(argv);
  if (command.kind === 'help') {
    stdout.write(HELP);
    return;
  }
  if (command.kind === 'version') {
    stdout.write(`${version}\n`);
    return;
  }
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
  } catch (error) {
    progress.finish();
    folder.discard();
    throw error;
  }
}
