import type { Tensor } from '@neuronseek/tensor';

/** The options of `print` for people, checked and filled in. */
export interface PrettySettings {
  readonly digits: number;
  readonly maxTerms: number;
  readonly names: readonly string[];
  readonly by: 'variance' | 'order';
  /** One for each output. */
  readonly outputNames: readonly string[];
  readonly sample?: Tensor;
  readonly maxMonomials?: number;
}
