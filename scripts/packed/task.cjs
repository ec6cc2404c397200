// Runs in threads: what `smoke.cjs` gives them to do, for modules of both kinds.
const { key, normal } = require('@neuronseek/tensor/random');

/**
 * Draws that depend on the item alone.
 *
 * @param {{ seed: number, length: number }} item
 */
exports.draw = ({ seed, length }) => normal(key(seed), length);

/**
 * Writes down, in shared memory, that a chunk has run.
 *
 * @param {number} chunk
 * @param {{ out: Float64Array }} args
 */
exports.count = (chunk, { out }) => {
  out[chunk] += 1;
};
