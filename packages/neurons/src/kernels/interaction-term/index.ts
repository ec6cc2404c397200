export { coreSize, factorWidths, type InteractionTermSizes, termColumns } from './contract.js';
export { interactionTermBackward, interactionTermForward } from './fused.js';
