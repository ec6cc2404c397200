export { type Capabilities, capabilities } from './capabilities.js';
export { type ChunkKernel, chunkKernel, SCRATCH_BYTES } from './chunk-kernel.js';
export { type ParallelForOptions, parallelFor } from './parallel-for.js';
export { configure, MAX_THREADS, type ParallelSettings } from './settings.js';
