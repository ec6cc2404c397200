import { expectTensor } from './as-tensor.js';
import { zerosLike } from './create.js';
import { describeValue } from './describe-value.js';
import { isFloating } from './dtype.js';
import { expectFunction } from './expect-function.js';
import { type Cotangents, type Node, plainOf, record } from './node.js';
import { add } from './ops/arithmetic.js';
import { astype } from './ops/astype.js';
import { sameShape, showShape } from './shape.js';
import { isTensor, type Tensor } from './tensor.js';
import { isTree, treeLeaves, treeMap } from './tree.js';

/** What `vjp` returns. */
export interface Vjp<T, V = Tensor> {
  /** f(primals). */
  readonly value: V;
  /** The transposed Jacobian of f at the primals times a cotangent of the form of `value`: a tree like the primals. */
  pullback(cotangent: V): T;
}

/**
 * Vector–Jacobian product: f(primals) and the map g ↦ gᵀ·∂f/∂primals, in reverse mode.
 *
 * `primals`, and what f returns, is a tensor or a tree of tensors (nested arrays and plain objects; other leaves are constants). The
 * result can be differentiated again, to any order. Throws a TypeError for a leaf that is not floating, for primals that are no
 * tree and when f returns no tensor; `pullback` throws a RangeError for a cotangent of another shape and a TypeError, naming the
 * operation, where one on the way has no derivative. Cost of `pullback`: a small constant times that of f; memory: every
 * intermediate of f that a derivative rule needs.
 */
export function vjp<T, V = Tensor>(f: (primals: T) => V, primals: T): Vjp<T, V> {
  expectFunction('vjp', f);
  const { value, pullback } = vjpNamed('vjp', f, primals);
  return { value, pullback };
}

/** {@link Vjp} with a pullback that takes cotangents in the order of treeLeaves, holes for those that are zero. */
interface VjpOfLeaves<T, V> extends Vjp<T, V> {
  pullLeaves(cotangents: Cotangents): T;
}

/** {@link vjp} under the name of the function that the user called. */
export function vjpNamed<T, V>(name: string, f: (primals: T) => V, primals: T): VjpOfLeaves<T, V> {
  if (!isTree(primals)) {
    throw new TypeError(`${name}: expected a tensor or a tree of tensors, got ${describeValue(primals)}`);
  }
  const leaves: Tensor[] = [];
  const variables = treeMap((x, path) => {
    const leaf = variable(name, x, path);
    leaves.push(leaf);
    return leaf;
  }, primals);
  const value = f(variables);
  const values = treeLeaves(value);
  if (values.length === 0) {
    throw new TypeError(`${name}: the function must return a tensor, it returned ${describeValue(value)}`);
  }
  const graph = trace(values, leaves);
  const pullLeaves = (cotangents: Cotangents): T => {
    const pulled = pullBack(values, cotangents, graph);
    let next = 0;
    return treeMap((x) => pulled[next++] ?? zerosLike(x), primals);
  };
  return {
    value: graph.enclosed ? value : treeMap(plainOf, value),
    pullback: (cotangent) => pullLeaves(cotangentsOf(name, cotangent, value, values)),
    pullLeaves,
  };
}

/** The leaves of a cotangent; throws unless they fit those of the value. */
function cotangentsOf(name: string, cotangent: unknown, value: unknown, values: readonly Tensor[]): Tensor[] {
  if (isTensor(value)) expectTensor(name, cotangent);
  const given = treeLeaves(cotangent);
  if (given.length !== values.length) {
    throw new RangeError(`${name}: the cotangent has ${given.length} tensors, the value has ${values.length}`);
  }
  for (let i = 0; i < given.length; i++) {
    if (sameShape(given[i].shape, values[i].shape)) continue;
    throw new RangeError(
      `${name}: the cotangent is ${showShape(given[i].shape)}, the value is ${showShape(values[i].shape)}`,
    );
  }
  return given;
}

/**
 * The depth of the newest variable. Each is deeper than all before it: so what an enclosing derivative has recorded so far, which may be long, is
 * never walked through for one inside it. Of two copies of this package each counts for itself, which can cost time, not correctness.
 */
let deepest = 0;

/** A fresh leaf that stays linked to `x`, so that an enclosing derivative can see through this one. */
function variable(name: string, x: Tensor, path: string): Tensor {
  if (!isFloating(x.dtype)) {
    throw new TypeError(
      `${name}: cannot differentiate with respect to ${path || 'the argument'}: its dtype is ${x.dtype}`,
    );
  }
  deepest = Math.max(x.node?.depth ?? 0, deepest) + 1;
  return record('variable', deepest, [x], [plainOf(x)], (gs) => gs)[0];
}

/** A node between leaves and values: where the cotangents of its outputs start, and where those of its inputs go, −1 for nowhere. */
interface Step {
  readonly node: Node;
  readonly slot: number;
  readonly targets: readonly number[];
  readonly wanted: readonly boolean[];
}

/** The part of the recorded computation between some leaves and some values. */
interface Graph {
  /** Inputs before what is made of them. */
  readonly steps: readonly Step[];
  /** Slots of cotangents: one a leaf, then one an output of each step. */
  readonly slots: number;
  readonly leaves: number;
  /** The slots of the values. */
  readonly values: readonly number[];
  /** Whether anything here depends on a variable of an enclosing derivative, so that the pullback must itself be recorded. */
  readonly enclosed: boolean;
}

/**
 * Depth first on an explicit stack, because a recurrent network may be tens of thousands of nodes deep: a node is left on the stack
 * until all its inputs are decided. What is less deep than the leaves was made outside and cannot depend on them.
 */
function trace(values: readonly Tensor[], leaves: readonly Tensor[]): Graph {
  // First slot of a node that depends on a leaf, −1 for one that does not.
  const slotOf = new Map<Node, number>();
  let enclosed = false;
  let depth = Number.POSITIVE_INFINITY;
  for (let i = 0; i < leaves.length; i++) {
    const { node } = leaves[i];
    if (node === undefined) continue;
    slotOf.set(node, i);
    if (node.depth < depth) depth = node.depth;
    if (node.inputs[0].node !== undefined) enclosed = true;
  }
  let slots = leaves.length;
  const steps: Step[] = [];
  const target = ({ node, outputIndex }: Tensor): number => {
    const slot = node === undefined ? -1 : (slotOf.get(node) ?? -1);
    return slot < 0 ? -1 : slot + outputIndex;
  };
  const stack: Node[] = [];
  for (const { node } of values) if (node !== undefined) stack.push(node);
  while (stack.length > 0) {
    const node = stack[stack.length - 1];
    const size = stack.length;
    const known = slotOf.has(node);
    if (!known && node.depth >= depth) {
      for (const { node: input } of node.inputs) {
        if (input !== undefined && !slotOf.has(input)) stack.push(input);
      }
    }
    if (stack.length > size) continue;
    stack.pop();
    if (known) continue;
    const targets = node.inputs.map(target);
    const wanted = targets.map((slot) => slot >= 0);
    if (wanted.includes(true)) {
      slotOf.set(node, slots);
      steps.push({ node, slot: slots, targets, wanted });
      slots += node.outputs.length;
    } else {
      slotOf.set(node, -1);
      enclosed = true; // Recorded, yet independent of our leaves: it hangs on somebody else's.
    }
  }
  return { steps, slots, leaves: leaves.length, values: values.map(target), enclosed };
}

/** Cotangents of the leaves: every step pulled once, from the values back. */
function pullBack(
  values: readonly Tensor[],
  cotangents: Cotangents,
  { steps, slots, leaves, values: ends, enclosed }: Graph,
): (Tensor | undefined)[] {
  const pending = new Array<Tensor | undefined>(slots).fill(undefined);
  const accumulate = (slot: number, x: Tensor, g: Tensor | undefined): void => {
    if (slot < 0 || g === undefined) return;
    const sum = pending[slot];
    // Promotion is undone here, once, for every rule: a cotangent has the dtype of its tensor.
    const cast = g.dtype !== x.dtype && isFloating(x.dtype) ? astype(g, x.dtype) : g;
    pending[slot] = sum ? add(sum, cast) : cast;
  };
  for (let i = 0; i < values.length; i++) accumulate(ends[i], values[i], cotangents[i]);
  for (let s = steps.length - 1; s >= 0; s--) {
    const { node, slot, targets, wanted } = steps[s];
    const gs = pending.slice(slot, slot + node.outputs.length);
    if (gs.every((g) => g === undefined)) continue;
    // Outside every other derivative nothing depends on the inputs any more: the rules see plain numbers.
    const outputs = enclosed ? node.outputs : node.plain;
    const pulled = node.pull(gs, outputs, enclosed ? node.inputs : node.inputs.map(plainOf), wanted);
    for (let i = 0; i < pulled.length; i++) accumulate(targets[i], node.inputs[i], pulled[i]);
    pending.fill(undefined, slot, slot + node.outputs.length);
  }
  return pending.slice(0, leaves);
}
