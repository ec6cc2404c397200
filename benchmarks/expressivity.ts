/**
 * Certified sup-norm errors against numbers of parameters, for networks of one hidden layer of six kinds of neurons on one target of each class, and the
 * certificate of a trained 2-32-32-1 network, on one thread and on two. Environment: SEEDS (default 3), STEPS (default 500), WIDTHS
 * (default 2,4,8,16), ROUNDS (default 5).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import {
  certificateFault,
  certifySupNorm,
  formulaFunction,
  functionTarget,
  networkFunction,
} from '@neuronseek/approximation';
import { certifySupNormInThreads, expressivityCurve } from '@neuronseek/approximation/parallel';
import { activation, adam, fit, linear, mse, sequential } from '@neuronseek/network';
import { evaluate, parse } from '@neuronseek/neurons';
import { reshape, tensor } from '@neuronseek/tensor';
import { configure } from '@neuronseek/tensor/parallel';
import { key, uniform } from '@neuronseek/tensor/random';
import { median } from './median.js';

const seeds = Number(process.env.SEEDS ?? 3);
const steps = Number(process.env.STEPS ?? 500);
const rounds = Number(process.env.ROUNDS ?? 5);
const widths = (process.env.WIDTHS ?? '2,4,8,16').split(',').map(Number);
const features = ['x1', 'x2'];
const square = [
  [0, 1],
  [0, 1],
] as const;

/** One of each class: Lipschitz with a kink, a trigonometric sum, a ridge, a polynomial, an analytic function. */
const targets = {
  'lipschitz: |x1 − x2|': 'abs(x1 - x2)',
  'trigonometric: sin 4x1 · cos 3x2': 'sin(4*x1)*cos(3*x2)',
  'ridge: tanh(6x1 + 4x2 − 5)': 'tanh(6*x1 + 4*x2 - 5)',
  'polynomial: x1³ − 2x1x2² + x2': 'x1^3 - 2*x1*x2^2 + x2',
  'analytic: 1/(1 + x1² + 2x2²)': '1/(1 + x1^2 + 2*x2^2)',
};

const lines: string[] = [
  '# Certified error against parameters',
  '',
  `${cpus()[0]?.model}, Node ${process.version}; ${seeds} runs of ${steps} steps for each width.`,
  '',
];

function say(line: string): void {
  console.log(line);
  lines.push(line);
}

async function curves(): Promise<void> {
  for (const [label, text] of Object.entries(targets)) {
    const result = await expressivityCurve(parse(text, { features }), square, {
      key: key(20261124),
      seeds,
      steps,
      widths,
    });
    say(`## ${label}`);
    say('');
    say('Parameters: certified bound of the sup-norm error, the best of the runs.');
    say('');
    say(`| neurons | ${widths.map((w) => `width ${w}`).join(' | ')} | exponent [95 %] |`);
    say(`|---|${widths.map(() => '---').join('|')}|---|`);
    for (const { kind, points, rate } of result.curves) {
      const cells = points.map(({ parameters, upper }) => `${parameters}: ${upper.toPrecision(2)}`);
      const ends = rate ? `${rate.slope.toFixed(2)} [${rate.interval.map((end) => end.toFixed(2)).join(', ')}]` : '–';
      say(`| ${kind} | ${cells.join(' | ')} | ${ends} |`);
    }
    say('');
  }
}

async function certificates(): Promise<void> {
  const target = parse('sin(4*x1)*cos(3*x2) + x1*x2', { features });
  const x = tensor(uniform(key(1), 4000, { min: 0, max: 1 }), [2000, 2]);
  const y = reshape(evaluate(target, x), [2000, 1]);
  const f = functionTarget(formulaFunction(target), square);
  say('## Certificate of a trained 2-32-32-1 network to 1e-3');
  say('');
  say('| activation | bounds | boxes | certifySupNorm | one thread | two threads | gain | checker |');
  say('|---|---|---|---|---|---|---|---|');
  for (const name of ['relu', 'tanh'] as const) {
    const layer = sequential([linear(2, 32), activation(name), linear(32, 32), activation(name), linear(32, 1)]);
    const { variables } = fit(layer, { x, y }, { loss: mse, optimizer: adam(), key: key(2), epochs: 100 });
    const h = networkFunction(layer, variables, 2);
    const times: number[][] = [[], [], [], []];
    const timed = async <T>(i: number, run: () => T | Promise<T>): Promise<T> => {
      const begun = performance.now();
      const result = await run();
      times[i].push(performance.now() - begun);
      return result;
    };
    const options = { method: 'interval', tolerance: 1e-3 } as const;
    let certificate = certifySupNorm(f, h, options);
    for (let round = 0; round < rounds; round++) {
      certificate = await timed(0, () => certifySupNorm(f, h, options));
      for (const threads of [1, 2]) {
        configure({ threads });
        await timed(threads, () => certifySupNormInThreads(f, h, { tolerance: 1e-3, threads }));
      }
      const fault = await timed(3, () => certificateFault(f, h, certificate));
      if (fault) throw new Error(fault);
    }
    const [alone, one, two, checked] = times.map(median);
    const { lower, upper, evaluations } = certificate;
    say(
      `| ${name} | ${lower.toFixed(5)} to ${upper.toFixed(5)} | ${evaluations} | ${alone.toFixed(0)} ms | ${one.toFixed(0)} ms | ` +
        `${two.toFixed(0)} ms | ${(one / two).toFixed(2)} | ${checked.toFixed(0)} ms |`,
    );
  }
}

await certificates();
say('');
await curves();
mkdirSync(new URL('./results/', import.meta.url), { recursive: true });
writeFileSync(new URL('./results/expressivity.md', import.meta.url), `${lines.join('\n').trimEnd()}\n`);
process.exit(0);
