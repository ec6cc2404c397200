import { linear, parameterCount, predict } from '@neuronseek/network';
import { concat, matmul, ones, type Tensor } from '@neuronseek/tensor';
import { lstsq } from '@neuronseek/tensor/linalg';
import type { Prepared } from './prepare.js';
import type { TrainedModel } from './train-model.js';

/** The simplest baseline, ready to predict. */
export interface LinearModel {
  readonly name: string;
  readonly parameters: number;
  readonly trace: TrainedModel['trace'];
  readonly note: string;
  predict(x: Tensor): Tensor;
}

/** Linear regression in closed form (least squares with a constant), or for classification logistic regression, trained like the networks. */
export function linearModel(
  { train, target }: Prepared,
  fit: (name: string, layer: TrainedModel['layer']) => TrainedModel,
): LinearModel {
  if (target.task === 'classification') {
    const { name, layer, variables, trace, note } = fit(
      'logistic regression',
      linear(train.x.shape[1], train.y.shape[1]),
    );
    return {
      name,
      parameters: parameterCount(variables.params),
      trace,
      note,
      predict: (x) => predict(layer, variables, x),
    };
  }
  const { solution } = lstsq(withConstant(train.x), train.y);
  return {
    name: 'linear regression',
    parameters: solution.size,
    trace: [],
    note: 'least squares, closed form',
    predict: (x) => matmul(withConstant(x), solution),
  };
}

function withConstant(x: Tensor): Tensor {
  return concat([x, ones([x.shape[0], 1])], { axis: 1 });
}
