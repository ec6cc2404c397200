import type { TheoremCase } from '../case-result.js';
import { euafNetworkCase } from './euaf-network-case.js';
import {
  compositionNumberCase,
  dependentFrequenciesCase,
  euafUnityCase,
  kroneckerFitCase,
  latticeReductionCase,
} from './lattice-cases.js';

/** Theorems about functions written into multiples of independent frequencies, by name. */
export const latticeTheorems = {
  'lattice-reduction': latticeReductionCase,
  'kronecker-fit': kroneckerFitCase,
  'euaf-partition-of-unity': euafUnityCase,
  'euaf-network': euafNetworkCase,
  'composition-numbers': compositionNumberCase,
} as const satisfies Readonly<Record<string, TheoremCase>>;

/** What must fail about them, by name. */
export const latticeControls = { 'dependent-frequencies': dependentFrequenciesCase } as const satisfies Readonly<
  Record<string, TheoremCase>
>;
