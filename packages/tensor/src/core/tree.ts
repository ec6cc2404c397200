import { expectFunction } from './expect-function.js';
import { isTensor, type Tensor } from './tensor.js';

/**
 * Parameter trees: tensors in nested arrays and plain objects. Anything else in them (numbers, strings, undefined) is structure:
 * it is carried along unchanged, so a model or a neuron that is plain data is a tree as it stands.
 */

/** All tensors of a tree, arrays in order and objects by their own keys in insertion order. */
export function treeLeaves(tree: unknown): Tensor[] {
  const leaves: Tensor[] = [];
  const walk = (node: unknown): void => {
    if (isTensor(node)) leaves.push(node);
    else if (Array.isArray(node)) for (const child of node) walk(child);
    else if (isPlainObject(node)) for (const name of Object.keys(node)) walk(node[name]);
  };
  walk(tree);
  return leaves;
}

/** The tree with every tensor x replaced by f(x, path); the rest stays the same. */
export function treeMap<T>(f: (x: Tensor, path: string) => Tensor, tree: T): T;
export function treeMap(f: (x: Tensor, path: string) => unknown, tree: unknown): unknown;
export function treeMap(f: (x: Tensor, path: string) => unknown, tree: unknown): unknown {
  expectFunction('treeMap', f);
  const walk = (node: unknown, path: string): unknown => {
    if (isTensor(node)) return f(node, path);
    if (Array.isArray(node)) return node.map((child, i) => walk(child, `${path}[${i}]`));
    if (!isPlainObject(node)) return node;
    // A copy keeps the order of the keys and their being own ones, `__proto__` included.
    const copy: Record<string, unknown> = { ...node };
    for (const name of Object.keys(copy)) copy[name] = walk(copy[name], path ? `${path}.${name}` : name);
    return copy;
  };
  return walk(tree, '');
}

/** Whether a value can hold tensors: it is one, an array or a plain object. */
export function isTree(value: unknown): boolean {
  return isTensor(value) || Array.isArray(value) || isPlainObject(value);
}

/** Whether a value is an object that is walked into. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
