/** One number of thresholds.ts. */
export interface Entry {
  readonly group: string;
  readonly name: string;
  readonly doc: string;
  readonly value: number;
  /** False for a number that was left as it stood. */
  readonly measured: boolean;
}

/** The text of packages/tensor/src/kernels/thresholds.ts. */
export function thresholdsText(entries: readonly Entry[], machine: string): string {
  const groups = [...new Set(entries.map(({ group }) => group))];
  const of = (group: string): readonly Entry[] => entries.filter((entry) => entry.group === group);
  const types = groups.flatMap((group) => [
    `  readonly ${group}: {`,
    ...of(group).flatMap(({ name, doc }) => [`    /** ${doc} */`, `    readonly ${name}: number;`]),
    '  };',
  ]);
  const values = groups.map((group) => {
    const fields = of(group).map(({ name, value }) => `${name}: ${value}`);
    return `  ${group}: { ${fields.join(', ')} },`;
  });
  const kept = entries.filter(({ measured }) => !measured).map(({ group, name }) => `${group}.${name}`);
  return [
    '/*',
    ' * Written by `npm run calibrate`; change the script, not this file.',
    ` * ${machine}`,
    ...(kept.length > 0 ? [` * Not measured in that run: ${kept.join(', ')}.`] : []),
    ' */',
    '',
    '/** Sizes from which kernels use another variant. All variants give the same bits, so that these numbers decide time only. */',
    'export interface Thresholds {',
    ...types,
    '}',
    '',
    'export const thresholds: Thresholds = {',
    ...values,
    '};',
    '',
  ].join('\n');
}
