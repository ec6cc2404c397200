// Stands in for run-job.ts in the files for browsers, where the pool never has a thread: kernels do not bring it into their bundles.

export { runAlone as runJob } from './run-alone.js';
