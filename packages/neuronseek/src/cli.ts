#!/usr/bin/env node
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { main } from './main.js';
import { runHere } from './run/run-here.js';
import { runInWorker } from './run/run-in-worker.js';

// This file, without import.meta, which the CJS build has not; npm starts it through a link.
const self = pathToFileURL(realpathSync(process.argv[1] ?? ''));
const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', self), 'utf8'));
// From source (tsx, say) there is no built worker; then the work runs here, and an interrupt ends the process the hard way.
const worker = new URL('./discover-worker.js', self);

const controller = new AbortController();
const interrupt = (): void => controller.abort();
if (existsSync(worker)) process.on('SIGINT', interrupt);

// A reader that has seen enough (`| head`) closes the pipe: not our failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  version: manifest.version,
  signal: controller.signal,
  now: () => performance.now(),
  run: existsSync(worker) ? runInWorker(worker, runHere) : runHere,
}).then((code) => {
  process.exitCode = code;
  process.off('SIGINT', interrupt);
});
