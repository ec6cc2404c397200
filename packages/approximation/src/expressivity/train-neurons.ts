import { adam, cosine } from '@neuronseek/network';
import {
  type Expression,
  type ExpressionNeuron,
  evaluate,
  expressionNeuron,
  type Neuron,
  type PolynomialNeuron,
  toExpressionNeuron,
} from '@neuronseek/neurons';
import {
  add,
  flatten,
  matmul,
  mean,
  reshape,
  square,
  sub,
  type Tensor,
  tanh,
  tensor,
  treeMap,
  valueAndGrad,
} from '@neuronseek/tensor';
import { type Key, normal, split, uniform } from '@neuronseek/tensor/random';
import type { Box } from '../targets/target-function.js';
import { hiddenLayer, type NeuronKind } from './neuron-kinds.js';

/** Σ_c weight_c·tanh(hidden_c(x)) + bias. */
interface Model {
  readonly hidden: PolynomialNeuron;
  readonly weight: Tensor;
  readonly bias: Tensor;
}

/** What one run trains. */
export interface TrainingPlan {
  readonly kind: NeuronKind;
  readonly width: number;
  readonly rows: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly key: Key;
}

/** A trained network of one hidden layer. */
export interface TrainedNeurons {
  /** The network as one formula. */
  readonly formula: ExpressionNeuron;
  readonly parameters: number;
  /** On the rows it was trained on. */
  readonly rmse: number;
}

/** Fits a hidden layer of one kind, tanh and a linear output to uniform points of the target by Adam on all rows, with a cosine schedule. */
export function trainNeurons(
  target: Neuron,
  domain: Box,
  { kind, width, rows, steps, learningRate, key }: TrainingPlan,
): TrainedNeurons {
  const [rowKey, hiddenKey, outKey] = split(key, 3);
  const inputs = domain.length;
  const drawn = uniform(rowKey, rows * inputs, { min: 0, max: 1 });
  const x = tensor(
    drawn.map((t, i) => domain[i % inputs][0] + t * (domain[i % inputs][1] - domain[i % inputs][0])),
    [rows, inputs],
  );
  const y = tensor(
    Float64Array.from({ length: rows }, (_, i) => flatten(evaluate(target, x))[i * target.outputs]),
    [rows, 1],
  );
  let model: Model = {
    hidden: hiddenLayer(kind, inputs, width, hiddenKey),
    weight: tensor(normal(outKey, width, { standardDeviation: 1 / Math.sqrt(width) }), [width, 1]),
    bias: reshape(mean(y), [1]),
  };
  const loss = valueAndGrad((trial: Model) => mean(square(sub(run(trial, x), y))));
  const rule = adam();
  const rate = cosine(learningRate, steps);
  let memory = rule.init(model);
  for (let step = 0; step < steps; step++) {
    const { grad } = loss(model);
    const next = rule.update(model, grad, memory, rate(step));
    model = next.params;
    memory = next.state;
  }
  const rmse = Math.sqrt(loss(model).value.item());
  return { formula: formulaOf(model), parameters: countOf(model), rmse };
}

function countOf(model: Model): number {
  let count = 0;
  treeMap((numbers: Tensor) => {
    count += numbers.size;
    return numbers;
  }, model);
  return count;
}

function run({ hidden, weight, bias }: Model, x: Tensor): Tensor {
  return add(matmul(tanh(evaluate(hidden, x)), weight), bias);
}

function formulaOf({ hidden, weight, bias }: Model): ExpressionNeuron {
  const { features, expressions } = toExpressionNeuron(hidden);
  const numbers = flatten(weight);
  const terms = expressions.map(
    (argument, c): Expression => ({
      op: 'multiply',
      factors: [
        { op: 'number', value: numbers[c] },
        { op: 'call', name: 'tanh', argument },
      ],
    }),
  );
  const sum: Expression = { op: 'add', terms: [...terms, { op: 'number', value: bias.item() }] };
  return expressionNeuron({ features, expressions: [sum] });
}
