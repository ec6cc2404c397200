import { key, normal, split, uniform } from '@neuronseek/tensor/random';
import type { Column, Table } from '../../src/index.js';

type Cells = Column['values'];

/** A table as a CSV file with a header line would give it. */
export function tableOf(columns: Readonly<Record<string, Cells>>, source = 'data.csv'): Table {
  const list = Object.entries(columns).map(([name, values]) => ({ name, values }));
  const rows = list[0]?.values.length ?? 0;
  return { source, columns: list, rows, lines: Array.from({ length: rows }, (_, i) => i + 2) };
}

/** The table with one column's cells replaced. */
export function withColumn(table: Table, name: string, values: Cells): Table {
  return { ...table, columns: table.columns.map((column) => (column.name === name ? { name, values } : column)) };
}

/** Numbers `a` and `b`, a category `kind`, a date `day`, and y = a² + a·b + (kind = q) + a little noise. */
export function mixedTable(rows: number, seed: number): Table {
  const [aKey, bKey, kindKey, noiseKey] = split(key(seed), 4);
  const a = Array.from(normal(aKey, rows));
  const b = Array.from(normal(bKey, rows, { mean: 100, standardDeviation: 10 }));
  const kind = Array.from(uniform(kindKey, rows), (u) => (u < 0.5 ? 'p' : u < 0.8 ? 'q' : 'r'));
  const noise = normal(noiseKey, rows, { standardDeviation: 0.1 });
  const day = a.map((_, i) => new Date(Date.UTC(2000 + (i % 20), i % 12, 1 + (i % 28))).toISOString().slice(0, 10));
  const y = a.map((v, i) => 50 + 3 * (v * v + (v * (b[i] - 100)) / 10 + Number(kind[i] === 'q')) + noise[i]);
  return tableOf({ a, b, kind, day, y });
}
