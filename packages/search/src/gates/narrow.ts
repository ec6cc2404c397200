import { factorColumns, type NeuronStructure } from '@neuronseek/neurons';
import { slice, take } from '@neuronseek/tensor';
import type { GatedParams } from './gated-model.js';

/** The structure and parameters of the kept terms alone; `keep` has one entry a term, power stream first. */
export function narrow(
  structure: NeuronStructure,
  params: GatedParams,
  keep: readonly boolean[],
): { structure: NeuronStructure; params: GatedParams } {
  const { power, interaction } = structure;
  const outputs = params.bias.size;
  const powers = indices(power.map((_, p) => keep[p]));
  const interactions = indices(interaction.map((_, q) => keep[power.length + q]));
  const terms = [...powers, ...interactions.map((q) => power.length + q)];
  const columns: number[] = [];
  let start = 0;
  interaction.forEach((term, q) => {
    const width = factorColumns([term], outputs);
    if (interactions.includes(q)) for (let i = 0; i < width; i++) columns.push(start + i);
    start += width;
  });
  return {
    structure: { power: powers.map((p) => power[p]), interaction: interactions.map((q) => interaction[q]) },
    params: {
      power: take(params.power, powers),
      factors: take(params.factors, columns, { axis: 1 }),
      scale: take(params.scale, terms),
      shift: take(params.shift, terms),
      bias: slice(params.bias, []),
      logAlpha: take(params.logAlpha, terms),
    },
  };
}

function indices(flags: readonly boolean[]): number[] {
  return flags.flatMap((flag, i) => (flag ? [i] : []));
}
