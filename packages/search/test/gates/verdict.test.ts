import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { verdict } from '../../src/gates/verdict.js';

const term = { stream: 'interaction', order: 3, rank: 4, variance: 0.1234 } as const;

describe('verdict', () => {
  test('a term is kept when its gate is open more often than not', () => {
    expect(verdict({ ...term, probability: 0.5 }, 0.05).kept).toBe(false);
    expect(verdict({ ...term, probability: 0.5000001 }, 0.05).kept).toBe(true);
  });

  test('the reason names probability, penalty and share', () => {
    expect(verdict({ ...term, probability: 0.876 }, 0.05)).toEqual({
      ...term,
      kept: true,
      probability: 0.876,
      reason:
        'its gate stayed open (probability 0.88) against a penalty of 0.05 on the loss; it carries 12.3 % of the variance of the terms',
    });
    expect(verdict({ ...term, probability: 0.04 }, 0.2).reason).toBe(
      'its gate closed (probability 0.04): it did not save the penalty of 0.2 on the loss that an open gate pays',
    );
  });
});
