export { apply } from './apply.js';
export { init } from './init.js';
export { normalizationEpsilon } from './kernels/normalized-sum/index.js';
export { activation } from './layers/activation.js';
export type {
  ActivationLayer,
  ActivationName,
  Layer,
  LinearLayer,
  SequentialLayer,
  TaskNeuronLayer,
} from './layers/layer.js';
export { linear } from './layers/linear.js';
export { type NormalizedSum, normalizedSum, normalizedSumComposed } from './layers/normalized-sum.js';
export { type Applied, type ApplyOptions, applyDefaults, type Tree, type Variables } from './layers/rules.js';
export { sequential } from './layers/sequential.js';
export { type TaskNeuronOptions, taskNeuron, taskNeuronDefaults } from './layers/task-neuron.js';
export { crossEntropy } from './losses/cross-entropy.js';
export { mse } from './losses/mse.js';
export { load } from './model-file/load.js';
export { type Model, modelFormat, save } from './model-file/save.js';
export { type AdamOptions, type AdamState, adam, adamDefaults } from './optimizers/adam.js';
export type { Optimizer } from './optimizers/optimizer.js';
export { type SgdOptions, type SgdState, sgd, sgdDefaults } from './optimizers/sgd.js';
export { parameterCount } from './parameter-count.js';
export { type CosineOptions, cosine, cosineDefaults, type Schedule } from './schedules/cosine.js';
export { clipGlobalNorm } from './training/clip-global-norm.js';
export { fit } from './training/fit.js';
export {
  type FitEvent,
  type FitOptions,
  type FitResult,
  type FitStatus,
  fitDefaults,
} from './training/fit-options.js';
export type { LabelledTable } from './training/labelled-table.js';
export { accuracy, mae, r2, rmse } from './training/metrics.js';
export { predict } from './training/predict.js';
