// Stands in for run-job.ts in the files for browsers, where the pool never has a thread: all the code for threads stays out of their bundles.

export { runAlone as runJob } from './run-alone.js';
