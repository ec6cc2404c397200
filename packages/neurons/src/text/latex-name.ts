const escapes: readonly (readonly [string, string])[] = [
  ['\\', '\\textbackslash{}'],
  ['^', '\\textasciicircum{}'],
  ['~', '\\textasciitilde{}'],
  ['_', '\\_'],
  ['%', '\\%'],
  ['&', '\\&'],
  ['#', '\\#'],
  ['$', '\\$'],
  ['{', '\\{'],
  ['}', '\\}'],
];

/** A letter as it is, a letter with a number as index, `x_{12}`, anything else as text. */
export function latexName(name: string): string {
  if (/^[A-Za-z]$/.test(name)) return name;
  const indexed = /^([A-Za-z])(\d+)$/.exec(name);
  if (indexed) return `${indexed[1]}_{${indexed[2]}}`;
  const escaped = Array.from(name, (character) => escapes.find(([plain]) => plain === character)?.[1] ?? character);
  return `\\text{${escaped.join('')}}`;
}

/** The name that {@link latexName} wrote; \mathrm is read as \text. */
export function nameOfLatex(latex: string): string {
  if (!latex.startsWith('\\')) return latex.replace(/_\{?(\d+)\}?$/, '$1');
  return latex
    .slice(latex.indexOf('{') + 1, -1)
    .replace(
      /\\text[a-z]+\{\}|\\(.)/gsu,
      (sequence, character: string | undefined) =>
        character ?? escapes.find(([, written]) => written === sequence)?.[0] ?? sequence,
    );
}
