export { roundDown, roundNearest, roundUp } from '@neuronseek/neurons';
