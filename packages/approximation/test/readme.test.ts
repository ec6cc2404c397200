import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, vi } from 'vitest';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

function block(language: string): string {
  const [, body] = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme) ?? [];
  if (body === undefined) throw new Error(`README.md has no ${language} block`);
  return body;
}

test('the example in the README prints what the README says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'approximation-readme-'));
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(line);
  });
  try {
    const file = join(folder, 'example.ts');
    writeFileSync(file, block('ts'));
    await import(pathToFileURL(file).href);
  } finally {
    spy.mockRestore();
    rmSync(folder, { recursive: true });
  }
  expect(`${lines.join('\n')}\n`).toBe(block('text'));
});
