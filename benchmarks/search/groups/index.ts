import type { AnyGroup } from '../group.js';
import { noiseGroup } from './noise.js';
import { nullGroup } from './null.js';
import { mixtureGroup, recoveryGroups } from './recovery.js';
import { rowsGroup } from './rows.js';

/** All groups, in the order of the page. */
export const groups: readonly AnyGroup[] = [...recoveryGroups, noiseGroup, mixtureGroup, rowsGroup, nullGroup];
