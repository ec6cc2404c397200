import { expectFunction } from '../expect-function.js';
import { treeLeaves } from '../tree.js';
import { compiler, copyAll, isPlain, resultOf } from './compiler.js';
import { recorder } from './recorder.js';
import { trace } from './trace.js';

/**
 * A function that does what f does, with the same bits, by a plan made at the first call: f is run once with stand-ins for the tensors among its
 * arguments, and the operations on them are written down. Common subexpressions are computed once and unused ones never, chains of elementwise operations
 * run as one loop, buffers are used again: a call makes nothing but its results.
 *
 * Arguments and result are trees of tensors; what else is in the arguments is part of the plan. Other shapes, dtypes or constants make another plan; the
 * 16 used last are kept. f must be a pure function: tensors that it reaches otherwise than by its arguments are constants, and so is what it draws from a
 * key: the same numbers at every call, unless they are drawn outside and passed. Objects of classes are known by identity, not by what they hold. Inside a
 * derivative or another compiled function f itself is called. Throws a TraceError where f looks at a number that depends on its arguments, to branch, to
 * print or to return it as a number. Cost of the first call: that of f's shapes, and a few milliseconds of compiling.
 */
export function compileStep<A extends readonly unknown[], R>(f: (...args: A) => R): (...args: A) => R {
  expectFunction('compileStep', f);
  const compile = compiler((args: A) => trace('compileStep', f, args), []);
  return (...args) => {
    if (recorder !== undefined || !isPlain(args)) return f(...args);
    const { plan, result } = compile(args);
    copyAll(plan.inputs, treeLeaves(args));
    plan.run();
    return resultOf(result, plan.results, 0);
  };
}
