import { pow } from '@neuronseek/tensor/math';
import { type Atom, balance } from '../model.js';
import { type FormName, slotsOf, type Term } from './term.js';

/** Products of one order as one interaction of this form. Symmetric: 2^(k−1) powers for each product. */
export function embedded(form: FormName, atoms: readonly Atom[]): Term {
  const aligned = form === 'symmetric' ? atoms : atoms.map((atom) => alignedWith(atoms[0], atom));
  return aligned.map((atom) => single(form, balance(atom))).reduce(directSum);
}

function single(form: FormName, atom: Atom): Term {
  const { order, forms } = atom;
  if (form === 'tucker') return { form, order, ranks: Array(order).fill(1), forms, core: Float64Array.of(1) };
  if (form === 'tt') return { form, order, ranks: Array(order - 1).fill(1), forms, core: new Float64Array(0) };
  return polarized(atom);
}

/** Π_m u_m = Σ_ε (Π ε)·(u_1 + ε_2·u_2 + … + ε_k·u_k)^k / (2^(k−1)·k!), over all signs ε_2 … ε_k. */
function polarized({ order, forms }: Atom): Term {
  const inputs = forms.length / order;
  const count = 2 ** (order - 1);
  let factorial = 1;
  for (let k = 2; k <= order; k++) factorial *= k;
  const scale = pow(1 / (count * factorial), 1 / order);
  const sums = new Float64Array(count * inputs);
  const signs = new Float64Array(count);
  for (let r = 0; r < count; r++) {
    signs[r] = 1;
    for (let m = 0; m < order; m++) {
      const sign = m > 0 && r & (1 << (m - 1)) ? -1 : 1;
      signs[r] *= sign;
      for (let d = 0; d < inputs; d++) sums[r * inputs + d] += sign * scale * forms[m * inputs + d];
    }
  }
  return { form: 'symmetric', order, ranks: [count], forms: sums, core: signs };
}

/** The factors of a product in the sequence in which they are most like those of another: forms in common then share a factor. */
function alignedWith(model: Atom, { order, forms }: Atom): Atom {
  const inputs = forms.length / order;
  const rest = Array.from({ length: order }, (_, m) => m);
  const out = new Float64Array(forms.length);
  for (let m = 0; m < order; m++) {
    const [next] = rest
      .map((l) => ({ l, like: likeness(model.forms, m * inputs, forms, l * inputs, inputs) }))
      .sort((a, b) => b.like - a.like);
    out.set(forms.subarray(next.l * inputs, (next.l + 1) * inputs), m * inputs);
    rest.splice(rest.indexOf(next.l), 1);
  }
  return { order, forms: out };
}

/** |cos| of the angle between two forms. */
function likeness(a: Float64Array, from: number, b: Float64Array, at: number, inputs: number): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let d = 0; d < inputs; d++) {
    ab += a[from + d] * b[at + d];
    aa += a[from + d] ** 2;
    bb += b[at + d] ** 2;
  }
  return Math.abs(ab) / Math.sqrt(aa * bb || 1);
}

/** The sum of two interactions of one order and form as one: ranks add up. */
export function directSum(a: Term, b: Term): Term {
  const { form, order } = a;
  const ranks = a.ranks.map((r, m) => r + b.ranks[m]);
  const inputs = a.forms.length / slotsOf(a).reduce((sum, slots) => sum + slots, 0);
  if (form === 'tt') return { form, order, ranks, forms: blockCores(a, b, ranks, inputs), core: a.core };
  const forms = new Float64Array(a.forms.length + b.forms.length);
  let [from, at, to] = [0, 0, 0];
  const put = (numbers: Float64Array): void => {
    forms.set(numbers, to);
    to += numbers.length;
  };
  ranks.forEach((_, m) => {
    put(a.forms.subarray(from, from + a.ranks[m] * inputs));
    put(b.forms.subarray(at, at + b.ranks[m] * inputs));
    from += a.ranks[m] * inputs;
    at += b.ranks[m] * inputs;
  });
  const core = form === 'symmetric' ? Float64Array.of(...a.core, ...b.core) : blockCore(a, b, ranks);
  return { form, order, ranks, forms, core };
}

/** A core with the two cores on its diagonal. */
function blockCore(a: Term, b: Term, ranks: readonly number[]): Float64Array {
  const core = new Float64Array(ranks.reduce((n, r) => n * r, 1));
  for (const [part, offset] of [
    [a, ranks.map(() => 0)],
    [b, a.ranks],
  ] as const) {
    part.core.forEach((value, i) => {
      let rest = i;
      let [place, stride] = [0, 1];
      for (let m = ranks.length - 1; m >= 0; m--) {
        place += ((rest % part.ranks[m]) + offset[m]) * stride;
        rest = Math.floor(rest / part.ranks[m]);
        stride *= ranks[m];
      }
      core[place] = value;
    });
  }
  return core;
}

/** Cores of a train that are block diagonal; the first is a row of blocks, the last a column. */
function blockCores(a: Term, b: Term, ranks: readonly number[], inputs: number): Float64Array {
  const bonds = [1, ...ranks, 1];
  const forms = new Float64Array(slotsOf({ ...a, ranks }).reduce((sum, n) => sum + n, 0) * inputs);
  let base = 0;
  for (let m = 0; m < a.order; m++) {
    for (const part of [a, b]) {
      const own = [1, ...part.ranks, 1];
      const before = slotsOf(part)
        .slice(0, m)
        .reduce((sum, n) => sum + n, 0);
      const [down, right] = part === a ? [0, 0] : [bonds[m] - own[m], bonds[m + 1] - own[m + 1]];
      for (let p = 0; p < own[m]; p++) {
        for (let q = 0; q < own[m + 1]; q++) {
          const from = (before + p * own[m + 1] + q) * inputs;
          forms.set(part.forms.subarray(from, from + inputs), (base + (p + down) * bonds[m + 1] + q + right) * inputs);
        }
      }
    }
    base += bonds[m] * bonds[m + 1];
  }
  return forms;
}
