import type { DiscoverReport } from '@neuronseek/search';
import { closedFormSection } from './closed-form-section.js';
import { gatesSection } from './gates-section.js';

/** What the search kept and why, and its course. */
export function searchSection({ search }: DiscoverReport): string {
  return search.method === 'als' ? closedFormSection(search) : gatesSection(search);
}
