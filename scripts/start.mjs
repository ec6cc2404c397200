// `npm start`: builds what is older than its sources, then runs `neuronseek discover`, on a data set of its own or on yours.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Where the user stood when calling npm, which itself runs scripts in the root. Paths on the command line are meant from there. */
const cwd = process.env.INIT_CWD ?? process.cwd();
const cli = join(root, 'packages/neuronseek/dist/cli.js');
const EXAMPLE = { file: 'cars.json', target: 'Miles_per_Gallon' };

/**
 * @param {string} path
 * @returns {any}
 */
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * The folders of `neuronseek` and of the workspace packages it depends on.
 *
 * @returns {Set<string>}
 */
function neededPackages() {
  const needed = new Set();
  /** @param {string} folder */
  const visit = (folder) => {
    if (needed.has(folder)) return;
    needed.add(folder);
    const { dependencies = {} } = readJson(join(root, 'packages', folder, 'package.json'));
    for (const name of Object.keys(dependencies)) visit(name.replace('@neuronseek/', ''));
  };
  visit('neuronseek');
  return needed;
}

/** @param {string} folder */
const builtFile = (folder) => (folder === 'neuronseek' ? cli : join(root, 'packages', folder, 'dist/index.js'));

/**
 * Time of the last change of a file, or of the files below a folder that go into the build, in milliseconds.
 *
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const stat = statSync(path);
  if (stat.isDirectory()) return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
  return path.endsWith('.test.ts') ? 0 : stat.mtimeMs;
}

/** @returns {boolean} */
function isBuilt() {
  const recipe = ['tsup.base.ts', 'tsconfig.base.json', 'tsconfig.build.json'].map((name) => join(root, name));
  return [...neededPackages()].every((folder) => {
    const own = ['src', 'package.json', 'tsup.config.ts'].map((name) => join(root, 'packages', folder, name));
    const built = builtFile(folder);
    return existsSync(built) && statSync(built).mtimeMs >= Math.max(...[...own, ...recipe].map(newest));
  });
}

/**
 * Runs Node and resolves to its exit code; the child deals with signals from the terminal itself.
 *
 * @param {string[]} args
 * @param {{ quiet?: boolean, cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
function runNode(args, { quiet = false, ...options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { ...options, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    /** @type {Buffer[]} */
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const exitCode = code ?? (signal === null ? 1 : 128 + constants.signals[signal]);
      if (exitCode !== 0) process.stderr.write(Buffer.concat(output));
      resolve(exitCode);
    });
  });
}

/**
 * Builds without declarations, which take most of the time and which no program needs to run.
 *
 * @returns {Promise<number>}
 */
async function build() {
  console.error('Building the packages (only those that changed) ...');
  const begun = new Date();
  const lerna = join(root, 'node_modules/lerna');
  const exitCode = await runNode(
    [join(lerna, readJson(join(lerna, 'package.json')).bin.lerna), 'run', 'build', '--scope', 'neuronseek'],
    {
      quiet: true,
      cwd: root,
      env: { ...process.env, NEURONSEEK_BUILD: 'js' },
    },
  );
  // What was right already keeps its old time, and would look too old again next time.
  if (exitCode === 0) for (const folder of neededPackages()) utimesSync(builtFile(folder), begun, begun);
  return exitCode;
}

/** @returns {string} */
function describeExample() {
  const folder = join(root, 'node_modules/vega-datasets');
  const { version, resources } = readJson(join(folder, 'datapackage.json'));
  /** @type {{ path: string, bytes: number, sources: { title: string, path: string }[], licenses: { title: string }[] }} */
  const { bytes, sources, licenses } = resources.find(
    (/** @type {{ path: string }} */ { path }) => path === EXAMPLE.file,
  );
  const rows = readJson(join(folder, 'data', EXAMPLE.file));
  const size = `${rows.length} rows, ${Object.keys(rows[0]).length} columns, ${Math.round(bytes / 1000)} kB`;
  const source = `${sources[0].title}, ${sources[0].path}`;
  return `Data: ${EXAMPLE.file} of vega-datasets ${version} (${size}); from ${source}; licence as given there: "${licenses[0].title}"`;
}

/**
 * What the command line gets: the arguments as they are, behind the example's file and target where they name none.
 *
 * @param {readonly string[]} args
 * @returns {string[]}
 */
function discoverArguments(args) {
  // Every option takes a value, so what follows an option is no file.
  const namesFile = args.some((arg, i) => !arg.startsWith('-') && !args[i - 1]?.startsWith('-'));
  if (namesFile || args.some((arg) => ['--help', '-h', '--version'].includes(arg))) return [...args];
  console.log(describeExample());
  const file = relative(cwd, join(root, 'node_modules/vega-datasets/data', EXAMPLE.file));
  const namesTarget = args.some((arg) => /^--target(=|$)/.test(arg));
  return [file, ...(namesTarget ? [] : ['--target', EXAMPLE.target]), ...args];
}

if (!existsSync(join(root, 'node_modules/lerna'))) {
  console.error('The tools are not installed yet: run `npm ci` first.');
  process.exit(1);
}
let exitCode = isBuilt() ? 0 : await build();
if (exitCode === 0) exitCode = await runNode([cli, 'discover', ...discoverArguments(process.argv.slice(2))], { cwd });
process.exitCode = exitCode;
