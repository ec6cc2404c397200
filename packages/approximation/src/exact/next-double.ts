export { nextDown, nextUp } from '@neuronseek/neurons';
