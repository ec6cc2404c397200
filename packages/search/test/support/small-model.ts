import type { LabelledTable } from '@neuronseek/network';
import type { NeuronStructure } from '@neuronseek/neurons';
import { softmax, tensor } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import type { GatedParams } from '../../src/gates/gated-model.js';
import { initGatedParams } from '../../src/gates/gated-model.js';
import { type GatesOptions, type GatesSettings, paperDefaults } from '../../src/gates/options.js';
import { drawNormal, drawUniform } from './bridge.js';

export const smallStructure: NeuronStructure = {
  power: [1, 3],
  interaction: [
    { order: 2, rank: 2 },
    { order: 3, rank: 1 },
  ],
};

/** Parameters as training might have left them: nothing is 0 or 1, gates are anywhere. */
export function trainedParams(structure: NeuronStructure, inputs: number, outputs: number, seed: number): GatedParams {
  const start = initGatedParams(structure, inputs, outputs, key(seed));
  const terms = structure.power.length + structure.interaction.length;
  return {
    power: drawNormal(seed + 1, start.power.shape),
    factors: drawNormal(seed + 2, start.factors.shape),
    scale: drawUniform(seed + 3, [terms, outputs], 0.5, 1.5),
    shift: drawNormal(seed + 4, [terms, outputs]),
    bias: drawNormal(seed + 5, [outputs]),
    logAlpha: drawUniform(seed + 6, [terms], -3, 3),
  };
}

/** Normal inputs, and normal targets or class probabilities. */
export function smallData(rows: number, inputs: number, outputs: number, seed: number): LabelledTable {
  const y = drawNormal(seed + 1, [rows, outputs]);
  return { x: drawNormal(seed, [rows, inputs]), y: outputs > 1 ? softmax(y) : y };
}

export function settingsOf(options: Partial<GatesOptions> = {}): GatesSettings {
  return { method: 'gates', ...paperDefaults, ...published, key: key(0), ...options };
}

/** y = f(x row) standardised to mean 0 and variance 1, as a column. */
export function standardised(values: readonly number[]): LabelledTable['y'] {
  const n = values.length;
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n);
  return tensor(
    values.map((v) => (v - mean) / deviation),
    [n, 1],
  );
}

/** The published search but for what makes it easier to say what must come out: no linear interaction, trained bias, ranks reduced. */
export const published = {
  paper: true,
  minInteractionOrder: 2,
  trainBias: true,
  rankTolerance: 0.01,
} as const;
