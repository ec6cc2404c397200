import type { EqlUnit } from './options.js';

/** A layer: arguments are affine in what comes in, `weights[at + a·(width + 1) + j]` for j < width and the bias last; nodes take them in sequence. */
export interface LayerShape {
  readonly width: number;
  readonly units: readonly EqlUnit[];
  readonly arguments: number;
  readonly at: number;
}

/** An equation learner: hidden layers, and an affine output that is stored as one more layer of a single identity. */
export interface EqlShape {
  readonly inputs: number;
  readonly layers: readonly LayerShape[];
  /** Weights and biases together. */
  readonly parameters: number;
}

/** A network with `layers` hidden layers, each with `copies` nodes of every kind. */
export function eqlShape(inputs: number, layers: number, units: readonly EqlUnit[], copies: number): EqlShape {
  const all: LayerShape[] = [];
  let [width, at] = [inputs, 0];
  for (let l = 0; l <= layers; l++) {
    const own: EqlUnit[] = l === layers ? ['identity'] : units.flatMap((unit) => new Array<EqlUnit>(copies).fill(unit));
    const count = own.reduce((sum, unit) => sum + argumentsOf(unit), 0);
    all.push({ width, units: own, arguments: count, at });
    at += count * (width + 1);
    width = own.length;
  }
  return { inputs, layers: all, parameters: at };
}

export function argumentsOf(unit: EqlUnit): number {
  return unit === 'product' ? 2 : 1;
}

/** For every weight, whether the output can depend on it: whether its node leads on, by weights other than 0. A node without arguments leads nowhere but by its bias. */
export function liveWeights({ layers, parameters }: EqlShape, weights: Float64Array): Uint8Array {
  const live = new Uint8Array(parameters);
  // Of the layer above: which of its inputs are used.
  let used = new Uint8Array([1]);
  for (let l = layers.length - 1; l >= 0; l--) {
    const { width, units, at } = layers[l];
    const below = new Uint8Array(width);
    let argument = 0;
    units.forEach((unit, u) => {
      for (let k = 0; k < argumentsOf(unit); k++, argument++) {
        if (used[u] === 0) continue;
        const start = at + argument * (width + 1);
        for (let j = 0; j <= width; j++) {
          if (weights[start + j] === 0) continue;
          live[start + j] = 1;
          if (j < width) below[j] = 1;
        }
      }
    });
    used = below;
  }
  return live;
}
