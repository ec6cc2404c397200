import {
  avgPool1d,
  avgPool2d,
  conv1d,
  conv2d,
  convolve,
  convTranspose1d,
  convTranspose2d,
  correlate,
  maxPool1d,
  maxPool2d,
  type Overlap,
} from '../../../src/index.js';
import type { Calls } from './call.js';
import { given } from './call.js';

const modes: readonly Overlap[] = ['full', 'same', 'valid'];

export const calls: Calls = {
  avgPool1d: ([x], { window, ...options }) => avgPool1d(x, given(window), options),
  avgPool2d: ([x], { window, ...options }) => avgPool2d(x, given(window), options),
  conv1d: ([x, w], options) => conv1d(x, w, options),
  conv2d: ([x, w], options) => conv2d(x, w, options),
  convTranspose1d: ([y, w], options) => convTranspose1d(y, w, options),
  convTranspose2d: ([y, w], options) => convTranspose2d(y, w, options),
  convolve: ([a, v], { mode }) => convolve(a, v, { mode: modes.find((m) => m === mode) }),
  correlate: ([a, v], { mode }) => correlate(a, v, { mode: modes.find((m) => m === mode) }),
  maxPool1d: ([x], { window, ...options }) => maxPool1d(x, given(window), options),
  maxPool2d: ([x], { window, ...options }) => maxPool2d(x, given(window), options),
};
