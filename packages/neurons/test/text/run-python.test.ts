import { spawnSync } from 'node:child_process';
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { type ExpressionNeuron, parse, print } from '../../src/index.js';
import { expressions, tameNumbers } from '../support/arbitrary-expression.js';
import { neuronOf } from '../support/named-neuron.js';
import { referenceValue } from '../support/reference-value.js';

const commands = ['python3', '/usr/bin/python3'];
const has = (command: string, library: string): boolean =>
  spawnSync(command, ['-c', `import ${library}`], { stdio: 'ignore' }).status === 0;
const numpy = commands.find((command) => has(command, 'numpy'));
const sympy = commands.find((command) => has(command, 'sympy'));

/** Runs a program on JSON and parses the JSON that it prints. */
function run(command: string | undefined, program: string, input: unknown): unknown {
  const { status, stdout, stderr } = spawnSync(command ?? '', ['-c', program], {
    input: JSON.stringify(input),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const features = ['beta', "it's", 'x'];
const rows = [
  [0.5, 1.25, -0.75],
  [-1.5, 0.3, 2],
  [0.9, -0.2, 0.1],
];

/** A few formulas by hand for what differs between languages, and a sample of random ones. */
const neurons: readonly ExpressionNeuron[] = [
  ...[
    '-beta^2 + beta^-(2) + 2^-1 + 7/2 + (-8)^2 + 2^3^2 + 1/2/4',
    "sum(x^3 - beta) + sum(3) + sum(`it's`*x) + x",
    '1\n-0 + 1e-320\nbeta',
    'sigmoid(beta) + asin(beta/4) + acos(x/4) + atan(x) + sinh(x) + cosh(x) + tanh(x) + abs(x) + sqrt(abs(beta))',
    '3 - -(4) - (5 - 6) + 123456789012345680000*1e-20',
  ].map((text) => parse(text, { features })),
  ...fc
    .sample(expressions({ depth: 3, features: 3, numbers: tameNumbers, exponents: { min: 1, max: 3 } }), {
      numRuns: 40,
      seed: 5,
    })
    .map((formula) => neuronOf(features, [formula])),
];

const expected = neurons.map((neuron) =>
  rows.map((x) => neuron.expressions.map((formula) => referenceValue(formula, x))),
);

/** Where the value is finite and not the difference of numbers beyond the sample's. */
function expectNear(actual: readonly (number | null)[][][], tolerance: number): void {
  let compared = 0;
  expected.forEach((table, i) => {
    table.forEach((values, b) => {
      values.forEach((value, c) => {
        const theirs = actual[i][b][c];
        const text = print(neurons[i], { format: 'text' });
        if (!Number.isFinite(value) || Math.abs(value) > 1e12) return;
        expect(theirs, text).not.toBeNull();
        expect(Math.abs((theirs ?? Number.NaN) - value), text).toBeLessThanOrEqual(tolerance * (1 + Math.abs(value)));
        compared++;
      });
    });
  });
  expect(compared).toBeGreaterThan(60);
}

describe.skipIf(numpy === undefined)('NumPy', () => {
  test('printed modules have the values of the formulas', () => {
    const program = `
import json, sys, warnings
import numpy as np
warnings.filterwarnings('ignore')
job = json.load(sys.stdin)
X = np.array(job['rows'])
out = []
for code in job['codes']:
    scope = {}
    exec(code, scope)
    y = scope['neuron'](X)
    assert y.ndim == 2 and y.shape[0] == len(X) and y.dtype == np.float64, (y.shape, y.dtype, code)
    out.append([[v if np.isfinite(v) else None for v in row] for row in y.tolist()])
print(json.dumps(out))
`;
    const codes = neurons.map((neuron) => print(neuron, { format: 'python' }));
    expectNear(run(numpy, program, { rows, codes }) as (number | null)[][][], 1e-9);
  });

  test('numbers beyond the doubles and quotients by 0 are no exceptions', () => {
    const program = `
import json, sys, warnings
import numpy as np
warnings.filterwarnings('ignore')
scope = {}
exec(json.load(sys.stdin), scope)
print(json.dumps([str(v) for v in scope['neuron'](np.ones((2, 1)))[0]]))
`;
    const neuron = parse('1/0\n10^400\na/0\n(-8)^0.5\nlog(0)\n1/-0', { features: ['a'] });
    const values = run(numpy, program, print(neuron, { format: 'python' }));
    expect(values).toEqual(['inf', 'inf', 'inf', 'nan', '-inf', '-inf']);
  });
});

describe.skipIf(sympy === undefined)('SymPy', () => {
  test('printed strings have the values of the formulas', () => {
    const program = `
import json, sys
from sympy import sympify, Symbol
job = json.load(sys.stdin)
symbols = [Symbol(name) for name in job['features']]
out = []
for code in job['codes']:
    read = sympify(code)
    formulas = read if isinstance(read, list) else [read]
    table = []
    for row in job['rows']:
        values = []
        for formula in formulas:
            assert formula.free_symbols <= set(symbols), (code, formula.free_symbols)
            value = complex(formula.subs(list(zip(symbols, row)), simultaneous=True).evalf())
            values.append(value.real if value.imag == 0 and abs(value.real) < 1e300 else None)
        table.append(values)
    out.append(table)
print(json.dumps(out))
`;
    // Exact integers in huge towers take SymPy forever; the formulas by hand have what can go wrong.
    const codes = neurons.map((neuron) => print(neuron, { format: 'sympy' }));
    expectNear(run(sympy, program, { rows, codes, features }) as (number | null)[][][], 1e-9);
  }, 60_000);
});
