import type { Section, Summary } from './group.js';
import { metText, table } from './markdown.js';

/** Which page of docs/decisions says what was tried where a group stays below what was aimed at. */
const decisions: Readonly<Record<string, string>> = {
  noise: '0021-when-a-term-is-one',
  classes: '0021-when-a-term-is-one',
};

/** The page docs/search-results.md of the groups that were run. */
export function page(sections: readonly Section[]): string {
  return [
    '# Search: what is found, how well and how fast',
    '',
    'Written by `npm run bench:search`; not edited by hand. `npm run bench:search -- <group> …` runs these groups alone and writes the page from the results',
    'of all, which are in benchmarks/search/results.',
    '',
    "A recovery counts when both index sets, the orders of powers and of interactions, and the ranks' total are right *and* the test error is at most 3 times that",
    'of the truth (the noise floor): orders can be right with a wrong function. Of classes and of other forms of the interactions the index sets count. P3 is a',
    'power of order 3, I2×2 an interaction of order 2 and rank 2. Searches run on one thread with default options and the seeds of the table; nothing was chosen',
    'on these seeds.',
    '',
    ...table(['group', 'what', 'reach', 'seen', 'met'], sections.flatMap(overview)),
    ...sections.flatMap(sectionLines),
    '',
  ].join('\n');
}

function overview({ name, summaries }: Section): string[][] {
  return summaries.map((summary, i) => [
    i === 0 ? `[${name}](#${name})` : '',
    summary.what,
    summary.reach,
    summary.seen,
    `${metText(summary.met)}${pointer(name, summary)}`,
  ]);
}

function pointer(name: string, { met }: Summary): string {
  const found = decisions[name];
  return met === false && found !== undefined ? `, see [${found.slice(0, 4)}](decisions/${found}.md)` : '';
}

function sectionLines({ name, title, provenance, lines }: Section): string[] {
  const { cpu, cores, loads, versions, date, seeds, minutes } = provenance;
  return [
    '',
    `<a id="${name}"></a>`,
    '',
    `## ${title}`,
    '',
    `${cpu}, ${cores} cores; ${versions}. ${date}. Load before and after: ${loads.map((load) => load.toFixed(1)).join(', ')}; the run itself is 1. --seeds ${seeds.join()}; ${minutes.toFixed(1)} minutes.`,
    '',
    ...lines,
  ];
}
