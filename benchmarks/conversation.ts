import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One question, one line of answer, both JSON. A process that ends answers everything with { error: its last words }. */
export function conversation<Reply>(
  child: ChildProcessWithoutNullStreams,
): (request: object) => Promise<Reply | { readonly error: string }> {
  let waiting: ((reply: Reply | { readonly error: string }) => void) | undefined;
  let ended: string | undefined;
  let words = '';
  const end = (reason: string): void => {
    ended ??= reason;
    waiting?.({ error: ended });
  };
  child.stdin.on('error', (error) => end(error.message));
  child.on('error', (error) => end(error.message));
  child.stderr.on('data', (data) => {
    words += String(data);
  });
  child.on('close', () => end(words.trim().split('\n').at(-1) || 'the process ended'));
  createInterface({ input: child.stdout }).on('line', (line) => waiting?.(JSON.parse(line)));
  return (request) =>
    new Promise((resolve) => {
      waiting = resolve;
      if (ended !== undefined) resolve({ error: ended });
      else child.stdin.write(`${JSON.stringify(request)}\n`);
    });
}
