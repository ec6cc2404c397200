import * as t from '../../src/index.js';
import { feature, of1, of2, type Section } from './feature.js';
import { aboveOne, otherVector, positive, vector } from './operands.js';

export const section: Section = {
  title: 'Elementwise',
  entry: '',
  features: {
    add: feature(
      'np.add',
      of2(vector, otherVector, (a, b) => t.add(a, b)),
    ),
    sub: feature(
      'np.subtract',
      of2(vector, otherVector, (a, b) => t.sub(a, b)),
    ),
    mul: feature(
      'np.multiply',
      of2(vector, otherVector, (a, b) => t.mul(a, b)),
    ),
    div: feature(
      'np.divide',
      of2(vector, otherVector, (a, b) => t.div(a, b)),
    ),
    mod: feature(
      'np.mod',
      of2(vector, otherVector, (a, b) => t.mod(a, b)),
    ),
    fmod: feature(
      'np.fmod',
      of2(vector, otherVector, (a, b) => t.fmod(a, b)),
    ),
    floorDivide: feature(
      'np.floor_divide',
      of2(vector, otherVector, (a, b) => t.floorDivide(a, b)),
    ),
    power: feature(
      'np.power',
      of2(positive, otherVector, (a, b) => t.power(a, b)),
    ),
    hypot: feature(
      'np.hypot',
      of2(vector, otherVector, (a, b) => t.hypot(a, b)),
    ),
    atan2: feature(
      'np.arctan2',
      of2(vector, otherVector, (a, b) => t.atan2(a, b)),
    ),
    maximum: feature(
      'np.maximum',
      of2(vector, otherVector, (a, b) => t.maximum(a, b)),
      { note: 'where the two tie they share the cotangent' },
    ),
    minimum: feature(
      'np.minimum',
      of2(vector, otherVector, (a, b) => t.minimum(a, b)),
      { note: 'where the two tie they share the cotangent' },
    ),
    clip: feature(
      'np.clip',
      of1(vector, (x) => t.clip(x, -0.5, 0.5)),
    ),
    where: feature(
      'np.where',
      of2(vector, otherVector, (a, b) => t.where(t.greater(a, 0), a, b)),
      { condition: 'in the branches; the condition is constant' },
    ),
    abs: feature(
      'np.abs',
      of1(vector, (x) => t.abs(x)),
      { note: '0 at 0' },
    ),
    neg: feature(
      'np.negative',
      of1(vector, (x) => t.neg(x)),
    ),
    sign: feature(
      'np.sign',
      of1(vector, (x) => t.sign(x)),
    ),
    square: feature(
      'np.square',
      of1(vector, (x) => t.square(x)),
    ),
    reciprocal: feature(
      'np.reciprocal',
      of1(vector, (x) => t.reciprocal(x)),
    ),
    sqrt: feature(
      'np.sqrt',
      of1(positive, (x) => t.sqrt(x)),
      { note: 'Infinity at 0' },
    ),
    cbrt: feature(
      'np.cbrt',
      of1(vector, (x) => t.cbrt(x)),
      { note: 'Infinity at 0' },
    ),
    exp: feature(
      'np.exp',
      of1(vector, (x) => t.exp(x)),
    ),
    exp2: feature(
      'np.exp2',
      of1(vector, (x) => t.exp2(x)),
    ),
    expm1: feature(
      'np.expm1',
      of1(vector, (x) => t.expm1(x)),
    ),
    log: feature(
      'np.log',
      of1(positive, (x) => t.log(x)),
    ),
    log2: feature(
      'np.log2',
      of1(positive, (x) => t.log2(x)),
    ),
    log10: feature(
      'np.log10',
      of1(positive, (x) => t.log10(x)),
    ),
    log1p: feature(
      'np.log1p',
      of1(positive, (x) => t.log1p(x)),
    ),
    sin: feature(
      'np.sin',
      of1(vector, (x) => t.sin(x)),
    ),
    cos: feature(
      'np.cos',
      of1(vector, (x) => t.cos(x)),
    ),
    tan: feature(
      'np.tan',
      of1(vector, (x) => t.tan(x)),
    ),
    asin: feature(
      'np.arcsin',
      of1(vector, (x) => t.asin(x)),
    ),
    acos: feature(
      'np.arccos',
      of1(vector, (x) => t.acos(x)),
    ),
    atan: feature(
      'np.arctan',
      of1(vector, (x) => t.atan(x)),
    ),
    sinh: feature(
      'np.sinh',
      of1(vector, (x) => t.sinh(x)),
    ),
    cosh: feature(
      'np.cosh',
      of1(vector, (x) => t.cosh(x)),
    ),
    tanh: feature(
      'np.tanh',
      of1(vector, (x) => t.tanh(x)),
    ),
    asinh: feature(
      'np.arcsinh',
      of1(vector, (x) => t.asinh(x)),
    ),
    acosh: feature(
      'np.arccosh',
      of1(aboveOne, (x) => t.acosh(x)),
    ),
    atanh: feature(
      'np.arctanh',
      of1(vector, (x) => t.atanh(x)),
    ),
    floor: feature(
      'np.floor',
      of1(vector, (x) => t.floor(x)),
    ),
    ceil: feature(
      'np.ceil',
      of1(vector, (x) => t.ceil(x)),
    ),
    trunc: feature(
      'np.trunc',
      of1(vector, (x) => t.trunc(x)),
    ),
    round: feature(
      'np.round',
      of1(vector, (x) => t.round(x)),
    ),
    isFinite: feature(
      'np.isfinite',
      of1(vector, (x) => t.isFinite(x)),
    ),
    isInf: feature(
      'np.isinf',
      of1(vector, (x) => t.isInf(x)),
    ),
    isNaN: feature(
      'np.isnan',
      of1(vector, (x) => t.isNaN(x)),
    ),
    logicalNot: feature(
      'np.logical_not',
      of1(vector, (x) => t.logicalNot(x)),
    ),
    equal: feature(
      'np.equal',
      of2(vector, otherVector, (a, b) => t.equal(a, b)),
    ),
    notEqual: feature(
      'np.not_equal',
      of2(vector, otherVector, (a, b) => t.notEqual(a, b)),
    ),
    less: feature(
      'np.less',
      of2(vector, otherVector, (a, b) => t.less(a, b)),
    ),
    lessEqual: feature(
      'np.less_equal',
      of2(vector, otherVector, (a, b) => t.lessEqual(a, b)),
    ),
    greater: feature(
      'np.greater',
      of2(vector, otherVector, (a, b) => t.greater(a, b)),
    ),
    greaterEqual: feature(
      'np.greater_equal',
      of2(vector, otherVector, (a, b) => t.greaterEqual(a, b)),
    ),
    logicalAnd: feature(
      'np.logical_and',
      of2(vector, otherVector, (a, b) => t.logicalAnd(a, b)),
    ),
    logicalOr: feature(
      'np.logical_or',
      of2(vector, otherVector, (a, b) => t.logicalOr(a, b)),
    ),
    logicalXor: feature(
      'np.logical_xor',
      of2(vector, otherVector, (a, b) => t.logicalXor(a, b)),
    ),
    erf: feature(
      'scipy.special.erf',
      of1(vector, (x) => t.erf(x)),
      { jax: 'jax.scipy.special.erf' },
    ),
    erfc: feature(
      'scipy.special.erfc',
      of1(vector, (x) => t.erfc(x)),
      { jax: 'jax.scipy.special.erfc' },
    ),
    sigmoid: feature(
      'scipy.special.expit',
      of1(vector, (x) => t.sigmoid(x)),
      { jax: 'jax.nn.sigmoid' },
    ),
    softplus: feature(
      'np.logaddexp(x, 0)',
      of1(vector, (x) => t.softplus(x)),
      { jax: 'jax.nn.softplus' },
    ),
    relu: feature(
      'np.maximum(x, 0)',
      of1(vector, (x) => t.relu(x)),
      { jax: 'jax.nn.relu', note: '0 at 0' },
    ),
    leakyRelu: feature(
      '',
      of1(vector, (x) => t.leakyRelu(x)),
      { jax: 'jax.nn.leaky_relu' },
    ),
    elu: feature(
      '',
      of1(vector, (x) => t.elu(x)),
      { jax: 'jax.nn.elu' },
    ),
    silu: feature(
      '',
      of1(vector, (x) => t.silu(x)),
      { jax: 'jax.nn.silu' },
    ),
    gelu: feature(
      '',
      of1(vector, (x) => t.gelu(x)),
      { jax: 'jax.nn.gelu(x, False)' },
    ),
    astype: feature(
      'ndarray.astype',
      of1(vector, (x) => t.astype(x, 'float32')),
      { jax: 'Array.astype', condition: 'to floating dtypes' },
    ),
  },
};
