import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test } from '@fast-check/vitest';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { hashOfDiscovery } from './support/hash-of-discovery.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

describe('the whole search', () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'search-determinism-'));
    await build({
      entryPoints: [here('./support/print-hash.ts')],
      outfile: join(folder, 'program.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      // Its paths lead to the sources of the workspace packages, as in the other tests.
      tsconfig: here('../../../tsconfig.json'),
      logLevel: 'silent',
    });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const hashInProcess = async (seed: number, ...flags: string[]): Promise<string> => {
    const program = join(folder, 'program.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, String(seed)]);
    return stdout;
  };

  test('gives the same bits in two processes, in this one, and without a compiler', async () => {
    const [one, two, jitless] = await Promise.all([hashInProcess(3), hashInProcess(3), hashInProcess(3, '--jitless')]);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(two).toBe(one);
    expect(hashOfDiscovery(3)).toBe(one);
    expect(jitless).toBe(one);
    expect(hashOfDiscovery(4)).not.toBe(one);
  });
});
