import { exp, log } from '@neuronseek/tensor/math';
import { type Key, uniform } from '@neuronseek/tensor/random';

/** Labels of rows, drawn from the softmax of logits [class][row]. */
export interface DrawnLabels {
  /** [rows, classes], 1 for the label and 0 elsewhere. */
  readonly labels: Float64Array;
  /** Entropy of the probabilities of each row, in nats. */
  readonly entropy: Float64Array;
}

/** One label a row; draw i depends on the key, i and the logits of row i alone. */
export function drawLabels(key: Key, logits: readonly Float64Array[]): DrawnLabels {
  const [{ length: rows }] = logits;
  const classes = logits.length;
  const u = uniform(key, rows);
  const labels = new Float64Array(rows * classes);
  const entropy = new Float64Array(rows);
  const e = new Float64Array(classes);
  for (let i = 0; i < rows; i++) {
    let top = logits[0][i];
    for (let c = 1; c < classes; c++) if (logits[c][i] > top) top = logits[c][i];
    let total = 0;
    for (let c = 0; c < classes; c++) {
      e[c] = exp(logits[c][i] - top);
      total += e[c];
    }
    let [label, below] = [0, e[0]];
    while (label < classes - 1 && u[i] * total >= below) below += e[++label];
    labels[i * classes + label] = 1;
    for (let c = 0; c < classes; c++) entropy[i] += (e[c] / total) * (log(total) - (logits[c][i] - top));
  }
  return { labels, entropy };
}
