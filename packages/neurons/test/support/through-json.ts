import { fromJSON, type PolynomialNeuron, toJSON } from '../../src/index.js';

/** A polynomial neuron written to JSON text and read back. */
export function throughJson(neuron: PolynomialNeuron): PolynomialNeuron {
  const back = fromJSON(JSON.parse(JSON.stringify(toJSON(neuron))));
  if (back.kind !== 'polynomial') throw new Error(`another kind came back: ${back.kind}`);
  return back;
}
