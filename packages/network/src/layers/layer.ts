import type { NeuronStructure } from '@neuronseek/neurons';

/** y = x·W + b. Parameters: weight [inputs, outputs], bias [outputs]. */
export interface LinearLayer {
  readonly kind: 'linear';
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * A layer of polynomial neurons of one structure, each output with weights of its own. Parameters: power [P, inputs, outputs],
 * factors [inputs, W], bias [outputs], and with `normalize` scale [T, outputs]; state: mean and variance [T, outputs].
 */
export interface TaskNeuronLayer {
  readonly kind: 'taskNeuron';
  readonly inputs: number;
  readonly outputs: number;
  readonly structure: NeuronStructure;
  /** Batch normalisation of every term before the terms are added: high powers keep the scale of low ones. */
  readonly normalize: boolean;
}

/** Names of the elementwise activations. */
export type ActivationName = 'relu' | 'tanh' | 'sigmoid' | 'softplus' | 'identity';

/** The same function at every element; no parameters. */
export interface ActivationLayer {
  readonly kind: 'activation';
  readonly name: ActivationName;
}

/** Layers one after the other. Parameters and state: an array, one entry a layer. */
export interface SequentialLayer {
  readonly kind: 'sequential';
  readonly layers: readonly Layer[];
}

/** A layer is plain data; {@link init} makes its variables and {@link apply} runs it. */
export type Layer = LinearLayer | TaskNeuronLayer | ActivationLayer | SequentialLayer;
