export { type CertifyInThreadsOptions, certifySupNormInThreads } from './certify-sup-norm-in-threads.js';
export { certifyTask } from './certify-task.js';
