/**
 * Breaks text at spaces into lines of at most `width` characters, `first` before the first line and `rest` before the others; a word
 * longer than a line stands alone. No-break spaces do not break and come out as spaces.
 */
export function wrap(text: string, width: number, first = '', rest: string = first): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const indent = lines.length === 0 ? first : rest;
    if (line === '') line = indent + word;
    else if ([...line].length + 1 + [...word].length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = rest + word;
    }
  }
  if (line !== '') lines.push(line);
  return lines.join('\n').replaceAll('\u00a0', ' ');
}
