// `npm run check:packages`: what must hold for the tarballs before anybody installs them. Expects a full build.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { ARROWS } from '../.dependency-cruiser.mjs';
import { codeProblems, contentProblems, dependencyProblems, sourceMapProblems } from './package-problems.ts';
import { type Package, type Packed, pack, publishedPackages, root } from './published-packages.mjs';

let failed = 0;

/** One line for what is right; what is not is named below it. */
function report(name: string, problems: readonly string[], note = ''): void {
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}${note && `: ${note}`}`);
  for (const problem of problems) console.log(`         ${problem}`);
  if (problems.length > 0) failed++;
}

/** Runs a tool of node_modules/.bin and parses what it prints. */
function tool<Output>(name: string, args: readonly string[]): Output {
  const { stdout, stderr, error } = spawnSync(join(root, 'node_modules/.bin', name), args, {
    cwd: root,
    encoding: 'utf8',
  });
  if (error) throw error;
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new TypeError(`${name}: did not print JSON: ${stdout}${stderr}`, { cause });
  }
}

async function publintProblems(tarball: string): Promise<string[]> {
  const { buffer } = new Uint8Array(readFileSync(tarball));
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: buffer } });
  return messages.map((message) => `${message.type}: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
}

interface AttwReport {
  readonly analysis: { readonly types: unknown };
  readonly problems: Readonly<
    Record<string, readonly { readonly entrypoint?: string; readonly resolutionKind?: string }[]>
  >;
}

/** Resolution by Node 10 rules is left out: it does not know exports maps, so it cannot find subpaths. */
function attwProblems(tarball: string): string[] {
  const { analysis, problems } = tool<AttwReport>('attw', [tarball, '--profile', 'node16', '--format', 'json']);
  if (!analysis?.types) return ['there are no declarations in it'];
  return Object.entries(problems).flatMap(([kind, found]) =>
    found
      .filter(({ resolutionKind }) => resolutionKind !== 'node10')
      .map((problem) => `${kind}: ${problem.entrypoint ?? ''} ${problem.resolutionKind ?? JSON.stringify(problem)}`),
  );
}

function builtCodeProblems({ manifest, path }: Package, { files }: Packed): string[] {
  const read = (file: string): string => readFileSync(join(path, file), 'utf8');
  const maps = (format: RegExp): Map<string, string> =>
    new Map(files.filter((file) => format.test(file)).map((file) => [file, read(file)]));
  return [
    ...files
      .filter((file) => /[.](c?js|d[.]c?ts)$/.test(file))
      .flatMap((file) => codeProblems(manifest, file, read(file))),
    ...sourceMapProblems(maps(/^dist[/](?!browser[/]).*[.]js[.]map$/)),
    // The build for browsers is one of its own.
    ...sourceMapProblems(maps(/^dist[/]browser[/].*[.]js[.]map$/)),
    ...sourceMapProblems(maps(/[.]cjs[.]map$/)),
  ];
}

function checkSizes(packages: readonly Package[]): void {
  const sizes = tool<readonly { name: string; passed: boolean; size: number; sizeLimit: number }[]>('size-limit', [
    '--json',
  ]);
  for (const { name, passed, size, sizeLimit } of sizes) {
    const note = `${(size / 1000).toFixed(1)} kB minified and gzipped, ${(sizeLimit / 1000).toFixed(1)} kB allowed`;
    report(`size of ${name}`, passed ? [] : ['over its budget in .size-limit.json'], note);
  }
  const named = new Set(sizes.map(({ name }) => name));
  const entries = packages.flatMap(({ manifest }) =>
    Object.keys(manifest.exports).map((subpath) => manifest.name + subpath.slice(1)),
  );
  const missing = entries.filter((entry) => !entry.endsWith('/package.json') && !named.has(entry));
  report(
    'size budgets',
    missing.map((entry) => `${entry} has none in .size-limit.json`),
    'one for each entry',
  );
}

const packages = publishedPackages();
const folder = mkdtempSync(join(tmpdir(), 'check-packages-'));
try {
  const packed = pack(packages, folder);
  for (const each of packages) {
    const { manifest } = each;
    const tarball = packed.get(manifest.name);
    if (tarball === undefined) throw new TypeError(`npm pack: no tarball of ${manifest.name}`);
    report(`${manifest.name}: dependencies`, dependencyProblems(manifest, ARROWS[each.folder] ?? []));
    const contents = contentProblems(manifest, tarball.files);
    report(
      `${manifest.name}: contents`,
      contents,
      `${tarball.files.length} files, ${Math.round(tarball.size / 1000)} kB packed`,
    );
    report(`${manifest.name}: built code`, builtCodeProblems(each, tarball));
    report(`${manifest.name}: publint`, await publintProblems(tarball.tarball));
    report(`${manifest.name}: are the types wrong`, attwProblems(tarball.tarball));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
checkSizes(packages);
if (failed > 0) process.exitCode = 1;
