import { type CompiledLoop, compileLoop } from '@neuronseek/tensor';

/**
 * A compiled loop, or the function called step by step where it cannot be compiled, because a user's loss branches on numbers: slower, with the
 * same bits. It may come to that late, at a batch of another size: then it goes on from where the compiled steps have led.
 */
export function steadyLoop<S, A extends readonly unknown[], R>(
  f: (state: S, ...args: A) => readonly [state: S, result: R],
  initial: S,
): CompiledLoop<S, A, R> {
  const compiled = compileLoop(f, initial);
  let state: S | undefined;
  const plain = (args: A): R => {
    const [next, result] = f(state ?? compiled.state(), ...args);
    state = next;
    return result;
  };
  return {
    step: (...args) => {
      if (state !== undefined) return plain(args);
      try {
        return compiled.step(...args);
      } catch (error) {
        // By its name: of two copies of the tensor package each has a class of its own.
        if (!(error instanceof Error && error.name === 'TraceError')) throw error;
        return plain(args);
      }
    },
    state: () => state ?? compiled.state(),
  };
}
