import { checkStructure } from './check-structure.js';
import type { InteractionStructure, NeuronStructure } from './neuron-structure.js';
import { subscript, superscript } from './script.js';
import { structureRanks } from './structure-ranks.js';

/** Letters of the factors of the first, second, … interaction: none that stands for something else here. */
const letters = 'uvabcdefghijklmnopqrst';

/**
 * A structure as text with its weights open: `w₁·x + w₂·x² + ⟨u₁, x⟩⟨u₂, x⟩ (rank 8)`.
 *
 * x² is elementwise, wₖ·xᵏ a dot product, and `(rank 8)` a sum of eight such products; ⟨u, x⟩³ (rank 2) is a weighted sum of two cubes,
 * (Tucker ranks 2 × 3) and (TT ranks 2, 3) say how products of several forms are summed. The bias, which every neuron has, is left out;
 * a structure without terms prints as `constant`.
 */
export function printStructure(structure: NeuronStructure): string {
  checkStructure('printStructure', structure);
  const powers = structure.power.map((k) => `w${subscript(k)}·x${k === 1 ? '' : superscript(k)}`);
  const products = structure.interaction.map((part, q) =>
    printInteraction(part, letters[q % letters.length] + '′'.repeat(Math.floor(q / letters.length))),
  );
  return [...powers, ...products].join(' + ') || 'constant';
}

function printInteraction(part: InteractionStructure, letter: string): string {
  const { order, rank } = part;
  const product = Array.from({ length: order }, (_, m) => `⟨${letter}${subscript(m + 1)}, x⟩`).join('');
  switch (part.form ?? 'cp') {
    case 'cp':
      return `${product} (rank ${rank})`;
    case 'symmetric':
      return `⟨${letter}, x⟩${order === 1 ? '' : superscript(order)} (rank ${rank})`;
    case 'tucker':
      return `${product} (Tucker ranks ${structureRanks(part).join(' × ')})`;
    case 'tt':
      return `${product} (TT ranks ${structureRanks(part).join(', ') || 'none'})`;
  }
}
