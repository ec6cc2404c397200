import { fc, test } from '@fast-check/vitest';
import {
  abs,
  add,
  astype,
  compileStep,
  div,
  equal,
  exp,
  grad,
  mul,
  ones,
  slice,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  valueAndGrad,
  where,
} from '@neuronseek/tensor';
import { key, permutation } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  type CpTensor,
  cpLoss,
  cpToTensor,
  cpWeightedLoss,
  createProblem,
  type GcpLossOptions,
  gcpLoss,
  type LossOptions,
  lossDefaults,
  type StructuredTensor,
  sampleLoss,
  ttLoss,
  tuckerLoss,
  type WeightedLossOptions,
} from '../src/index.js';
import { shapes, tensorOf } from './arbitraries.js';
import { checkGradient } from './check-gradient.js';
import { allIndices, denseOf, irregularOf, partsOf, structuredOf } from './formats.js';
import { irregular } from './irregular.js';
import { magnitude, tensorBy } from './tt-support.js';

/** The loss of a model by the function of its format. */
function loss(x: Tensor, model: StructuredTensor, options: WeightedLossOptions = {}): Tensor {
  if ('cores' in model) return ttLoss(x, model, options);
  if ('core' in model) return tuckerLoss(x, model, options);
  const { weights, ...rest } = options;
  return weights ? cpWeightedLoss(x, weights, model, rest) : cpLoss(x, model, rest);
}

/** The formula, in operations. */
function naive(x: Tensor, model: StructuredTensor, { weights, relative }: WeightedLossOptions = {}): Tensor {
  const w = weights ?? ones(x.shape);
  const seen = (t: Tensor): Tensor => where(equal(w, 0), 0, t);
  const squares = (t: Tensor): Tensor => sum(mul(w, mul(seen(t), seen(t))));
  const all = mul(0.5, squares(sub(x, denseOf(model))));
  return relative && squares(x).item() !== 0 ? div(all, squares(x)) : all;
}

/** Bound on Σ|terms| of one element of the model: entries are at most 4. */
function elementSize(x: StructuredTensor): number {
  if ('cores' in x) return magnitude(x);
  return ('core' in x ? x.core.size : x.weights.size) * 4 ** (1 + x.factors.length);
}

const problem = shapes({ maxOrder: 4, maxSize: 3 }).chain((shape) =>
  fc.record({
    x: tensorOf(shape),
    model: structuredOf(shape),
    weights: fc.option(
      tensorOf(shape).map((w) => mul(w, w)),
      { nil: undefined },
    ),
    relative: fc.boolean(),
  }),
);

describe('losses', () => {
  test.prop([problem])('value and gradients are those of the formula', ({ x, model, weights, relative }) => {
    const { parts, make } = partsOf(model);
    const options = { relative, ...(weights && { weights }) };
    // Of a relative loss both are divided by ‖x‖²: what is bounded is the product.
    const divisor = relative ? sum(mul(weights ?? 1, mul(x, x))).item() || 1 : 1;
    if (divisor < 1e-3) return;
    const scale = (x.size * (weights ? 16 : 1) * (elementSize(model) + 4) ** 2) / divisor;
    const [found, expected] = [loss, naive].map((f) =>
      valueAndGrad((ps: readonly Tensor[]) => f(x, make(ps), options))(parts),
    );
    expectClose(found.value.toTypedArray(), expected.value.toTypedArray(), { factor: 64, scale });
    found.grad.forEach((g, k) => {
      expect(g.shape).toEqual(parts[k].shape);
      expectClose(g.toTypedArray(), expected.grad[k].toTypedArray(), { factor: 64, scale });
    });
  });

  test.prop([problem])('without a derivative the value is the same', ({ x, model, weights, relative }) => {
    const { parts, make } = partsOf(model);
    const options = { relative, ...(weights && { weights }) };
    const { value } = valueAndGrad((ps: readonly Tensor[]) => loss(x, make(ps), options))(parts);
    const alone = loss(x, model, options);
    expectSameBits(alone.toTypedArray(), value.toTypedArray());
    expect(alone.shape).toEqual([]);
  });

  const shape = [2, 3, 2];
  const x = irregular(shape, 31);
  const w = tensor(
    Float64Array.from({ length: 12 }, (_, q) => (q % 4 === 1 ? 0 : 0.5 + Math.abs(Math.sin(q)))),
    shape,
  );
  const cases = Object.entries(irregularOf(shape, 2)).flatMap(([format, model]) =>
    [false, true].flatMap((relative) => [
      { format, model, relative, weighted: false },
      { format, model, relative, weighted: true },
    ]),
  );

  test.each(cases)('$format relative $relative weighted $weighted: order 1 and 2 by the model', (c) => {
    const { parts, make } = partsOf(c.model);
    const options = { relative: c.relative, ...(c.weighted && { weights: w }) };
    checkGradient((ps) => loss(x, make(ps), options), parts);
  });

  test.each(cases)('$format relative $relative weighted $weighted: order 1 and 2 by the data as well', (c) => {
    const { parts, make } = partsOf(c.model);
    const some = parts.length - 1;
    checkGradient(
      ([y, ...ps]) =>
        loss(y, make([...parts.slice(0, some), ...ps]), { relative: c.relative, ...(c.weighted && { weights: w }) }),
      [x, ...parts.slice(some)],
    );
  });

  test.each(Object.entries(irregularOf(shape, 2)))('%s: order 1 and 2 by weights, 0 where they are 0', (_, model) => {
    for (const relative of [false, true]) {
      const positive = tensor(
        Float64Array.from({ length: 12 }, (_, q) => 1 + Math.abs(Math.sin(q))),
        shape,
      );
      checkGradient(([v]) => loss(x, model, { weights: v, relative }), [positive]);
      const zero = grad((v: Tensor) => loss(x, model, { weights: v, relative }))(w).toTypedArray();
      w.toTypedArray().forEach((weight, q) => {
        if (weight === 0) expect(zero[q]).toBe(0);
        else expect(Math.abs(zero[q])).toBeGreaterThan(1e-6);
      });
    }
  });

  test('derivatives of order 3 of cpLoss are those of the formula', () => {
    const { parts, make } = partsOf(irregularOf(shape, 2).cp);
    const third = (f: typeof loss, relative: boolean): Tensor[] => {
      const along = (g: (ps: readonly Tensor[]) => Tensor, seed: number) => (ps: readonly Tensor[]) =>
        grad(g)(ps)
          .map((d, k) => sum(mul(d, irregular(d.shape, seed + k))))
          .reduce((a, b) => sub(a, b));
      const twice = along(
        along((ps) => f(x, make(ps), { relative }), 3),
        8,
      );
      return [...grad(twice)(parts)];
    };
    for (const relative of [false, true]) {
      const expected = third(naive, relative);
      third(loss, relative).forEach((g, k) => {
        const values = expected[k].toTypedArray();
        expectClose(g.toTypedArray(), values, { factor: 1e5, scale: Math.max(...values.map(Math.abs)) });
      });
    }
  });

  test.each(cases)('$format relative $relative weighted $weighted: a compiled step gives the same bits', (c) => {
    const { parts, make } = partsOf(c.model);
    const options = { relative: c.relative, ...(c.weighted && { weights: w }) };
    const step = (y: Tensor, ps: readonly Tensor[]) =>
      valueAndGrad((qs: readonly Tensor[]) => loss(y, make(qs), options))(ps);
    const compiled = compileStep(step);
    const second = parts.map((p, k) => irregular(p.shape, 40 + k));
    for (const ps of [parts, second, parts]) {
      const [plain, fast] = [step(x, ps), compiled(x, ps)];
      expectSameBits(fast.value.toTypedArray(), plain.value.toTypedArray());
      fast.grad.forEach((g, k) => {
        expectSameBits(g.toTypedArray(), plain.grad[k].toTypedArray());
      });
    }
  });

  test.each(cases)('$format relative $relative weighted $weighted: float32 stays float32', (c) => {
    const { parts, make } = partsOf(c.model);
    const single = (t: Tensor): Tensor => astype(t, 'float32');
    const options = { relative: c.relative, ...(c.weighted && { weights: single(w) }) };
    const { value, grad: gs } = valueAndGrad((ps: readonly Tensor[]) => loss(single(x), make(ps), options))(
      parts.map(single),
    );
    const expected = loss(x, c.model, { relative: c.relative, ...(c.weighted && { weights: w }) });
    expect([value.dtype, ...gs.map((g) => g.dtype)]).toEqual(['float32', ...parts.map(() => 'float32')]);
    expect(Math.abs(value.item() - expected.item())).toBeLessThan(1e-4 * expected.item());
    expect(loss(x, make(parts.map(single)), options).dtype).toBe('float64');
  });

  test('defaults are those of the doc', () => {
    expect(lossDefaults).toEqual<Required<LossOptions>>({ relative: false });
    for (const model of Object.values(irregularOf(shape))) {
      expectSameBits(loss(x, model).toTypedArray(), loss(x, model, lossDefaults).toTypedArray());
    }
  });
});

describe('hard cases of losses', () => {
  const { tensor: exact, solution } = createProblem({ shape: [5, 4, 6], rank: 3 });

  test.each([1e-3, 1e-5, 1e-8, 1e-11])('a relative error of %d is seen as what it is', (error) => {
    const noise = irregular([5, 4, 6], 3);
    const norm = (t: Tensor): number => Math.hypot(...t.toTypedArray());
    const x = sub(cpToTensor(solution), mul(noise, (error * norm(exact)) / norm(noise)));
    const expected = norm(sub(x, cpToTensor(solution))) ** 2 / norm(x) ** 2 / 2;
    const found = cpLoss(x, solution, { relative: true }).item();
    // Elements are rounded to eps of the data: of a residual of that size, eps over the error is lost.
    expect(Math.abs(found - expected)).toBeLessThan((1e-10 + 1e-15 / error) * expected);
  });

  test.prop([fc.constantFrom(2 ** 500, 2 ** -500, 2 ** 600, 2 ** -600), fc.constantFrom('cp', 'tucker', 'tt')])(
    'a relative loss of data in units of %d is the same, its gradient scaled',
    (unit, format) => {
      const shape = [2, 3, 2];
      const [x, model] = [irregular(shape, 3), irregularOf(shape)[format]];
      const { parts, make } = partsOf(model);
      const [first, ...rest] = parts;
      for (const weights of [undefined, ones(shape)]) {
        const f = (y: Tensor) =>
          valueAndGrad((ps: readonly Tensor[]) => loss(y, make(ps), { relative: true, ...(weights && { weights }) }));
        const [plain, scaled] = [f(x)(parts), f(mul(x, unit))([mul(first, unit), ...rest])];
        expectSameBits(scaled.value.toTypedArray(), plain.value.toTypedArray());
        expectSameBits(mul(scaled.grad[0], unit).toTypedArray(), plain.grad[0].toTypedArray());
      }
    },
  );

  test.each(['cp', 'tucker', 'tt'] as const)('%s: what stands where weights are 0 makes no difference', (format) => {
    const shape = [2, 3, 2];
    const model = irregularOf(shape)[format];
    const { parts, make } = partsOf(model);
    const weights = tensor(
      Float64Array.from({ length: 12 }, (_, q) => (q % 3 === 0 ? 0 : 1)),
      shape,
    );
    const x = irregular(shape, 3);
    const runs = [0, 999, Number.NaN, 1e308].flatMap((junk) => {
      const data = tensor(
        x.toTypedArray().map((v, q) => (q % 3 === 0 ? junk : v)),
        shape,
      );
      return [false, true].map((relative) => ({
        relative,
        ...valueAndGrad((ps: readonly Tensor[]) => loss(data, make(ps), { weights, relative }))(parts),
      }));
    });
    for (const run of runs) {
      const expected = runs.find(({ relative }) => relative === run.relative);
      expectSameBits(run.value.toTypedArray(), expected?.value.toTypedArray() ?? []);
      expect(run.value.item()).toBeGreaterThan(0);
      run.grad.forEach((g, k) => {
        expectSameBits(g.toTypedArray(), expected?.grad[k].toTypedArray() ?? []);
      });
    }
  });

  test.each(['cp', 'tucker', 'tt'] as const)('%s: data of zeros divide by 1', (format) => {
    const shape = [2, 3, 2];
    const model = irregularOf(shape)[format];
    const { parts, make } = partsOf(model);
    const zero = mul(0, ones(shape));
    const f = (relative: boolean) => valueAndGrad((ps: readonly Tensor[]) => loss(zero, make(ps), { relative }))(parts);
    expectSameBits(f(true).value.toTypedArray(), f(false).value.toTypedArray());
    f(true).grad.forEach((g, k) => {
      expectSameBits(g.toTypedArray(), f(false).grad[k].toTypedArray());
    });
  });

  test('NaN in the data is NaN in the loss', () => {
    const x = tensor([1, Number.NaN, 2]);
    const cp: CpTensor = { weights: ones([1]), factors: [ones([3, 1])] };
    expect(cpLoss(x, cp).item()).toBeNaN();
    expect(ttLoss(x, { cores: [ones([1, 3, 1])] }).item()).toBeNaN();
  });
});

describe('sampleLoss', () => {
  const problem = shapes({ maxOrder: 3, maxSize: 3 }).chain((shape) =>
    fc.record({ model: structuredOf(shape), x: tensorOf(shape), relative: fc.boolean() }),
  );

  test.prop([problem])('at all indices is the loss of the dense tensor', ({ model, x, relative }) => {
    const values = tensor(x.toTypedArray());
    const divisor = relative ? sum(mul(x, x)).item() || 1 : 1;
    if (divisor < 1e-3) return;
    const found = sampleLoss(allIndices(x.shape), values, model, { relative });
    const scale = (x.size * (elementSize(model) + 4) ** 2) / divisor;
    expectClose(found.toTypedArray(), naive(x, model, { relative }).toTypedArray(), { factor: 64, scale });
  });

  test.each(Object.entries(irregularOf([2, 3, 2], 2)))('%s: derivatives of order 1 and 2', (_, model) => {
    const { parts, make } = partsOf(model);
    const indices = [
      [0, 2, 1],
      [1, 1, 1],
      [0, 2, 1],
      [1, 0, 0],
    ];
    const weights = tensor([1, 2, 0.5, 3]);
    checkGradient(([v, ...ps]) => sampleLoss(indices, v, make(ps), { weights }), [irregular([4], 3), ...parts]);
  });
});

describe('a fit as one term of a loss of the user’s', () => {
  test('CP loss, a sparse factor by an L1 penalty and a smooth one by squared differences, down by plain gradient steps', () => {
    const [rows, time] = [8, 12];
    const sparse = tensor(
      Float64Array.from({ length: rows }, (_, i) => (i % 4 === 0 ? 1 : 0)),
      [rows, 1],
    );
    const smooth = tensor(
      Float64Array.from({ length: time }, (_, t) => Math.sin((Math.PI * t) / (time - 1))),
      [time, 1],
    );
    const clean = cpToTensor({ weights: ones([1]), factors: [sparse, irregular([5, 1], 2), smooth] });
    const x = add(clean, mul(0.1, irregular(clean.shape, 4)));
    const roughness = (c: Tensor): Tensor => sum(square(sub(slice(c, [{ start: 1 }]), slice(c, [{ stop: -1 }]))));
    const objective = (factors: readonly Tensor[]): Tensor => {
      const fit = cpLoss(x, { weights: ones([1]), factors });
      const penalties = add(mul(0.3, sum(abs(factors[0]))), mul(0.5, roughness(factors[2])));
      return add(add(fit, penalties), mul(0.05, sum(square(factors[1]))));
    };
    const step = compileStep((factors: readonly Tensor[]) => {
      const { value, grad: gs } = valueAndGrad(objective)(factors);
      return { value, next: factors.map((a, k) => sub(a, mul(0.01, gs[k]))) };
    });
    let factors: readonly Tensor[] = [8, 5, 12].map((n, k) => mul(0.3, irregular([n, 1], k + 1)));
    const values: number[] = [];
    for (let i = 0; i < 400; i++) {
      const { value, next } = step(factors);
      values.push(value.item());
      factors = next;
    }
    expect(values.every((v, i) => i === 0 || v <= values[i - 1] + 1e-3)).toBe(true);
    expect(values[399]).toBeLessThan(0.3 * values[0]);
    // What the penalties are for: the zeros of the sparse factor are found to a gradient step, the fit denoises.
    const [a] = factors.map((t) => Array.from(t.toTypedArray()));
    const [on, off] = [a.filter((_, i) => i % 4 === 0), a.filter((_, i) => i % 4 !== 0)].map((v) => v.map(Math.abs));
    expect(Math.max(...off)).toBeLessThan(0.05 * Math.min(...on));
    const norm = (t: Tensor): number => Math.hypot(...t.toTypedArray());
    expect(norm(sub(cpToTensor({ weights: ones([1]), factors }), clean))).toBeLessThan(0.5 * norm(sub(x, clean)));
  });

  test('tensor train from half of the elements, with a ridge, down by plain gradient steps', () => {
    const shape = [5, 6, 5];
    const dense = tensorBy(shape, ([i, j, k]) => 1 / (1 + i + j + k));
    const all = allIndices(shape);
    const shuffled = Array.from(permutation(key(1), 150));
    const part = (places: number[]) => ({
      indices: places.map((q) => all[q]),
      values: tensor(places.map((q) => dense.toTypedArray()[q])),
    });
    const [seen, unseen] = [part(shuffled.slice(0, 75)), part(shuffled.slice(75))];
    const objective = (cores: readonly Tensor[]): Tensor =>
      add(
        sampleLoss(seen.indices, seen.values, { cores }),
        mul(
          1e-5,
          cores.map((core) => sum(square(core))).reduce((a, b) => add(a, b)),
        ),
      );
    const step = compileStep((cores: readonly Tensor[]) => {
      const gs = grad(objective)(cores);
      return cores.map((core, k) => sub(core, mul(0.3, gs[k])));
    });
    const [one, two] = [
      [1, 5, 2],
      [2, 6, 2],
    ];
    let cores: readonly Tensor[] = [one, two, [2, 5, 1]].map((n, k) => add(0.4, mul(0.1, irregular(n, k + 1))));
    const before = objective(cores).item();
    for (let i = 0; i < 3000; i++) cores = step(cores);
    const after = objective(cores).item();
    const miss = sampleLoss(unseen.indices, unseen.values, { cores }, { relative: true }).item();
    expect(after).toBeLessThan(1e-3 * before);
    expect(Math.sqrt(2 * miss)).toBeLessThan(0.1);
  });
});

describe('gcpLoss', () => {
  const shape = [2, 3, 2];
  const { parts } = partsOf(irregularOf(shape, 2).cp);
  const counts = tensor(
    Float64Array.from({ length: 12 }, (_, q) => (q * q) % 5),
    shape,
  );
  const cpOf = (ps: readonly Tensor[]): CpTensor => {
    const [weights, ...factors] = ps;
    return { weights, factors };
  };
  const mask = tensor(
    Float64Array.from({ length: 12 }, (_, q) => (q % 3 === 0 ? 0 : 1)),
    shape,
  );
  const junk = tensor(
    counts.toTypedArray().map((v, q) => (q % 3 === 0 ? Number.NaN : v)),
    shape,
  );

  test.each([undefined, mask])('value and gradient are those of the loss in operations, masked or not', (m) => {
    const x = m ? junk : counts;
    const seen = (t: Tensor): Tensor => (m ? where(equal(m, 0), 0, t) : t);
    const losses: [GcpLossOptions, (ps: readonly Tensor[]) => Tensor][] = [
      [{}, (ps) => square(sub(seen(x), cpToTensor(cpOf(ps))))],
      [{ loss: 'poisson-log' }, (ps) => sub(exp(cpToTensor(cpOf(ps))), mul(seen(x), cpToTensor(cpOf(ps))))],
      [
        { loss: { value: (v, p) => v * p + p * p, derivative: (v, p) => v + 2 * p } },
        (ps) => add(mul(seen(x), cpToTensor(cpOf(ps))), square(cpToTensor(cpOf(ps)))),
      ],
    ];
    const small = [mul(0.01, parts[0]), ...parts.slice(1)];
    for (const [options, formula] of losses) {
      const found = valueAndGrad((ps: readonly Tensor[]) =>
        gcpLoss(x, cpOf(ps), { ...options, ...(m && { mask: m }) }),
      )(small);
      const expected = valueAndGrad((ps: readonly Tensor[]) => sum(seen(formula(ps))))(small);
      const scale = 12 * 30 ** 2;
      expectClose(found.value.toTypedArray(), expected.value.toTypedArray(), { factor: 64, scale });
      found.grad.forEach((g, k) => {
        expectClose(g.toTypedArray(), expected.grad[k].toTypedArray(), { factor: 64, scale: 100 * scale });
      });
    }
  });

  test('what it cannot do is said', () => {
    const cp = cpOf(parts);
    expect(() => grad((x: Tensor) => gcpLoss(x, cp))(counts)).toThrow('gcpLoss: has no derivative by x or mask');
    const once = (w: Tensor) => sum(square(grad((v: Tensor) => gcpLoss(counts, { ...cp, weights: v }))(w)));
    expect(() => grad(once)(parts[0])).toThrow('gcpLoss: has no second derivative');
  });
});
