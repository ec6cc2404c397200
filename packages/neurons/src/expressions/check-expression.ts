import { maxDepth } from '../text/check-tree.js';
import type { Expression } from './expression.js';
import { functionRows } from './function-row.js';

/** Throws in the name of `name` unless `expression`, which stands at the place `at`, is a formula of `inputs` features. */
export function checkExpression(name: string, at: string, expression: Expression, inputs: number): void {
  checkNode({ name, root: at, inputs }, at, expression, false, 1);
}

interface Scope {
  readonly name: string;
  readonly root: string;
  readonly inputs: number;
}

function checkNode(scope: Scope, at: string, expression: Expression, inTotal: boolean, depth: number): void {
  const { name, root, inputs } = scope;
  if (depth > maxDepth) throw new RangeError(`${name}: ${root} must be at most ${maxDepth} nodes deep: got more`);
  if (typeof expression !== 'object' || expression === null) {
    throw new TypeError(
      `${name}: ${at} must be an expression: got ${expression === null ? 'null' : typeof expression}`,
    );
  }
  const part = (place: string, child: Expression): void =>
    checkNode(scope, `${at}.${place}`, child, inTotal, depth + 1);
  switch (expression.op) {
    case 'number':
      if (typeof expression.value !== 'number') {
        throw new TypeError(`${name}: ${at}.value must be a number: got ${typeof expression.value}`);
      }
      if (!Number.isFinite(expression.value)) {
        throw new RangeError(`${name}: ${at}.value is not finite: ${expression.value}`);
      }
      return;
    case 'feature': {
      const { index } = expression;
      if (!Number.isInteger(index) || index < 0 || index >= inputs) {
        throw new RangeError(`${name}: ${at}.index must be an integer from 0 to ${inputs - 1}: got ${index}`);
      }
      return;
    }
    case 'vector':
      if (!inTotal) throw new RangeError(`${name}: ${at} is the vector symbol, which stands inside total only`);
      return;
    case 'total':
      if (inTotal) throw new RangeError(`${name}: ${at} is a total inside another total`);
      checkNode(scope, `${at}.argument`, expression.argument, true, depth + 1);
      return;
    case 'add':
      checkParts(scope, `${at}.terms`, expression.terms, inTotal, depth);
      return;
    case 'multiply':
      checkParts(scope, `${at}.factors`, expression.factors, inTotal, depth);
      return;
    case 'negate':
      part('argument', expression.argument);
      return;
    case 'divide':
      part('numerator', expression.numerator);
      part('denominator', expression.denominator);
      return;
    case 'power':
      part('base', expression.base);
      part('exponent', expression.exponent);
      return;
    case 'call':
      if (!Object.hasOwn(functionRows, expression.name)) {
        const known = Object.keys(functionRows).join(', ');
        throw new RangeError(`${name}: ${at}.name must be one of ${known}: got ${String(expression.name)}`);
      }
      part('argument', expression.argument);
      return;
    default:
      throw new RangeError(`${name}: ${at}.op is unknown: got ${String((expression as { op?: unknown }).op)}`);
  }
}

function checkParts(scope: Scope, at: string, parts: readonly Expression[], inTotal: boolean, depth: number): void {
  const { name } = scope;
  if (!Array.isArray(parts)) throw new TypeError(`${name}: ${at} must be an array: got ${typeof parts}`);
  if (parts.length < 2) throw new RangeError(`${name}: ${at} must be two or more: got ${parts.length}`);
  parts.forEach((child, i) => {
    checkNode(scope, `${at}[${i}]`, child, inTotal, depth + 1);
  });
}
