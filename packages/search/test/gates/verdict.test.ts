import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { verdict } from '../../src/gates/verdict.js';

const term = { stream: 'interaction', order: 3, rank: 4, variance: 0.1234 } as const;

describe('verdict', () => {
  test('a term is kept when its gate is open more often than not', () => {
    expect(verdict({ ...term, probability: 0.5 }, { lambda: 0.05, penalty: 'terms' }).kept).toBe(false);
    expect(verdict({ ...term, probability: 0.5000001 }, { lambda: 0.05, penalty: 'terms' }).kept).toBe(true);
  });

  test('the reason names probability, penalty and share', () => {
    expect(verdict({ ...term, probability: 0.876 }, { lambda: 0.05, penalty: 'terms' })).toEqual({
      ...term,
      kept: true,
      probability: 0.876,
      reason:
        'its gate stayed open (probability 0.88) against a penalty of 0.05 on the loss; it carries 12.3 % of the variance of the terms',
    });
    expect(verdict({ ...term, probability: 0.04 }, { lambda: 0.2, penalty: 'terms' }).reason).toBe(
      'its gate closed (probability 0.04): it did not save a penalty of 0.2 on the loss, which an open gate pays',
    );
  });
});
