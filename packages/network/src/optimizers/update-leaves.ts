import { sameShape, showShape, type Tensor, treeMap } from '@neuronseek/tensor';

interface Place {
  readonly path: string;
  readonly tensor: Tensor;
}

/** What an optimizer remembers of the leaves. */
export interface Memory {
  readonly leaves: number;
  /** Numbers remembered of one of them. */
  size(leaf: number): number;
}

/**
 * The parameters with every tensor replaced by move(tensor, its gradient, its number in the order of leaves). Throws a RangeError naming `op` unless
 * the gradients have tensors of the same shapes at the same places and the memory fits them: gradients in another order would go
 * to the wrong parameters without a word.
 */
export function updateLeaves<P>(
  op: string,
  params: P,
  gradients: P,
  memory: Memory,
  move: (parameter: Tensor, gradient: Tensor, leaf: number) => Tensor,
): P {
  const given: Place[] = [];
  treeMap((tensor, path) => {
    given.push({ path, tensor });
    return tensor;
  }, gradients);
  let leaves = 0;
  const next = treeMap((tensor, path) => {
    const leaf = leaves++;
    const slope = given[leaf];
    if (slope?.path !== path || !sameShape(slope.tensor.shape, tensor.shape)) differ(op, { path, tensor }, slope);
    if (leaf >= memory.leaves || memory.size(leaf) !== tensor.size) forgotten(op, path);
    return move(tensor, slope.tensor, leaf);
  }, params);
  if (leaves < given.length) differ(op, undefined, given[leaves]);
  if (leaves < memory.leaves) forgotten(op, 'the rest');
  return next;
}

function forgotten(op: string, path: string): never {
  throw new RangeError(`${op}: the state does not fit ${path || 'the parameters'}: was it made by init for them?`);
}

function differ(op: string, wanted: Place | undefined, got: Place | undefined): never {
  throw new RangeError(`${op}: gradients differ from the parameters: got ${show(got)} where there is ${show(wanted)}`);
}

function show(place: Place | undefined): string {
  return place ? `${place.path || 'a tensor'} ${showShape(place.tensor.shape)}` : 'none';
}
