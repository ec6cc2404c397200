import { fc } from '@fast-check/vitest';
import { activation, type Layer, linear, sequential, taskNeuron } from '../../src/index.js';

/** A layer, and the columns it takes. */
export interface Sized {
  readonly layer: Layer;
  readonly inputs: number;
}

const size = fc.integer({ min: 1, max: 3 });

const structures = fc
  .record({
    power: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    interaction: fc.array(fc.record({ order: fc.integer({ min: 1, max: 3 }), rank: fc.integer({ min: 1, max: 2 }) }), {
      maxLength: 2,
    }),
  })
  .filter(({ power, interaction }) => power.length + interaction.length > 0);

function linearsOf(inputs: number): fc.Arbitrary<Layer> {
  return size.map((outputs) => linear(inputs, outputs));
}

/** Task neurons of so many inputs. */
export function taskNeuronsOf(inputs: number): fc.Arbitrary<Layer> {
  return fc
    .tuple(size, structures, fc.boolean())
    .map(([outputs, structure, normalize]) => taskNeuron(inputs, outputs, structure, { normalize }));
}

/** Smooth everywhere: what can be compared with differences. */
const smooth = fc.constantFrom<Layer>(
  activation('tanh'),
  activation('sigmoid'),
  activation('softplus'),
  activation('identity'),
);

function chainsOf(inputs: number): fc.Arbitrary<Layer> {
  return fc.tuple(fc.oneof(taskNeuronsOf(inputs), linearsOf(inputs)), smooth, size).map(([first, act, last]) => {
    const width = 'outputs' in first ? first.outputs : inputs;
    return sequential([first, act, sequential([linear(width, last), act])]);
  });
}

/** Layers of every kind, all smooth. */
export const sizedLayers: fc.Arbitrary<Sized> = size.chain((inputs) =>
  fc
    .oneof(linearsOf(inputs), taskNeuronsOf(inputs), smooth, chainsOf(inputs))
    .map((layer): Sized => ({ layer, inputs })),
);

/** A layer of every kind, relu among them, and a sequence of all of them. */
export const everyKind: readonly (Sized & { readonly name: string })[] = [
  { name: 'linear', inputs: 3, layer: linear(3, 2) },
  ...(['relu', 'tanh', 'sigmoid', 'softplus', 'identity'] as const).map((name) => ({
    name,
    inputs: 2,
    layer: activation(name),
  })),
  {
    name: 'taskNeuron',
    inputs: 3,
    layer: taskNeuron(3, 2, { power: [1, 3], interaction: [{ order: 2, rank: 2 }] }, { normalize: false }),
  },
  { name: 'normalized taskNeuron', inputs: 2, layer: taskNeuron(2, 3, { power: [2], interaction: [] }) },
  {
    name: 'interactions only',
    inputs: 2,
    layer: taskNeuron(2, 1, { power: [], interaction: [{ order: 3, rank: 1 }] }),
  },
  {
    name: 'sequential',
    inputs: 2,
    layer: sequential([
      taskNeuron(2, 3, { power: [1, 2], interaction: [{ order: 2, rank: 1 }] }),
      activation('tanh'),
      sequential([linear(3, 2), activation('relu')]),
      linear(2, 1),
    ]),
  },
];
