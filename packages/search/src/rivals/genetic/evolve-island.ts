import type { Key } from '@neuronseek/tensor/random';
import { freeCount } from '../programs/literal.js';
import { depth, type Program } from '../programs/program.js';
import { type RandomStream, randomStream } from '../programs/random-stream.js';
import { takeRows } from '../programs/rows.js';
import { targetOf } from '../programs/scaled-error.js';
import { createTape, type Tape } from '../programs/tape.js';
import { type Arena, assess } from './assess.js';
import { type Archive, type Individual, paretoFront, remember } from './individual.js';
import { enumerateLibrary, type Library } from './library.js';
import { createNiches, type Niches, settle, tournament } from './niches.js';
import type { GeneticSettings } from './options.js';
import { addTerm, joinPartner, replaceByDesired } from './semantic-moves.js';
import { crossover, hoist, insert, mutatePoint, mutateSubtree, swapFeature } from './vary.js';
import { randomProgram, type Vocabulary, vocabularyOf } from './vocabulary.js';

/** Settings of one population; plain data, so that a thread can have it. */
export type IslandSettings = Pick<
  GeneticSettings,
  | 'functions'
  | 'population'
  | 'nicheSize'
  | 'generations'
  | 'tournament'
  | 'maxSize'
  | 'maxDepth'
  | 'maxConstants'
  | 'constantSteps'
  | 'library'
  | 'exact'
>;

/** One population's work as plain data: columns [D, rows], y [rows]. */
export interface IslandJob {
  readonly columns: Float64Array;
  readonly y: Float64Array;
  readonly key: Key;
  readonly settings: IslandSettings;
}

/** What one population found, plain data again. */
export interface IslandResult {
  /** By size; each better than all smaller ones. */
  readonly front: readonly Individual[];
  readonly evaluations: number;
  readonly generations: number;
  readonly exact: boolean;
}

/** What is told after a generation; the island stops when the answer is false. */
export type IslandWatch = (generation: number, evaluations: number, error: number) => boolean;

/** Evolves one population of formulas; see `searchGeneticProgramming`. */
export function evolveIsland({ columns, y, key, settings }: IslandJob, watch?: IslandWatch): IslandResult {
  const tape = createTape(columns, y.length);
  const target = targetOf(y);
  const arena: Arena = { tape, target, sample: sampleOf(tape, y), seen: new Map(), evaluations: 0 };
  const random = randomStream(key);
  const words = vocabularyOf(settings, tape.inputs);
  const library = enumerateLibrary(arena.sample.tape, words, settings.library);
  const archive: Archive = new Map();
  const admit = (program: Program): Individual | undefined => {
    const fits = program.code.length <= settings.maxSize && freeCount(program) <= settings.maxConstants;
    if (!fits || depth(program) > settings.maxDepth) return undefined;
    const individual = assess(arena, program, settings.constantSteps);
    if (individual) remember(archive, individual);
    return individual;
  };

  const niches = createNiches(settings.maxSize, settings.nicheSize);
  const place = (program: Program | undefined): void => {
    const individual = program && admit(program);
    if (individual) settle(niches, individual);
  };
  for (const program of library.programs) place(program);
  for (let i = 0; i < settings.population; i++) place(randomProgram(words, 2 + (i % 5), random));
  let generation = 0;
  let going = niches.used.length > 0;
  while (going && generation < settings.generations && best(archive) > settings.exact) {
    for (let i = 0; i < settings.population && best(archive) > settings.exact; i++) {
      place(child({ niches, arena, library, words, settings, random }));
    }
    generation++;
    going = watch?.(generation, arena.evaluations, best(archive)) ?? true;
  }
  const exact = best(archive) <= settings.exact;
  return { front: paretoFront(archive), evaluations: arena.evaluations, generations: generation, exact };
}

/** Rows of which a match is judged: more cost time and hardly change what matches best. */
const SAMPLE = 96;

function sampleOf(tape: Tape, y: Float64Array): Arena['sample'] {
  const count = y.length;
  const whole = { count, columns: tape.values.slice(0, tape.inputs * count), y };
  if (count <= SAMPLE) return { tape: createTape(whole.columns, count), target: targetOf(y) };
  const some = takeRows(
    whole,
    Int32Array.from({ length: SAMPLE }, (_, i) => Math.floor((i * count) / SAMPLE)),
  );
  return { tape: createTape(some.columns, SAMPLE), target: targetOf(some.y) };
}

function best(archive: Archive): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { error } of archive.values()) least = Math.min(least, error);
  return least;
}

interface Breeding {
  readonly niches: Niches;
  readonly arena: Arena;
  readonly library: Library;
  readonly words: Vocabulary;
  readonly settings: IslandSettings;
  readonly random: RandomStream;
}

function child({ niches, arena, library, words, settings, random }: Breeding): Program | undefined {
  const parent = tournament(niches, settings.tournament, random);
  const { program } = parent;
  const u = random.next();
  if (u < 0.22) return crossover(program, tournament(niches, settings.tournament, random).program, random);
  if (u < 0.36) return mutateSubtree(program, words, random);
  if (u < 0.46) return mutatePoint(program, words, random);
  if (u < 0.52) return hoist(program, random);
  if (u < 0.6) return insert(program, words, random);
  if (u < 0.64) return swapFeature(program, words, random);
  if (u < 0.8) return replaceByDesired(arena, parent, library, words, random);
  if (u < 0.9) return joinPartner(arena, parent, library, words, random);
  return addTerm(arena, parent, library, words, random);
}
