import { eigh } from '@neuronseek/tensor/kernels';
import { slotsOf, type Term, type TermShape } from './term.js';
import { startsOf } from './term-values.js';

/**
 * Ranks by which a term can be made smaller: one of Tucker or of a train less by one, or all of them; of a symmetric form, one power less. What has a rank
 * of 1 everywhere cannot.
 */
export function lowerRanks({ form, order, ranks }: TermShape): readonly (readonly number[])[] {
  if (form === 'symmetric') return ranks[0] > 1 ? [[ranks[0] - 1]] : [];
  const one = ranks.flatMap((r, m) => (r > 1 ? [ranks.map((of, l) => (l === m ? of - 1 : of))] : []));
  const all = ranks.map((r) => Math.max(1, r - 1));
  const candidates = [...one, all].map((of) => (form === 'tucker' && order > 1 ? attainable(of) : of));
  const seen = new Set([ranks.join()]);
  return candidates.filter((of) => {
    const name = of.join();
    const isNew = !seen.has(name);
    seen.add(name);
    return isNew;
  });
}

/** No factor has more columns than the others together can tell apart. */
function attainable(ranks: readonly number[]): readonly number[] {
  const own = [...ranks];
  for (;;) {
    const at = own.findIndex((r, m) => r > own.reduce((n, other, l) => (l === m ? n : n * other), 1));
    if (at < 0) return own;
    own[at]--;
  }
}

/** The term with these ranks, none higher than its own: what is left out is, at every bond, what has the least of its norm. */
export function lowered(term: Term, ranks: readonly number[]): Term {
  if (term.form === 'symmetric') return withoutSmallest(term);
  return ranks.reduce<Term>((t, r, m) => (r < t.ranks[m] ? atBond(t, m, r) : t), term);
}

/** The power of the shortest form goes. */
function withoutSmallest(term: Term): Term {
  const [count] = term.ranks;
  const inputs = term.forms.length / count;
  const norms = Array.from({ length: count }, (_, r) =>
    term.forms.subarray(r * inputs, (r + 1) * inputs).reduce((sum, v) => sum + v * v, 0),
  );
  return withoutPower(term, norms.indexOf(Math.min(...norms)));
}

/** A symmetric form without one of its powers. */
export function withoutPower(term: Term, r: number): Term {
  const [count] = term.ranks;
  const inputs = term.forms.length / count;
  return {
    ...term,
    ranks: [count - 1],
    forms: term.forms.filter((_, i) => Math.floor(i / inputs) !== r),
    core: term.core.filter((_, i) => i !== r),
  };
}

/**
 * A rank lowered by what is cut between two parts: with the Gram matrices L of the one and R of the other the singular values of the whole are those of
 * L^½·R·L^½ (Oseledets 2011), and its leading eigenvectors V give the parts L^(−½)·V and Vᵀ·L^½.
 */
function atBond(term: Term, m: number, rank: number): Term {
  const own = term.ranks[m];
  const { near, far } = term.form === 'tucker' ? tuckerGrams(term, m) : trainGrams(term, m);
  const root = rootOf(near, own);
  const middle = product(product(root.half, far, own, own, own), root.half, own, own, own);
  const { vectors } = spectrum(middle, own);
  const [into, from] = [new Float64Array(own * rank), new Float64Array(rank * own)];
  for (let j = 0; j < rank; j++) {
    for (let i = 0; i < own; i++) {
      for (let l = 0; l < own; l++) {
        const v = vectors[l * own + own - 1 - j];
        into[i * rank + j] += root.inverse[i * own + l] * v;
        from[j * own + i] += v * root.half[l * own + i];
      }
    }
  }
  return term.form === 'tucker' ? cutTucker(term, m, rank, into, from) : cutTrain(term, m, rank, into, from);
}

/** Of the columns of factor m, and of the unfolding of the rest along it. */
function tuckerGrams({ forms, core, ranks, order }: Term, m: number): { near: Float64Array; far: Float64Array } {
  const inputs = forms.length / ranks.reduce((sum, r) => sum + r, 0);
  const starts = startsOf(ranks);
  const grams = ranks.map((r, l) => gram(forms.subarray(starts[l] * inputs, (starts[l] + r) * inputs), r, inputs));
  let weighted = core;
  for (let l = 0; l < order; l++) if (l !== m) weighted = alongMode(weighted, ranks, l, grams[l], ranks[l]);
  const far = new Float64Array(ranks[m] ** 2);
  const stride = ranks.slice(m + 1).reduce((n, r) => n * r, 1);
  for (let i = 0; i < core.length; i++) {
    const a = Math.floor(i / stride) % ranks[m];
    for (let b = 0; b < ranks[m]; b++) far[a * ranks[m] + b] += core[i] * weighted[i + (b - a) * stride];
  }
  return { near: grams[m], far };
}

/** Tensor ×_mode matrix, where the matrix is [to, from]. */
function alongMode(
  tensor: Float64Array,
  ranks: readonly number[],
  mode: number,
  matrix: Float64Array,
  to: number,
): Float64Array {
  const from = ranks[mode];
  const stride = ranks.slice(mode + 1).reduce((n, r) => n * r, 1);
  const outer = tensor.length / (from * stride);
  const out = new Float64Array(outer * to * stride);
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < to; j++) {
      for (let i = 0; i < from; i++) {
        const w = matrix[j * from + i];
        for (let s = 0; s < stride; s++) out[(o * to + j) * stride + s] += w * tensor[(o * from + i) * stride + s];
      }
    }
  }
  return out;
}

function cutTucker(term: Term, m: number, rank: number, into: Float64Array, from: Float64Array): Term {
  const { forms, core, ranks, order, form } = term;
  const inputs = forms.length / ranks.reduce((sum, r) => sum + r, 0);
  const starts = startsOf(ranks);
  const parts: Float64Array[] = ranks.map((r, l) => forms.slice(starts[l] * inputs, (starts[l] + r) * inputs));
  parts[m] = product(transposed(into, ranks[m], rank), parts[m], rank, ranks[m], inputs);
  return {
    form,
    order,
    ranks: ranks.map((r, l) => (l === m ? rank : r)),
    forms: Float64Array.from(parts.flatMap((part) => [...part])),
    core: alongMode(core, ranks, m, from, rank),
  };
}

/** Of the cores up to bond m, and of those behind it. */
function trainGrams(term: Term, m: number): { near: Float64Array; far: Float64Array } {
  const { order, ranks } = term;
  const bonds = [1, ...ranks, 1];
  const inputs = term.forms.length / slotsOf(term).reduce((sum, n) => sum + n, 0);
  const starts = startsOf(slotsOf(term));
  let near: Float64Array = Float64Array.of(1);
  for (let l = 0; l <= m; l++) near = passed(near, l, true);
  let far: Float64Array = Float64Array.of(1);
  for (let l = order - 1; l > m; l--) far = passed(far, l, false);
  return { near, far };

  function passed(edge: Float64Array, l: number, rightwards: boolean): Float64Array {
    const [from, to] = rightwards ? [bonds[l], bonds[l + 1]] : [bonds[l + 1], bonds[l]];
    const at = (p: number, q: number): number =>
      (starts[l] + (rightwards ? p * bonds[l + 1] + q : q * bonds[l + 1] + p)) * inputs;
    const out = new Float64Array(to * to);
    for (let p = 0; p < from; p++) {
      for (let other = 0; other < from; other++) {
        for (let q = 0; q < to; q++) {
          for (let s = 0; s < to; s++) {
            let dot = 0;
            for (let d = 0; d < inputs; d++) dot += term.forms[at(p, q) + d] * term.forms[at(other, s) + d];
            out[q * to + s] += edge[p * from + other] * dot;
          }
        }
      }
    }
    return out;
  }
}

function cutTrain(term: Term, m: number, rank: number, into: Float64Array, from: Float64Array): Term {
  const { form, order, ranks, core } = term;
  const bonds = [1, ...ranks, 1];
  const inputs = term.forms.length / slotsOf(term).reduce((sum, n) => sum + n, 0);
  const starts = startsOf(slotsOf(term));
  const cores: Float64Array[] = slotsOf(term).map((n, l) =>
    term.forms.slice(starts[l] * inputs, (starts[l] + n) * inputs),
  );
  const own = ranks[m];
  // Left core [a, own, D] → [a, rank, D], right core [own, b, D] → [rank, b, D].
  const left = new Float64Array(bonds[m] * rank * inputs);
  for (let a = 0; a < bonds[m]; a++) {
    const slab = cores[m].subarray(a * own * inputs, (a + 1) * own * inputs);
    left.set(product(transposed(into, own, rank), slab, rank, own, inputs), a * rank * inputs);
  }
  cores[m] = left;
  cores[m + 1] = product(from, cores[m + 1], rank, own, bonds[m + 2] * inputs);
  return {
    form,
    order,
    ranks: ranks.map((r, l) => (l === m ? rank : r)),
    forms: Float64Array.from(cores.flatMap((part) => [...part])),
    core,
  };
}

/** Of the rows of [count, length]. */
function gram(rows: Float64Array, count: number, length: number): Float64Array {
  return product(rows, transposed(rows, count, length), count, length, count);
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from(matrix, (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]);
}

function product(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let l = 0; l < k; l++) {
      const v = a[i * k + l];
      for (let j = 0; j < n; j++) out[i * n + j] += v * b[l * n + j];
    }
  }
  return out;
}

/** Ascending; vectors in columns. */
function spectrum(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const [values, vectors] = [new Float64Array(n), new Float64Array(n * n)];
  eigh(n, matrix.slice(), 0, values, 0, vectors, 0);
  return { values, vectors };
}

/** G^½ and its pseudo-inverse. */
function rootOf(matrix: Float64Array, n: number): { half: Float64Array; inverse: Float64Array } {
  const { values, vectors } = spectrum(matrix, n);
  const least = 1e-14 * values[n - 1];
  const [half, inverse] = [new Float64Array(n * n), new Float64Array(n * n)];
  for (let l = 0; l < n; l++) {
    if (!(values[l] > least)) continue;
    const root = Math.sqrt(values[l]);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const v = vectors[i * n + l] * vectors[j * n + l];
        half[i * n + j] += root * v;
        inverse[i * n + j] += v / root;
      }
    }
  }
  return { half, inverse };
}
