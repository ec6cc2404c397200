import { sameShape, showShape, type Tensor, treeMap } from '@neuronseek/tensor';

/**
 * The gradients in the order of the parameters' leaves. Throws a RangeError naming `op` unless both trees have tensors of the same shapes at
 * the same places and the optimizer remembers as many: gradients of another order would go to the wrong parameters without a word.
 */
export function gradientsInOrder(op: string, params: unknown, gradients: unknown, remembered: number): Tensor[] {
  const [wanted, given] = [placesOf(params), placesOf(gradients)];
  if (wanted.length !== remembered) {
    throw new RangeError(
      `${op}: the state remembers ${remembered} tensors, the parameters are ${wanted.length}: was it made by init for them?`,
    );
  }
  for (let i = 0; i < Math.max(wanted.length, given.length); i++) {
    const [a, b] = [wanted[i], given[i]];
    if (a !== undefined && b !== undefined && a.path === b.path && sameShape(a.tensor.shape, b.tensor.shape)) continue;
    throw new RangeError(`${op}: gradients differ from the parameters: got ${show(b)} where there is ${show(a)}`);
  }
  return given.map(({ tensor }) => tensor);
}

interface Place {
  readonly path: string;
  readonly tensor: Tensor;
}

function placesOf(tree: unknown): Place[] {
  const places: Place[] = [];
  treeMap((tensor, path) => {
    places.push({ path, tensor });
    return tensor;
  }, tree);
  return places;
}

function show(place: Place | undefined): string {
  return place ? `${place.path || 'a tensor'} ${showShape(place.tensor.shape)}` : 'none';
}
