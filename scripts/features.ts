/**
 * Writes packages/tensor/FEATURES.md: every public function, whose definition it has, whether it can be differentiated and what it is
 * tested against. Names come from the catalogue in packages/tensor/test/features; the rest is found out.
 *
 *     npm run features
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tensor from '../packages/tensor/src/index.js';
import * as io from '../packages/tensor/src/io/index.js';
import * as linalg from '../packages/tensor/src/linalg/index.js';
import * as math from '../packages/tensor/src/math/index.js';
import * as ndarray from '../packages/tensor/src/ndarray/index.js';
import * as parallel from '../packages/tensor/src/parallel/index.js';
import * as random from '../packages/tensor/src/random/index.js';
import { absent } from '../packages/tensor/test/features/absent.js';
import { catalogue } from '../packages/tensor/test/features/catalogue.js';
import type { Feature, Section } from '../packages/tensor/test/features/feature.js';
import { type Derivative, derivativeOf } from './feature-derivative.js';
import { type Evidence, readEvidence, testedAgainst } from './feature-evidence.js';

const folder = fileURLToPath(new URL('../packages/tensor/', import.meta.url));

/** Where the list is kept. */
export const featuresPath: string = `${folder}FEATURES.md`;

const entries: Readonly<Record<string, object>> = {
  '': tensor,
  '/linalg': linalg,
  '/random': random,
  '/io': io,
  '/ndarray': ndarray,
  '/parallel': parallel,
  '/math': math,
};

/** Public functions as `/linalg svd`; constants of defaults belong to the function that they are named after. */
export function exported(): string[] {
  return Object.entries(entries).flatMap(([entry, module]) =>
    Object.keys(module)
      .map((name) => name.replace(/Defaults$/, ''))
      .filter((name, i, all) => all.indexOf(name) === i)
      .map((name) => `${entry} ${name}`),
  );
}

/** Functions that have a row, in the same form. */
export function listed(): string[] {
  return catalogue.flatMap(({ entry, features }) => Object.keys(features).map((name) => `${entry} ${name}`));
}

interface Row {
  readonly section: Section;
  readonly name: string;
  readonly feature: Feature;
  readonly derivative: Derivative;
  readonly tested: readonly string[];
}

/** Rows with all that is found out. */
export async function featureRows(): Promise<Row[]> {
  const evidence: Evidence = await readEvidence(folder);
  return catalogue.flatMap((section) =>
    Object.entries(section.features).map(([name, feature]) => {
      const derivative = derivativeOf(feature.example);
      const tested = testedAgainst(evidence, { entry: section.entry, name, derivative });
      return { section, name, feature, derivative, tested };
    }),
  );
}

const code = (text: string): string =>
  text === ''
    ? '–'
    : text
        .split(', ')
        .map((part) => `\`${part}\``)
        .join(', ');

function differentiable({ kind }: Derivative, { condition, note }: Feature): string {
  if (condition !== undefined && kind === 'to any order') return `partly: ${condition}`;
  const word = { 'to any order': 'yes, to any order', zero: 'yes, it is 0', none: 'no', 'not applicable': '–' }[kind];
  return note === undefined ? word : `${word}; ${note}`;
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ name, feature, derivative, tested }) =>
      `| ${code(name)} | ${code(feature.numpy)} | ${code(feature.jax)} | ${differentiable(derivative, feature)} | ${tested.join(', ')} |`,
  );
  return ['| here | NumPy, SciPy | JAX | differentiable | tested against |', '|---|---|---|---|---|', ...lines].join(
    '\n',
  );
}

/** The text of FEATURES.md. */
export async function renderFeatures(): Promise<string> {
  const rows = await featureRows();
  const cases = rows.reduce((sum, { tested }) => sum + Number(/^NumPy \((\d+)\)/.exec(tested[0] ?? '')?.[1] ?? 0), 0);
  const constant = rows.filter(({ derivative }) => derivative.kind === 'none');
  const sections = catalogue.map((section) => {
    const own = rows.filter((row) => row.section === section);
    return `## ${section.title}\n\n\`@neuronseek/tensor${section.entry}\`\n\n${tableOf(own)}`;
  });
  return `# What there is

Written by \`npm run features\`; a test fails where this file and the code differ. ${rows.length} functions.

* \`np\` is numpy and \`jnp\` is jax.numpy: the function whose definition ours has, up to the differences that README.md lists.
* Differentiable: found out by differentiating an example three times over. No: a derivative that would run through it throws, or the result is
  constant. It is 0: wherever there is one. Partly: where the condition holds. A dash: it takes or gives no tensors to differentiate.
* NumPy (n): n calls compared with what NumPy or SciPy returned, ${cases} in all (test/numpy).
* Laws: generated inputs show that the derivative is the transpose of the differential, and so is the derivative of the derivative (test/ops,
  test/linalg). Laws of its parts: the function is put together from operations that are tested so.
* Scalar oracle: every element against the definition on plain numbers. ndarray-ops, ndarray, ml-matrix: against these packages. BigInt
  reference: against values computed with hundreds of bits. Golden bits: against bits written down once, on every machine. Statistics: tests of
  the distribution. Files of NumPy: files that NumPy wrote or reads. Own tests: examples and properties only.

${sections.join('\n\n')}

## Without a derivative

${constant.map(({ name, section }) => code(name) + (section.entry && ` (${section.entry})`)).join(', ')}.

## Not here

| NumPy | nearest |
|---|---|
${absent.map(([numpy, nearest]) => `| ${numpy} | ${nearest} |`).join('\n')}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(featuresPath, await renderFeatures());
}
