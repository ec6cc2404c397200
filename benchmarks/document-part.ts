import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Replaces one part of a document that several scripts write, a part between comments with its name; the others stay as they are. A part
 * that is not there yet comes last.
 */
export function writePart(file: string, name: string, text: string): void {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const part = `${begin}\n${text.trim()}\n${end}`;
  const document = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  const whole =
    from === -1 || to === -1
      ? `${document.trimEnd()}\n\n${part}\n`
      : document.slice(0, from) + part + document.slice(to + end.length);
  writeFileSync(file, whole.trimStart());
}
