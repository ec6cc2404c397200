import { searchTensorDecomposition, syntheticProblem } from '@neuronseek/search';
import { key } from '@neuronseek/tensor/random';
import { lineChart } from 'neuronseek';

/** The probability that each gate is open, epoch by epoch, for one target. */
export function gatesOverEpochs(): string {
  const { train, truth } = syntheticProblem('hybrid v4', { key: key(405) });
  const { terms, trace } = searchTensorDecomposition(train, { method: 'gates', paper: true, key: key(405) });
  const epochs = trace.filter(({ phase }) => phase !== 'refit');
  const isTrue = ({ stream, order }: (typeof terms)[number]): boolean =>
    stream === 'power' ? truth.power.includes(order) : truth.interaction.some((term) => term.order === order);
  return lineChart({
    title: 'Gates over the epochs of the search, target P2 I3',
    xLabel: 'epoch',
    yLabel: 'probability that the gate is open',
    names: 'ends',
    yBounds: [0, 1],
    yScale: 'linear',
    width: 560,
    height: 340,
    series: terms.map((term, t) => ({
      label: `${term.stream === 'power' ? 'P' : 'I'}${term.order}${isTrue(term) ? ', in the target' : ''}`,
      points: epochs.map(({ epoch, gates }) => [epoch, gates[t]] as const),
      tone: isTrue(term) ? 'accent' : 'muted',
      dashed: term.stream === 'interaction',
    })),
  });
}
