import type { LaneEmitter } from './contract.js';

const UPPER = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
/** The lower halves of two vectors. */
const LOWER = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
/** One word of every lane of two vectors of float64. */
const WORDS = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27];

/** float32 lanes by float64 arithmetic, rounded once: the float64 function of a float32 number. */
export function widened(emitter: LaneEmitter): LaneEmitter {
  return (f, [x], { type, scratch, outside, constant, wide }) => {
    if (type === 'f64x2') {
      emitter(f, [x], wide);
      return;
    }
    const masks: ReturnType<typeof scratch>[] = [];
    for (const upper of [false, true]) {
      const [argument, mask] = [scratch(), scratch()];
      masks.push(mask);
      constant(f, 0);
      f.set(wide.outside).get(x);
      if (upper) f.get(x).shuffle(UPPER);
      f.op('f64x2.promote_low_f32x4').set(argument);
      emitter(f, [argument], wide);
      f.op('f32x4.demote_f64x2_zero').get(wide.outside).set(mask);
    }
    f.shuffle(LOWER);
    f.get(outside).get(masks[0]).get(masks[1]).shuffle(WORDS).op('v128.or').set(outside);
  };
}
