import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const PATHS = {
  '@neuronseek/tensor/*': ['./packages/tensor/src/*/index.ts'],
  '@neuronseek/*': ['./packages/*/src/index.ts'],
};

/** A small workspace that breaks no rule, written the way the real one is. */
const SOUND: Readonly<Record<string, string>> = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2022',
      module: 'NodeNext',
      moduleResolution: 'NodeNext',
      verbatimModuleSyntax: true,
      paths: PATHS,
    },
    include: ['packages'],
  }),
  'node_modules/thing/package.json': JSON.stringify({ name: 'thing', version: '1.0.0', main: 'index.js' }),
  'node_modules/thing/index.js': 'module.exports = {};',
  'packages/tensor/package.json': JSON.stringify({
    name: '@neuronseek/tensor',
    exports: { '.': './dist/index.js', './random': './dist/random/index.js' },
  }),
  'packages/tensor/src/index.ts': "export { add } from './core/add.js';",
  'packages/tensor/src/core/add.ts': "import { sum } from '../kernels/sum.js';\nexport const add: number = sum;",
  'packages/tensor/src/kernels/sum.ts': "import type { Table } from './table.js';\nexport const sum: Table = 1;",
  // Type imports may go round: sum.ts and table.ts.
  'packages/tensor/src/kernels/table.ts':
    "import { sum } from './sum.js';\nexport type Table = number;\nexport const one: number = sum;",
  'packages/tensor/src/kernels/sum.test.ts':
    "import { law } from '@neuronseek/testkit';\nimport 'node:fs';\nimport 'thing';\nlaw;",
  'packages/tensor/src/random/index.ts': 'export const key: number = 0;',
  'packages/tensor/src/linalg/index.ts': "export { add as solve } from '../core/add.js';",
  'packages/decomposition/package.json': JSON.stringify({
    name: '@neuronseek/decomposition',
    exports: { '.': './dist/index.js' },
    dependencies: { '@neuronseek/tensor': '^0.1.0' },
  }),
  'packages/decomposition/src/index.ts':
    "import { add } from '@neuronseek/tensor';\nimport { key } from '@neuronseek/tensor/random';\nexport const cp: number = add + key;",
  'packages/testkit/package.json': JSON.stringify({ name: '@neuronseek/testkit', exports: { '.': './src/index.ts' } }),
  'packages/testkit/src/index.ts': 'export const law: number = 3;',
  'packages/neuronseek/package.json': JSON.stringify({ name: 'neuronseek', exports: { '.': './dist/index.js' } }),
  'packages/neuronseek/src/index.ts':
    "import { readFileSync } from 'node:fs';\nexport const read: unknown = readFileSync;",
};

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

interface Outcome {
  readonly exitCode: number | null;
  /** `rule: from -> to`, one a violation. */
  readonly refused: readonly string[];
  readonly summary: string;
}

/** Runs the check, in a process of its own as `npm run check:imports` does, on the sound workspace with `files` put into it. */
function checkWith(files: Readonly<Record<string, string>>): Outcome {
  const root = mkdtempSync(join(tmpdir(), 'check-imports-'));
  roots.push(root);
  for (const [path, text] of Object.entries({ ...SOUND, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const script = fileURLToPath(new URL('check-imports.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
    cwd: root,
    encoding: 'utf8',
  });
  const refused = stderr.split('\n').filter((line) => line.includes(' -> '));
  return { exitCode: status, refused: refused.sort(), summary: stdout.trim() };
}

describe('check-imports', () => {
  test('refuses nothing in a workspace that keeps the rules', () => {
    expect(checkWith({})).toEqual({
      exitCode: 0,
      refused: [],
      summary: 'imports: 12 modules, 11 imports, 0 violations',
    });
  });

  test('finds a cycle of values, also one behind an import that closes a cycle of types too', () => {
    // a -> b -> a through a type, and a -> b -> c -> a through values.
    const { exitCode, refused } = checkWith({
      'packages/tensor/src/core/a.ts':
        "import { b } from './b.js';\nexport type A = number;\nexport const a: number = b;",
      'packages/tensor/src/core/b.ts':
        "import type { A } from './a.js';\nimport { c } from './c.js';\nexport const b: A = c;",
      'packages/tensor/src/core/c.ts': "import { a } from './a.js';\nexport const c: number = a;",
    });
    const [a, b, c] = ['a', 'b', 'c'].map((name) => `packages/tensor/src/core/${name}.ts`);
    expect(refused).toEqual([`value-cycle: ${a} -> ${b} -> ${c} -> ${a}`]);
    expect(exitCode).toBe(1);
  });

  test('finds a cycle through an index', () => {
    const { refused } = checkWith({
      'packages/decomposition/src/index.ts': "export { als } from './als.js';",
      'packages/decomposition/src/als.ts':
        "import { als as own } from './index.js';\nexport const als: unknown = () => own;",
    });
    expect(refused.map((line) => line.split(':')[0])).toEqual(['own-index', 'value-cycle']);
  });

  const cases: readonly [name: string, file: string, text: string, rules: readonly string[]][] = [
    [
      'an arrow the design does not have, even for a type',
      'packages/tensor/src/core/arrow.ts',
      "import type { cp } from '@neuronseek/decomposition';\nexport type C = typeof cp;",
      ['arrow-tensor', 'undeclared'],
    ],
    [
      'the testkit outside tests',
      'packages/tensor/src/core/testkit.ts',
      "export { law } from '@neuronseek/testkit';",
      ['arrow-tensor', 'undeclared'],
    ],
    [
      'a package in the testkit',
      'packages/testkit/src/arrow.ts',
      "export { add } from '@neuronseek/tensor';",
      ['arrow-testkit', 'undeclared'],
    ],
    [
      'a dependency that is allowed and not declared',
      'packages/neuronseek/src/undeclared.ts',
      "export { cp } from '@neuronseek/decomposition';",
      ['undeclared'],
    ],
    ['a floor above', 'packages/tensor/src/kernels/up.ts', "export { add } from '../core/add.js';", ['floor-kernels']],
    [
      'a floor above, for a type',
      'packages/tensor/src/core/up.ts',
      "export type { solve } from '../linalg/index.js';",
      ['floor-core'],
    ],
    [
      'the other folder of the same floor',
      'packages/tensor/src/parallel/side.ts',
      "export { key } from '../random/index.js';",
      ['floor-parallel'],
    ],
    [
      'a folder of tensor that is no floor',
      'packages/tensor/src/extra/new.ts',
      "export { add } from '../core/add.js';",
      ['unknown-floor'],
    ],
    [
      'an entry of tensor that re-exports another floor',
      'packages/tensor/src/index.ts',
      "export { add } from './core/add.js';\nexport { key } from './random/index.js';",
      ['floor-index'],
    ],
    ['the own index', 'packages/decomposition/src/own.ts', "export { cp } from './index.js';", ['own-index']],
    [
      'the own index, by its name',
      'packages/neuronseek/src/own.ts',
      "export { read } from '@neuronseek/neuronseek';",
      ['own-index'],
    ],
    [
      'a relative path into another package',
      'packages/decomposition/test/relative.test.ts',
      "import { sum } from '../../tensor/src/kernels/sum.js';\nsum;",
      ['relative-into-package'],
    ],
    [
      'a folder that the exports map does not name',
      'packages/decomposition/src/deep.ts',
      "export { solve } from '@neuronseek/tensor/linalg';",
      ['not-exported'],
    ],
    [
      'a Node builtin in a library',
      'packages/tensor/src/core/builtin.ts',
      "export { readFileSync } from 'node:fs';",
      ['node-builtin'],
    ],
    [
      'a Node builtin without its prefix, for a type',
      'packages/decomposition/src/builtin.ts',
      "import type { Stats } from 'fs';\nexport type S = Stats;",
      ['node-builtin'],
    ],
    ['a package from npm', 'packages/tensor/src/core/npm.ts', "export * from 'thing';", ['third-party']],
    ['an import of nothing', 'packages/tensor/src/core/lost.ts', "export * from './nowhere.js';", ['unresolvable']],
    ['a built file', 'packages/decomposition/test/built.test.ts', "import '../dist/index.js';", ['built-file']],
    [
      'a package without a row',
      'packages/extra/src/index.ts',
      "export { add } from '@neuronseek/tensor';",
      ['undeclared', 'unknown-package'],
    ],
  ];

  describe('refuses', () => {
    let outcome: Outcome;
    beforeAll(() => {
      outcome = checkWith({
        'packages/decomposition/dist/index.js': 'export {};',
        'packages/extra/package.json': '{}',
        ...Object.fromEntries(cases.map(([, file, text]) => [file, text])),
      });
    });

    test.each(cases)('%s', (_, file, __, rules) => {
      const found = outcome.refused.filter((line) => line.includes(`: ${file} -> `));
      expect(found.map((line) => line.split(':')[0])).toEqual(rules);
    });

    test('no more than that', () => {
      expect(outcome.refused).toHaveLength(cases.flatMap(([, , , rules]) => rules).length);
      expect(outcome.exitCode).toBe(1);
    });
  });
});
