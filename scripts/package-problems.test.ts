import { describe, expect, test } from 'vitest';
import { codeProblems, contentProblems, dependencyProblems, sourceMapProblems } from './package-problems.ts';

const manifest = {
  name: '@neuronseek/neurons',
  version: '0.1.0',
  exports: {
    '.': { import: { types: './dist/index.d.ts', default: './dist/index.js' } },
    './package.json': './package.json',
  },
  dependencies: { '@neuronseek/tensor': '^0.1.0' },
};

describe('dependencyProblems', () => {
  test('accepts the arrows of the design', () => {
    expect(dependencyProblems(manifest, ['tensor', 'decomposition'])).toEqual([]);
  });

  test.each([
    ['a package from elsewhere', { dependencies: { ndarray: '1.1.1' } }, 'dependencies name ndarray'],
    [
      'an arrow the design does not have',
      { dependencies: { '@neuronseek/search': '^0.1.0' } },
      'dependencies name @neuronseek/search',
    ],
    ['a peer', { peerDependencies: { '@neuronseek/tensor': '^0.1.0' } }, 'peerDependencies name @neuronseek/tensor'],
    ['an optional dependency', { optionalDependencies: { fsevents: '2' } }, 'optionalDependencies name fsevents'],
    ['bundled dependencies', { bundledDependencies: ['ndarray'] }, 'bundledDependencies put'],
    ['an install script', { scripts: { postinstall: 'node build.js' } }, 'the script postinstall'],
  ])('refuses %s', (_, change, problem) => {
    expect(dependencyProblems({ ...manifest, ...change }, ['tensor'])).toEqual([expect.stringContaining(problem)]);
  });
});

describe('contentProblems', () => {
  const files = ['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.js.map', 'dist/index.d.ts'];

  test('accepts the built files and their papers', () => {
    expect(contentProblems(manifest, files)).toEqual([]);
  });

  test.each(files.filter((file) => !file.endsWith('.map')))('misses %s', (file) => {
    expect(
      contentProblems(
        manifest,
        files.filter((other) => other !== file),
      ),
    ).toEqual([`${file} is missing`]);
  });

  test('misses a source map', () => {
    const without = files.filter((file) => !file.endsWith('.map'));
    expect(contentProblems(manifest, without)).toEqual(['dist/index.js has no source map']);
  });

  test.each(['src/index.ts', 'dist/index.ts', 'tsup.config.ts', 'CHANGELOG.md', 'dist/.env'])('refuses %s', (file) => {
    expect(contentProblems(manifest, [...files, file])).toEqual([`${file} should not be in it`]);
  });

  test('misses what bin names', () => {
    expect(contentProblems({ ...manifest, bin: { neurons: './dist/cli.js' } }, files)).toEqual([
      'dist/cli.js is missing',
    ]);
  });
});

describe('codeProblems', () => {
  test.each([
    "import { add } from '@neuronseek/tensor';\nimport './chunk.js';\nexport { key } from '@neuronseek/tensor/random';",
    "const fs = require('node:fs'); const t = require('@neuronseek/tensor'); const c = require('./chunk.cjs');",
    "const loaded = await import('node:zlib');",
    'const task = await import(/* webpackIgnore: true */ module);',
    "// eval('1') and new Function('') in a comment\nconst text = 'eval(1), require(x)';",
    'const o = { eval: 1, Function: 2, require() {} }; o.eval; o.require();',
    'setTimeout(() => {}, 1);',
  ])('accepts %j', (code) => {
    expect(codeProblems(manifest, 'dist/index.js', code)).toEqual([]);
  });

  test.each([
    "eval('1')",
    '(0, eval)(text)',
    "new Function('return 1')",
    "Function('return 1')",
    "globalThis.Function('return 1')",
    "globalThis.eval('1')",
    "setTimeout('x()', 1)",
    'const draw = Math.random();',
    'const clock = Date.now;',
    "require('ndarray')",
    "require('fs')",
    'require(name)',
    'const load = require;',
    "import 'ndarray';",
    "export * from '@neuronseek/search';",
    "const m = import('ndarray');",
    'const m = import(name);',
  ])('refuses %j', (code) => {
    expect(codeProblems(manifest, 'dist/index.js', `const before = 0;\n${code}`)).toEqual([
      expect.stringMatching(/^dist\/index[.]js:2: /),
    ]);
  });

  test('reads declarations as TypeScript', () => {
    expect(
      codeProblems(manifest, 'dist/index.d.ts', "export declare const a: import('@neuronseek/tensor').Tensor;"),
    ).toEqual([]);
    expect(codeProblems(manifest, 'dist/index.d.ts', "import type { NdArray } from 'ndarray';")).toHaveLength(1);
    expect(
      codeProblems(manifest, 'dist/index.d.cts', "export declare const a: import('ndarray').NdArray;"),
    ).toHaveLength(1);
  });
});

describe('sourceMapProblems', () => {
  const map = (...sources: string[]): string => JSON.stringify({ sources, sourcesContent: sources.map(() => '//') });

  test('accepts files that share no source', () => {
    const maps = new Map([
      ['dist/index.js.map', map('../src/index.ts')],
      ['dist/random/index.js.map', map('../../src/random/index.ts')],
    ]);
    expect(sourceMapProblems(maps)).toEqual([]);
  });

  test('refuses a source built into two files', () => {
    const maps = new Map([
      ['dist/index.js.map', map('../src/core/tensor.ts')],
      ['dist/linalg/index.js.map', map('../../src/core/tensor.ts')],
    ]);
    expect(sourceMapProblems(maps)).toEqual([
      '../../src/core/tensor.ts is in dist/index.js.map and again in dist/linalg/index.js.map',
    ]);
  });

  test('refuses sources of other packages and sources without text', () => {
    const text = JSON.stringify({
      sources: ['../../src/index.ts', '../src/index.ts'],
      sourcesContent: ['//', null],
    });
    expect(sourceMapProblems(new Map([['dist/index.js.map', text]]))).toEqual([
      expect.stringContaining('leads outside the package'),
      expect.stringContaining('has no text for ../src/index.ts'),
    ]);
  });
});
