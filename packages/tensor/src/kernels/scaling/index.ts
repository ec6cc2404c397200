export { signOfLargest } from './sign-of-largest.js';
export { unitScale } from './unit-scale.js';
