import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** Stands for npm: `FAIL` names the command that fails, `TESTS` what the test run reports, `FILES` what `npm start` writes. */
const NPM = `#!/usr/bin/env bash
echo "$*" >> "$DIARY"
if [ "$1" = test ] && [ -n "$TESTS" ]; then printf '%s' "$TESTS" > "$VITEST_JSON"; fi
if [ "$1" = start ]; then mkdir -p "$4"; for name in $FILES; do echo x > "$4/$name"; done; fi
[ "$*" != "$FAIL" ]
`;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ci-run-'));
  mkdirSync(join(root, 'bin'));
  writeFileSync(join(root, 'bin/npm'), NPM);
  chmodSync(join(root, 'bin/npm'), 0o755);
  cpSync(fileURLToPath(new URL('../.ci/run', import.meta.url)), join(root, '.ci/run'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Outcome {
  readonly exitCode: number | null;
  readonly lastLine: string | undefined;
}

function run(env: NodeJS.ProcessEnv): Outcome {
  const { status, stdout } = spawnSync(join(root, '.ci/run'), {
    encoding: 'utf8',
    env: {
      PATH: [join(root, 'bin'), process.env.PATH].join(delimiter),
      DIARY: join(root, 'diary'),
      TESTS: '{ "numPassedTests": 40, "numFailedTests": 0 }',
      FILES: 'formula.json model.json report.html',
      FAIL: '',
      ...env,
    },
  });
  return { exitCode: status, lastLine: stdout.split('\n').at(-2) };
}

// Eight steps besides the tests.
describe('.ci/run', () => {
  test.each([
    ['everything holds', {}, 0, '48 passed, 0 failed'],
    ['a step fails, and the others run on', { FAIL: 'run lint' }, 1, '47 passed, 1 failed'],
    ['the installation fails', { FAIL: 'ci' }, 1, '47 passed, 1 failed'],
    ['tests fail', { FAIL: 'test', TESTS: '{ "numPassedTests": 38, "numFailedTests": 2 }' }, 1, '46 passed, 2 failed'],
    ['a test file does not load', { FAIL: 'test' }, 1, '48 passed, 1 failed'],
    ['the test run breaks off', { FAIL: 'test', TESTS: '' }, 1, '8 passed, 1 failed'],
    ['no test ran', { TESTS: '{ "numPassedTests": 0, "numFailedTests": 0 }' }, 1, '8 passed, 1 failed'],
    ['the command leaves out a file', { FILES: 'formula.json model.json' }, 1, '47 passed, 1 failed'],
  ])('%s', (_, env, exitCode, lastLine) => {
    expect(run(env)).toEqual({ exitCode, lastLine });
  });
});
