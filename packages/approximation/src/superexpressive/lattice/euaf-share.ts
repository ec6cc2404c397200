import { floorDivide } from '../../exact/fixed-point.js';
import { type Rational, rational, subtract } from '../../exact/rational.js';

/** σ(t) of `euaf` for t ≥ 0, exactly. */
export function triangleWave({ numerator, denominator }: Rational): Rational {
  const period = 2n * denominator;
  const rest = ((numerator % period) + period) % period;
  return rational(rest > denominator ? period - rest : rest, denominator);
}

/** p(y) = (σ(2y) + 2·σ(y + 1/2) − 1)/2 and, where it is above 0, the number j of the cell [2j, 2j + 1] that y is in: (y − σ(y))/2. For y ≥ 0. */
export function euafShare(y: Rational): { readonly share: Rational; readonly cell: number } {
  const { numerator, denominator } = y;
  const [a, b] = [
    triangleWave(rational(2n * numerator, denominator)),
    triangleWave(rational(2n * numerator + denominator, 2n * denominator)),
  ];
  const sum = rational(
    a.numerator * b.denominator + 2n * b.numerator * a.denominator - a.denominator * b.denominator,
    2n * a.denominator * b.denominator,
  );
  const twice = subtract(y, triangleWave(y));
  return { share: sum, cell: Number(floorDivide(twice.numerator, 2n * twice.denominator)) };
}
