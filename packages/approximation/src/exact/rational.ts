// Exact arithmetic lives with the neurons, whose numbers it computes with.
export {
  absoluteRational as absolute,
  addRationals as add,
  compareRationals as compare,
  divideRationals as divide,
  largerRational as larger,
  multiplyRationals as multiply,
  negateRational as negate,
  powerOfRational as power,
  type Rational,
  rational,
  subtractRationals as subtract,
  zeroRational as zero,
} from '@neuronseek/neurons';
