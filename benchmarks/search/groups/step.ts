import { batch, dualStreamStep } from '../../dual-stream.js';
import { median } from '../../median.js';
import { torchCases } from '../../torch.js';
import { type AnyGroup, closed } from '../group.js';
import { table } from '../markdown.js';

/** Milliseconds a step, by rounds. */
interface StepRow {
  readonly inputs: number;
  readonly ours: readonly number[];
  readonly torch: readonly number[];
}

const rounds = 5;

/** One training step of the gates method beside eager PyTorch, in turn. */
export const stepGroup: AnyGroup = closed<readonly StepRow[]>({
  name: 'step',
  title: 'A step of the gates method beside eager PyTorch',
  run: async ({ say }) => {
    const rows = [10, 32, 64].map((inputs) => ({ inputs, ours: [] as number[], torch: [] as number[] }));
    for (let round = 0; round < rounds; round++) {
      for (const row of rows) row.ours.push(dualStreamStep(row.inputs));
      const cases = torchCases();
      if (typeof cases === 'string') return `torch_dual_stream.py: ${cases}`;
      for (const row of rows) {
        row.torch.push(cases.get(`dual-stream step, batch 256, D=${row.inputs}`) ?? Number.NaN);
      }
      say(`round ${round + 1} of ${rounds}`);
    }
    return rows;
  },
  summarise: (rows) =>
    rows.map((row) => {
      const ratio = median(row.torch) / median(row.ours);
      const aimed = row.inputs === 10;
      return {
        what: `D = ${row.inputs}`,
        reach: aimed ? '≥ 12 × eager PyTorch' : '',
        seen: `${ratio.toPrecision(3)} ×`,
        met: aimed ? ratio >= 12 : undefined,
      };
    }),
  show: (rows) => [
    `Orders 1 to 5, rank 8, batches of ${batch}, batch normalisation and gates, Adam; one thread each, in turn, ${rounds} rounds; medians and ranges. Ours is float64 and draws its`,
    'batches, PyTorch is float32 on one batch.',
    '',
    ...table(
      ['D', 'ours, ms', 'PyTorch, ms', 'PyTorch / ours'],
      rows.map(({ inputs, ours, torch }) => [
        `${inputs}`,
        range(ours),
        range(torch),
        (median(torch) / median(ours)).toPrecision(3),
      ]),
    ),
  ],
});

function range(values: readonly number[]): string {
  const short = (value: number): string => value.toPrecision(3);
  return `${short(median(values))} (${short(Math.min(...values))}–${short(Math.max(...values))})`;
}
