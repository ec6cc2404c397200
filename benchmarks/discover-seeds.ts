/**
 * `neuronseek discover` on splits and tables that played no part in choosing its settings: the cars table with seeds 2-11 (seeds 0 and 1
 * were looked at while the settings were chosen) and five tables of ../shared/data with seeds 2 and 3. Every run is in the table.
 * Needs `npm run build` first; a table that is not there is named and skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './median.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const cli = at('../packages/neuronseek/dist/cli.js');
const tables = [
  {
    name: 'cars',
    file: at('../node_modules/vega-datasets/data/cars.json'),
    target: 'Miles_per_Gallon',
    seeds: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  },
  ...['abalone', 'yacht', 'energy_heating', 'insurance', 'power_plant'].map((name) => ({
    name,
    file: at(`../../shared/data/${name}.csv.gz`),
    target: 'target',
    seeds: [2, 3],
  })),
];
const models = ['network of found neurons', 'the found neuron alone', 'MLP (ReLU)', 'linear regression'];
const out = mkdtempSync(join(tmpdir(), 'discover-seeds-'));
const lines = ['| table | seed | network | neuron alone | MLP | linear |', '|---|---|---|---|---|---|'];
const summary: string[] = [];

for (const { name, file, target, seeds } of tables) {
  if (!existsSync(file)) {
    console.log(`skipped: ${name} (no such file: ${file})`);
    continue;
  }
  const errors = seeds.map((seed) => {
    const run = spawnSync(
      process.execPath,
      [cli, 'discover', file, '--target', target, '--seed', `${seed}`, '--out', out],
      { encoding: 'utf8' },
    );
    if (run.status !== 0) throw new Error(`${name}, seed ${seed}: ${run.stderr.trim().split('\n').at(-1)}`);
    const row = models.map((model) => {
      const line = run.stdout.split('\n').find((text) => text.trimStart().startsWith(model));
      return Number(line?.trim().slice(model.length).trim().split(/\s+/)[0].replaceAll(',', ''));
    });
    lines.push(`| ${name} | ${seed} | ${row.join(' | ')} |`);
    return row;
  });
  const beats = (other: number): number => errors.filter((row) => row[0] < row[other]).length;
  const medians = models.map((_, i) => Number(median(errors.map((row) => row[i])).toPrecision(4)));
  summary.push(
    `| ${name} | ${medians.join(' | ')} | ${beats(2)} of ${seeds.length} | ${beats(3)} of ${seeds.length} |`,
  );
}

const page = [
  '# discover on splits and tables that its settings were not chosen on',
  '',
  'Test RMSE in units of the target. Medians over the seeds, and how often the network of found neurons had the lower error:',
  '',
  '| table | network | neuron alone | MLP | linear | better than MLP | better than linear |',
  '|---|---|---|---|---|---|---|',
  ...summary,
  '',
  'Every run:',
  '',
  ...lines,
  '',
].join('\n');
console.log(page);
mkdirSync(at('./results/'), { recursive: true });
writeFileSync(at('./results/discover-seeds.md'), page);
