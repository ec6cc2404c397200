import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { expect, test, vi } from 'vitest';

/** An example of a README. */
export interface ReadmeExample {
  /** Number of the line of the README at which its code starts. */
  readonly line: number;
  readonly code: string;
  /** What it says that it prints, line by line. */
  readonly expected: readonly string[];
}

/**
 * The examples of a README: its ```ts fences that start at the margin. What a `console.log(…);` prints stands in the comment
 * at the end of its line and in the comment lines right below it.
 */
export function readmeExamples(markdown: string): ReadmeExample[] {
  const lines = markdown.split('\n');
  const examples: ReadmeExample[] = [];
  for (let start = 0; start < lines.length; start++) {
    const [, fence, language] = /^(`{3,})(\w*)/.exec(lines[start]) ?? [];
    if (fence === undefined) continue;
    const end = lines.indexOf(fence, start + 1);
    if (end < 0) throw new Error(`readmeExamples: the fence at line ${start + 1} is not closed`);
    const code = lines.slice(start + 1, end);
    if (language === 'ts') examples.push({ line: start + 2, code: code.join('\n'), expected: expectedLines(code) });
    start = end;
  }
  return examples;
}

function expectedLines(code: readonly string[]): string[] {
  const expected: string[] = [];
  /** Whether the line before belongs to a call that is not closed yet, or to a closed one and its comments. */
  let state: 'elsewhere' | 'open' | 'closed' = 'elsewhere';
  for (const line of code) {
    const [, comment] = /^\s*\/\/ ?(.*)$/.exec(line) ?? [];
    if (comment !== undefined && state === 'closed') {
      expected.push(comment);
      continue;
    }
    if (line.trimStart().startsWith('console.log(')) state = 'open';
    else if (state !== 'open') state = 'elsewhere';
    const ending = state === 'open' ? /\);(?:\s*\/\/ ?(.*))?$/.exec(line) : null;
    if (ending === null) continue;
    state = 'closed';
    if (ending[1] !== undefined) expected.push(ending[1]);
  }
  return expected;
}

/** Runs an example, its imports resolved as those of a test are, and returns the lines that it printed by console.log. */
export async function runReadmeExample(code: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  const printed: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((...words: unknown[]) => {
    printed.push(...format(...words).split('\n'));
  });
  try {
    const file = join(folder, 'example.ts');
    writeFileSync(file, code);
    await import(pathToFileURL(file).href);
  } finally {
    spy.mockRestore();
    rmSync(folder, { recursive: true });
  }
  return printed;
}

/** Declares a test for every example of the README at a URL: it must run, and print what it says. */
export function testReadme(readme: URL): void {
  const examples = readmeExamples(readFileSync(readme, 'utf8'));
  test('the README has examples', () => {
    expect(examples.length).toBeGreaterThan(0);
  });
  test.each(examples)(
    'the example at line $line of the README prints what it says',
    async ({ line, code, expected }) => {
      const printed = await runReadmeExample(code);
      expect(printed, `${fileURLToPath(readme)}:${line}`).toEqual(expected);
    },
  );
}
