import type { LabelledTable } from '@neuronseek/network';
import { flatten, type Tensor } from '@neuronseek/tensor';
import { fold, type Key } from '@neuronseek/tensor/random';
import { report } from './anneal.js';
import { mostTrials, trialEpochs } from './closing-plan.js';
import { narrow } from './narrow.js';
import type { GatesSettings, SearchEvent } from './options.js';
import { apart, type Model, together } from './products.js';
import { descriptionOf } from './standing.js';
import { termPrices } from './term-prices.js';
import { trainOpen } from './train-open.js';

/** What came of doing without gates of one candidate. */
export interface Trial {
  readonly stream: 'power' | 'interaction';
  readonly order: number;
  /** Products that were closed; 1 for a power. */
  readonly products: number;
  readonly closed: boolean;
  /** By how much the description of all rows grew, in nats: less than 0 where the gates were closed. */
  readonly change: number;
}

/** Whether gates were closed; 'not yet': it would pay, but fewer products might as well. */
type Answer = 'yes' | 'not yet' | 'no';

interface Standing {
  readonly model: Model;
  readonly description: number;
}

/** Nats that training on has to gain for another round of trials. */
const settled = 2;

/** What trials leave open. */
export interface Closing {
  readonly model: Model;
  readonly trials: readonly Trial[];
  readonly status: 'completed' | 'aborted';
}

/**
 * Closes open gates on trial, each product of an interaction having one of its own: gates are closed, the rest is trained on, and they stay closed if the
 * description of the data is shorter then. Interactions first, from the highest order down, all products of one, then half of what is open, down to
 * the weakest alone; then powers. Once more over all that is open, until nothing closes and training on gains nothing.
 *
 * Annealed gates do not tell an imitation from the truth: an interaction of order k contains the power of order k and lower orders, whichever fits first
 * keeps its share, and closing it costs more than its price until the rest was trained to take it over. That is what a trial gives time for.
 */
export function closeGates(
  open: Model,
  gates: Tensor,
  data: LabelledTable,
  settings: GatesSettings,
  key: Key,
  /** Tells of an epoch; the model is that on trial. */
  tell: (loss: number, model: Model) => void,
): Closing {
  const most = mostTrials(settings);
  const epochs = trialEpochs(settings, data);
  const rows = data.x.shape[0];
  const trials: Trial[] = [];
  const start = apart(open, data.x, gates);
  let now: Standing = { model: start, description: descriptionOf(start, data, settings) };
  let made = 0;
  let aborted = false;

  const done = (): boolean => aborted || made >= most;
  /** What all products but one cost. */
  const spared = ({ structure }: Model, terms: readonly number[]): number => {
    const prices = termPrices(structure, settings, data).toTypedArray();
    return rows * settings.lambda * Number(prices[terms[0]]) * (terms.length - 1);
  };
  /** Trains a model on; undefined where that cannot be used. */
  const trainedOn = (start: Model): Standing | undefined => {
    const { model, status } = trainOpen(start, epochs, data, settings, fold(key, made++), (loss) => tell(loss, start));
    aborted = status === 'aborted';
    if (status !== 'completed') return undefined;
    return { model, description: descriptionOf(model, data, settings) };
  };
  const closes = (terms: readonly number[]): Answer => {
    if (done()) return 'no';
    const { structure, params } = now.model;
    const { power, interaction } = structure;
    const all = [...power, ...interaction];
    const keep = all.map((_, t) => !terms.includes(t));
    const without = narrow(structure, params, keep);
    const other = keep.includes(true)
      ? trainedOn(without)
      : { model: without, description: descriptionOf(without, data, settings) };
    if (aborted) return 'no';
    const change = rows * ((other?.description ?? Number.POSITIVE_INFINITY) - now.description);
    // As many products as there are cost more than those that are needed: one may be worth its price where all together are not.
    const margin = isWhole(structure, terms) ? spared(now.model, terms) : 0;
    const closed = other !== undefined && change < -margin;
    trials.push({ ...termOf(structure, terms[0]), products: terms.length, closed, change });
    if (closed) now = other;
    return closed ? 'yes' : change < 0 ? 'not yet' : 'no';
  };
  /** Whether training on with all that is open was of use: then what could not be closed before may be now. */
  const settles = (): boolean => {
    if (done()) return false;
    const other = trainedOn(now.model);
    if (other === undefined || rows * (now.description - other.description) < settled) return false;
    now = other;
    return true;
  };

  let going = true;
  while (going && !done()) {
    const before = now;
    const { power, interaction } = now.model.structure;
    const orders = [...new Set(interaction.map(({ order }) => order))].sort((a, b) => b - a);
    for (const order of orders) closeProducts(() => weakestFirst(now.model, order), closes);
    for (const order of [...power].sort((a, b) => b - a)) closes([now.model.structure.power.indexOf(order)]);
    const { structure } = now.model;
    going = structure.power.length + structure.interaction.length > 0 && (now !== before || settles());
  }
  return { model: together(now.model, data.x), trials, status: aborted ? 'aborted' : 'completed' };
}

/** Whether these are all products of their order. */
function isWhole({ power, interaction }: Model['structure'], terms: readonly number[]): boolean {
  const { order } = interaction[terms[0] - power.length] ?? { order: 0 };
  return terms.length === interaction.filter((part) => part.order === order).length;
}

function termOf({ power, interaction }: Model['structure'], t: number): Pick<Trial, 'stream' | 'order'> {
  if (t < power.length) return { stream: 'power', order: power[t] };
  return { stream: 'interaction', order: interaction[t - power.length].order };
}

/**
 * All products that are open, or half of them, or fewer: half of what was tried where that was too much, half of what is left where it was not. All
 * once more at the end, where it depends on how many are needed.
 */
function closeProducts(open: () => readonly number[], closes: (terms: readonly number[]) => Answer): void {
  let products = open();
  const whole = closes(products);
  if (whole === 'yes') return;
  let count = products.length >> 1;
  while (count >= 1) {
    if (closes(products.slice(0, count)) === 'yes') {
      products = open();
      count = Math.min(count, products.length >> 1);
    } else {
      count >>= 1;
    }
  }
  if (whole === 'not yet') closes(products);
}

/** Terms of the products of an order, the one with the smallest deviation first. */
function weakestFirst({ structure, params }: Model, order: number): number[] {
  const first = structure.power.length;
  const outputs = params.bias.size;
  const scales = flatten(params.scale);
  const deviationOf = (t: number): number => {
    let sum = 0;
    for (let c = 0; c < outputs; c++) sum += Number(scales[t * outputs + c]) ** 2;
    return sum;
  };
  return structure.interaction
    .flatMap((part, q) => (part.order === order ? [first + q] : []))
    .sort((a, b) => deviationOf(a) - deviationOf(b));
}

/** Tells epochs of trials, which count on from those of the annealing: of every candidate the gate, 0 where none of its products is on trial. */
export function trialReporter(
  candidates: Model['structure'],
  settings: GatesSettings,
  trace: SearchEvent[],
): (loss: number, model: Model) => void {
  const last = trace.at(-1);
  const annealed = last?.gates ?? [];
  return (loss, { structure }) => {
    report(
      {
        epoch: trace.length + 1,
        epochs: last?.epochs ?? settings.epochs,
        phase: 'trial',
        loss,
        lambda: settings.lambda,
        gates: gatesOf(candidates, annealed, structure),
      },
      settings,
      trace,
    );
  };
}

/** The annealed gates of what is in the structure, 0 for the others. */
export function gatesOf(
  candidates: Model['structure'],
  annealed: readonly number[],
  { power, interaction }: Model['structure'],
): number[] {
  const isOpen = [
    ...candidates.power.map((order) => power.includes(order)),
    ...candidates.interaction.map(({ order }) => interaction.some((part) => part.order === order)),
  ];
  return isOpen.map((open, t) => (open ? annealed[t] : 0));
}
