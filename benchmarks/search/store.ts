import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import type { AnyGroup, Provenance, Section } from './group.js';
import { page } from './page.js';

const folder = 'search/results';

/** The commit that the sources are of. */
function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

/** Begins to note how a group is run; call what it returns when it has ended. */
export function beginProvenance(seeds: readonly number[]): () => Provenance {
  const [begun, load] = [performance.now(), loadavg()[0]];
  return () => ({
    cpu: cpus()[0].model.trim(),
    cores: cpus().length,
    loads: [load, loadavg()[0]],
    versions: `Node ${process.version}, commit ${commit()}`,
    date: new Date().toISOString().slice(0, 10),
    seeds,
    minutes: (performance.now() - begun) / 60_000,
  });
}

/** Keeps what a group measured. */
export function store(name: string, provenance: Provenance, data: unknown): void {
  mkdirSync(folder, { recursive: true });
  const short = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
  writeFileSync(`${folder}/${name}.json`, `${JSON.stringify({ provenance, data }, short, 1)}\n`);
}

/** The parts of all groups that have results. */
export function storedSections(groups: readonly AnyGroup[]): Section[] {
  return groups.flatMap((group) => {
    const file = `${folder}/${group.name}.json`;
    return existsSync(file) ? [group.section(readFileSync(file, 'utf8'))] : [];
  });
}

/** Writes the page from the results of all groups. */
export function writePage(groups: readonly AnyGroup[]): void {
  writeFileSync('../docs/search-results.md', page(storedSections(groups)));
}
