/**
 * The search and its rivals on targets that are known, on noise and on tables: `npm run bench:search -- d10 noise --seeds 1,2,3` runs these groups,
 * without names all of them, and writes docs/search-results.md from the results of all groups that there are. A group keeps its results in
 * search/results, so that it can be run alone; `page` runs none and writes the page. Only the seeds 1, 2, 3 belong into the page: with others
 * nothing is written.
 */
import { configure } from '@neuronseek/tensor/parallel';
import { groups } from './groups/index.js';
import { runSizeChild, sizeChild } from './groups/rows.js';
import { parseArguments } from './parse-arguments.js';
import { beginProvenance, store, writePage } from './store.js';

async function run(): Promise<void> {
  const { names, seeds, committed } = parseArguments(
    process.argv.slice(2),
    groups.map(({ name }) => name),
  );
  for (const group of groups.filter(({ name }) => names.includes(name))) {
    console.log(`\n${group.name}: ${group.title}`);
    configure({ threads: 1 });
    const end = beginProvenance(seeds);
    const data = await group.run({ seeds, say: (line) => console.log(`  ${line}`) });
    if (typeof data === 'string') {
      console.log(`  skipped: ${data}`);
      continue;
    }
    const provenance = end();
    const { summaries } = group.section(JSON.stringify({ provenance, data }));
    for (const { what, reach, seen, met } of summaries) {
      console.log(`${what}: ${seen}${reach === '' ? '' : ` (reach: ${reach}; ${met ? 'met' : 'NOT MET'})`}`);
    }
    console.log(`${provenance.minutes.toFixed(1)} minutes`);
    if (!committed) continue;
    store(group.name, provenance, data);
    writePage(groups);
  }
  if (names.length === 0) writePage(groups);
}

const child = process.argv.indexOf(sizeChild);
if (child < 0) {
  await run();
} else {
  const [rows, name, seed] = process.argv.slice(child + 1);
  runSizeChild(Number(rows), name, Number(seed));
}
// Threads that still wait for work would keep the process.
process.exit(0);
