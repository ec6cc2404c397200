import { add, number } from '../construct.js';
import type { Expression } from '../expression.js';
import { joinTerm, splitTerm, type Term } from './coefficient.js';
import { compareExpressions, keyOf } from './key-of.js';
import { addRatios, type Ratio } from './ratio.js';

/** A sum with equal terms collected, sin² + cos² put together, in canonical sequence, the number last; undefined where a double would overflow. */
export function simplifySum(terms: readonly Expression[]): Expression | undefined {
  const collected = new Map<string, { core: Expression; ratio: Ratio }>();
  let constant: Ratio | undefined = { n: 0, d: 1 };
  for (const { ratio, core } of terms.flatMap((term) => flattened(splitTerm(term)))) {
    if (!core) {
      constant = addRatios(constant, ratio);
    } else {
      const key = keyOf(core);
      const known = collected.get(key);
      const sum = known ? addRatios(known.ratio, ratio) : ratio;
      if (!sum) return undefined;
      collected.set(key, { core, ratio: sum });
    }
    if (!constant) return undefined;
  }
  for (const [key, { ratio }] of collected) if (ratio.n === 0) collected.delete(key);
  constant = joinSquares(collected, constant);
  if (!constant) return undefined;
  const parts: Expression[] = [];
  for (const { core, ratio } of [...collected.values()].sort((a, b) => compareExpressions(a.core, b.core))) {
    const part = joinTerm({ ratio, core });
    if (!part) return undefined;
    parts.push(part);
  }
  const last = joinTerm({ ratio: constant, core: undefined });
  if (!last) return undefined;
  if (constant.n !== 0) parts.push(last);
  if (parts.length === 0) return number(0);
  return parts.length === 1 ? parts[0] : add(...parts);
}

/** The terms of a sum with the coefficient 1 or −1, else the term itself: multiplying out others makes formulas longer. */
function flattened(term: Term): Term[] {
  const { ratio, core } = term;
  if (core?.op !== 'add' || ratio.d !== 1 || Math.abs(ratio.n) !== 1) return [term];
  return core.terms.flatMap((part) => {
    const split = splitTerm(part);
    return flattened({ ratio: { n: ratio.n * split.ratio.n, d: split.ratio.d }, core: split.core });
  });
}

/** c·sin(a)² + c·cos(a)² = c: takes such pairs out of the terms and returns the constant with their coefficients added. */
function joinSquares(collected: Map<string, { core: Expression; ratio: Ratio }>, constant: Ratio): Ratio | undefined {
  let sum: Ratio | undefined = constant;
  for (const [key, { core, ratio }] of [...collected]) {
    if (core.op !== 'power' || core.base.op !== 'call' || core.base.name !== 'sin') continue;
    if (core.exponent.op !== 'number' || core.exponent.value !== 2) continue;
    const other = keyOf({ ...core, base: { ...core.base, name: 'cos' } });
    const partner = collected.get(other);
    if (!partner || partner.ratio.n !== ratio.n || partner.ratio.d !== ratio.d) continue;
    collected.delete(key);
    collected.delete(other);
    sum = addRatios(sum, ratio);
    if (!sum) return undefined;
  }
  return sum;
}
