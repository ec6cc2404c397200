import { lipschitzModulus, type Modulus } from '../../src/index.js';

/** A modulus for targets whose certificates do not use it. */
export const compact: Modulus = lipschitzModulus(1e6);
