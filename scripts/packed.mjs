// `npm run check:packed`: installs the tarballs as a user without network would, and runs programs on them. Expects a build.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, publishedPackages, root } from './published-packages.mjs';

const NO_EVAL = '--disallow-code-generation-from-strings';
const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'check-packed-'));
const project = join(folder, 'project');
let failed = 0;

/**
 * Runs a program and prints one line about it; what it said only where it failed.
 *
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @param {(output: string) => string | undefined} [refuse] what is wrong with the output of a run that succeeded
 * @param {number} [expected] exit code
 * @returns {string} standard output
 */
function check(name, command, args, refuse = () => undefined, expected = 0) {
  const begun = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: project,
    encoding: 'utf8',
    env: cleanEnvironment(),
  });
  const seconds = `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  const problem =
    error?.message ?? (status === expected ? refuse(stdout) : `exit code ${status}, expected ${expected}`);
  console.log(
    `${problem === undefined ? 'ok    ' : 'FAILED'} ${name} (${seconds})${problem === undefined ? '' : `: ${problem}`}`,
  );
  if (problem !== undefined) {
    failed++;
    console.log(`${stdout}${stderr}`.replace(/^/gm, '         '));
  }
  return stdout;
}

/**
 * Texts that must be there, and one text.
 *
 * @param {string} name
 * @param {readonly (string | undefined)[]} texts
 */
function compare(name, texts) {
  const same = texts.every((text) => text !== undefined && text === texts[0]);
  console.log(`${same ? 'ok    ' : 'FAILED'} ${name}`);
  if (!same) failed++;
}

/** The environment without what npm and this repository put into it. */
function cleanEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS$|INIT_CWD$)/i.test(name)),
  );
}

function writeProject() {
  cpSync(join(root, 'scripts/packed'), project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  writeFileSync(join(project, '.npmrc'), '');
}

/** @param {readonly string[]} tarballs */
function install(tarballs) {
  const settings = ['--offline', '--cache', join(folder, 'cache'), '--userconfig', join(project, '.npmrc')];
  const args = ['install', ...settings, '--registry', 'http://127.0.0.1:9', '--no-audit', '--no-fund', ...tarballs];
  check('install offline, with an empty cache', 'npm', args);
}

/**
 * The programs print `ok` or `FAILED` for each of their checks; a program that printed neither did nothing.
 *
 * @param {string} output
 */
function refuseProgram(output) {
  const lines = output.split('\n').filter((line) => /^(ok|FAILED) /.test(line));
  return lines.length === 0 ? 'no checks ran' : lines.find((line) => line.startsWith('FAILED'));
}

/** @param {readonly string[]} entries */
function runPrograms(entries) {
  const ways = [
    { name: 'ESM without code from strings', args: [NO_EVAL, 'esm.mjs'] },
    { name: 'CJS without code from strings', args: [NO_EVAL, 'cjs.cjs'] },
    { name: 'ESM without a compiler', args: ['--jitless', 'esm.mjs'] },
    { name: 'ESM, the files for browsers', args: ['--conditions=browser', 'esm.mjs'] },
    { name: 'ESM without permissions', args: [PERMISSION, `--allow-fs-read=${project}/*`, 'esm.mjs'] },
  ];
  const outputs = ways.map(({ name, args }) => check(name, process.execPath, [...args, ...entries], refuseProgram));
  check('ESM and CJS copies in one process', process.execPath, [NO_EVAL, 'both.mjs'], refuseProgram);
  compare(
    'the same bits in every way',
    outputs.map((output) => /^bits (\w+)$/m.exec(output)?.[1]),
  );
}

/**
 * Type checks programs that import every entry, in a project without the types of Node, where nothing but the packages can help.
 *
 * @param {readonly string[]} entries
 */
function checkTypes(entries) {
  const compilerOptions = {
    module: 'NodeNext',
    target: 'ES2022',
    lib: ['ES2022', 'DOM'],
    strict: true,
    types: [],
    noEmit: true,
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['all.mts', 'all.cts'] }));
  const imports = entries.map((entry, i) => `export * as m${i} from '${entry}';\n`).join('');
  writeFileSync(join(project, 'all.mts'), imports);
  writeFileSync(join(project, 'all.cts'), imports);
  check('declarations, for ESM and CJS', process.execPath, [join(root, 'node_modules/typescript/bin/tsc')]);
}

function checkCommand() {
  const bin = join(project, 'node_modules/.bin/neuronseek');
  check('neuronseek --help', bin, ['--help'], (output) =>
    output.includes('discover') ? undefined : 'it does not name discover',
  );
  check('neuronseek without its file', bin, ['discover', 'missing.csv', '--target', 'y'], undefined, 2);
  // y = 2 + x² − x·z, on points that fill the square evenly.
  const rows = Array.from({ length: 200 }, (_, i) => {
    const [x, z] = [2 * ((i * 0.7548776662466927) % 1) - 1, 2 * ((i * 0.5698402909980532) % 1) - 1];
    return `${x},${z},${2 + x * x - x * z}\n`;
  });
  writeFileSync(join(project, 'data.csv'), `x,z,y\n${rows.join('')}`);
  const cli = join(project, 'node_modules/neuronseek/dist/cli.js');
  /**
   * @param {string} name
   * @param {readonly string[]} flags
   * @param {string} out
   */
  const discover = (name, flags, out) =>
    check(name, process.execPath, [...flags, cli, 'discover', 'data.csv', '--target', 'y', '--out', out], () => {
      const missing = ['formula.json', 'model.json', 'report.html'].filter(
        (file) => !existsSync(join(project, out, file)),
      );
      return missing.length === 0 ? undefined : `${missing.join(', ')} not written`;
    });
  discover('neuronseek discover', [NO_EVAL], 'out');
  const permissions = [PERMISSION, `--allow-fs-read=${project}/*`, `--allow-fs-write=${project}/*`];
  discover('neuronseek discover where workers are denied', permissions, 'denied');
  for (const file of ['formula.json', 'model.json']) {
    const [out, denied] = ['out', 'denied'].map((name) => join(project, name, file));
    compare(
      `the same ${file} in both`,
      [out, denied].map((path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)),
    );
  }
}

try {
  const packages = publishedPackages();
  const entries = packages.flatMap(({ manifest }) =>
    Object.keys(manifest.exports)
      .filter((subpath) => subpath !== './package.json')
      .map((subpath) => manifest.name + subpath.slice(1)),
  );
  mkdirSync(project);
  writeProject();
  install([...pack(packages, folder).values()].map(({ tarball }) => tarball));
  runPrograms(entries);
  checkTypes(entries);
  checkCommand();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (failed > 0) process.exitCode = 1;
