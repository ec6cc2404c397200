export { toRational } from '@neuronseek/neurons';
