import { showValue } from '../describe-value.js';
import { sameShape, showShape } from '../shape.js';
import { isTensor, type Tensor } from '../tensor.js';
import { isPlainObject } from '../tree.js';
import { createIdentity, keyOf } from './key-of.js';

/**
 * The tensors of `next` in the order in which their places come in `form`: an object whose keys have another order is still the same state. Throws a RangeError
 * where the two have not the same tensors, by shape and dtype, at the same places, or where anything else differs: it would stay as it was.
 */
export function inFormOf(form: unknown, next: unknown): readonly Tensor[] {
  const tensors: Tensor[] = [];
  const identify = createIdentity();
  const walk = (a: unknown, b: unknown, path: string): void => {
    if (isTensor(a) && isTensor(b)) {
      if (a.dtype !== b.dtype || !sameShape(a.shape, b.shape)) differ(path, show(a), show(b));
      tensors.push(b);
    } else if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) differ(path, `an array of ${a.length}`, `one of ${b.length}`);
      for (const [i, item] of a.entries()) walk(item, b[i], `${path}[${i}]`);
    } else if (!isTensor(a) && !isTensor(b) && isPlainObject(a) && isPlainObject(b)) {
      const names = Object.keys(a);
      if (names.length !== Object.keys(b).length || !names.every((name) => Object.hasOwn(b, name))) {
        differ(path, `{${names}}`, `{${Object.keys(b)}}`);
      }
      for (const name of names) walk(a[name], b[name], path ? `${path}.${name}` : name);
    } else if (isTensor(a) || isTensor(b) || keyOf(a, identify) !== keyOf(b, identify)) {
      differ(path, show(a), show(b));
    }
  };
  walk(form, next, '');
  return tensors;
}

function differ(path: string, before: string, after: string): never {
  throw new RangeError(
    `compileLoop: the next state differs from the state in more than the numbers of its tensors: at ${path || 'the top'} there is ${before}, then ${after}`,
  );
}

function show(value: unknown): string {
  return isTensor(value) ? `${value.dtype} ${showShape(value.shape)}` : showValue(value);
}
