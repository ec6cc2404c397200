export { type Capabilities, capabilities } from './capabilities.js';
export type { ChunkKernel } from './chunk-kernel.js';
export type { ChunkTask } from './chunk-task.js';
export { type MapTasksOptions, mapTasks, type TaskProgress } from './map-tasks.js';
export { type ParallelForOptions, parallelFor } from './parallel-for.js';
export { configure, type ParallelSettings } from './settings.js';
export type { Task } from './task.js';
