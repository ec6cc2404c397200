export type { NeuronKind } from '../expressivity/neuron-kinds.js';
export { type CertifyInThreadsOptions, certifySupNormInThreads } from './certify-sup-norm-in-threads.js';
export { certifyTask } from './certify-task.js';
export { type CurveRun, curveTask } from './curve-task.js';
export {
  type Curve,
  type CurveEvent,
  type ExpressivityCurveOptions,
  type ExpressivityCurves,
  expressivityCurve,
  expressivityCurveDefaults,
} from './expressivity-curve.js';
export { type VerifyInThreadsEvent, type VerifyInThreadsOptions, verifyInThreads } from './verify-in-threads.js';
export { type VerifyJob, verifyTask } from './verify-task.js';
