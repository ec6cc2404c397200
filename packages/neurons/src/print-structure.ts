import { checkStructure } from './check-structure.js';
import type { NeuronStructure } from './neuron-structure.js';
import { subscript, superscript } from './script.js';

/** Letters of the factors of the first, second, … interaction: none that stands for something else here. */
const letters = 'uvabcdefghijklmnopqrst';

/**
 * A structure as text with its weights open: `w₁·x + w₂·x² + ⟨u₁, x⟩⟨u₂, x⟩ (rank 8)`.
 *
 * x² is elementwise, wₖ·xᵏ a dot product, and `(rank 8)` a sum of eight such products. The bias, which every neuron has, is
 * left out; a structure without terms prints as `constant`.
 */
export function printStructure(structure: NeuronStructure): string {
  checkStructure('printStructure', structure);
  const powers = structure.power.map((k) => `w${subscript(k)}·x${k === 1 ? '' : superscript(k)}`);
  const products = structure.interaction.map(({ order, rank }, q) => {
    const letter = letters[q % letters.length] + '′'.repeat(Math.floor(q / letters.length));
    const factors = Array.from({ length: order }, (_, m) => `⟨${letter}${subscript(m + 1)}, x⟩`);
    return `${factors.join('')} (rank ${rank})`;
  });
  return [...powers, ...products].join(' + ') || 'constant';
}
