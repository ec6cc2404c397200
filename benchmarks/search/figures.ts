/** Writes the figures of docs/guide: `npm run figures`. Same sources, same figures. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { configure } from '@neuronseek/tensor/parallel';
import { gatesOverEpochs } from './figures/gates-over-epochs.js';
import { lengthOverCandidates } from './figures/length-over-candidates.js';
import { recoveryAgainstNoise } from './figures/recovery-against-noise.js';
import { themed } from './figures/themed.js';

const folder = '../docs/guide/figures';
const figures = {
  'gates-over-epochs': gatesOverEpochs,
  'length-over-candidates': lengthOverCandidates,
  'recovery-against-noise': recoveryAgainstNoise,
};

configure({ threads: 1 });
mkdirSync(folder, { recursive: true });
for (const [name, draw] of Object.entries(figures)) {
  writeFileSync(`${folder}/${name}.svg`, themed(draw()));
  console.log(`docs/guide/figures/${name}.svg`);
}
// Threads that still wait for work would keep the process.
process.exit(0);
