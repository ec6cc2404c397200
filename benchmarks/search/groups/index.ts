import type { AnyGroup } from '../group.js';
import { formsGroup } from './forms.js';
import { gatesAblationGroup, gatesGroup, paperGroup } from './gates.js';
import { nguyenGroup } from './nguyen.js';
import { noiseGroup } from './noise.js';
import { nullGroup } from './null.js';
import { mixtureGroup, recoveryGroups } from './recovery.js';
import { rowsGroup } from './rows.js';
import { spreadGroup } from './spread.js';
import { stepGroup } from './step.js';
import { tablesGroup } from './tables.js';
import { threadsGroup } from './threads.js';

/** All groups, in the order of the page. */
export const groups: readonly AnyGroup[] = [
  ...recoveryGroups,
  noiseGroup,
  mixtureGroup,
  rowsGroup,
  nullGroup,
  tablesGroup,
  gatesGroup,
  gatesAblationGroup,
  paperGroup,
  formsGroup,
  nguyenGroup,
  spreadGroup,
  stepGroup,
  threadsGroup,
];
