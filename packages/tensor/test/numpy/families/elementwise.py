from inputs import case, near

EXACT = {
    'neg': 'np.negative(a)',
    'abs': 'np.abs(a)',
    'ceil': 'np.ceil(a)',
    'floor': 'np.floor(a)',
    'sign': 'np.sign(a)',
    'square': 'np.square(a)',
    'relu': 'np.maximum(a, 0)',
    'round': 'np.round(a)',
    'trunc': 'np.trunc(a)',
    'isNaN': 'np.isnan(a)',
    'isFinite': 'np.isfinite(a)',
    'isInf': 'np.isinf(a)',
    'logicalNot': 'np.logical_not(a)',
}
# Correctly rounded by IEEE 754, but not defined on integers as integers.
ROUNDED = {'sqrt': 'np.sqrt(a)', 'reciprocal': 'np.true_divide(1, a)'}
# Both sides within two units of the truth.
CLOSE = {
    'exp': 'np.exp(a)',
    'expm1': 'np.expm1(a)',
    'log': 'np.log(a)',
    'log1p': 'np.log1p(a)',
    'sin': 'np.sin(a)',
    'cos': 'np.cos(a)',
    'tanh': 'np.tanh(a)',
    'sigmoid': 'expit(a)',
    'softplus': 'np.logaddexp(a, 0)',
    'silu': 'weighed(a, expit(a))',
    'gelu': 'weighed(a, ndtr(a))',
    'exp2': 'np.exp2(a)',
    'log2': 'np.log2(a)',
    'log10': 'np.log10(a)',
    'sinh': 'np.sinh(a)',
    'cosh': 'np.cosh(a)',
    'tan': 'np.tan(a)',
    'atan': 'np.arctan(a)',
    'asin': 'np.arcsin(a)',
    'acos': 'np.arccos(a)',
    'asinh': 'np.arcsinh(a)',
    'acosh': 'np.arccosh(a)',
    'atanh': 'np.arctanh(a)',
    'cbrt': 'np.cbrt(a)',
    'erf': 'erf(a)',
    'erfc': 'erfc(a)',
}
FACTORS = {'sigmoid': 8, 'softplus': 8, 'silu': 8, 'gelu': 16, 'erfc': 16}
POSITIVE = {'log', 'log1p', 'sqrt', 'log2', 'log10', 'acosh'}
UNIT = {'asin', 'acos', 'atanh'}

ARITHMETIC = {
    'add': 'np.add(a, b)',
    'sub': 'np.subtract(a, b)',
    'mul': 'np.multiply(a, b)',
    'maximum': 'np.maximum(a, b)',
    'minimum': 'np.minimum(a, b)',
}
LOGICAL = {
    'logicalAnd': 'np.logical_and(a, b)',
    'logicalOr': 'np.logical_or(a, b)',
    'logicalXor': 'np.logical_xor(a, b)',
}
REMAINDERS = {'mod': 'np.mod(a, b)', 'fmod': 'np.fmod(a, b)', 'floorDivide': 'np.floor_divide(a, b)'}
COMPARISONS = {
    'equal': 'np.equal(a, b)',
    'notEqual': 'np.not_equal(a, b)',
    'less': 'np.less(a, b)',
    'lessEqual': 'np.less_equal(a, b)',
    'greater': 'np.greater(a, b)',
    'greaterEqual': 'np.greater_equal(a, b)',
}

PAIRS = [
    ('m34', 'm34b'), ('m34', 'v4'), ('m31', 'm14'), ('c234', 'm34'), ('s', 'm34'), ('m34.T', 'm43'),
    ('m34.flip', 'm34b'), ('e03', 'v1'), ('e203', 'v1'), ('special', 'special2'),
    ('special2', 'special'), ('ties', 'ties.flip'), ('f34', 'f34b'), ('f34', 'm34'), ('i34', 'i34b'), ('i34', 'm34'), ('s', 'sneg'),
]


def cases():
    for call, code in {**EXACT, **ROUNDED, **CLOSE}.items():
        tolerance = near(FACTORS.get(call, 4)) if call in CLOSE else None
        names = ['p34' if call in POSITIVE else 'm34', 'special', 's', 'e03', 'c131.T', 'v5.flip', 'i5', 'f34', 'fspecial', 'tiny']
        if call in POSITIVE:
            names[4], names[5] = 'p34.T', 'p5.flip'
        if call in UNIT:
            names[0], names[4], names[5] = 'u34', 'u34.T', 'u5.flip'
        if call in EXACT:
            names += ['i34', 'edge']
        for name in names:
            # Whole numbers stay integers, in NumPy since 2.1 only.
            whole = call in ('ceil', 'floor', 'trunc') and name in ('i5', 'i34', 'edge')
            yield case(call, f'{code}.astype(a.dtype)' if whole else code, [name], None, tolerance)
    for call in ['exp', 'expm1', 'tanh', 'sigmoid', 'softplus']:
        yield case(call, CLOSE[call], ['large'], None, near(8))
    for call, code in {**ARITHMETIC, **COMPARISONS}.items():
        for x, y in PAIRS:
            yield case(call, code, [x, y])
    for call in ARITHMETIC:
        yield case(call, ARITHMETIC[call], ['edge', 'edge2'])
        yield case(call, ARITHMETIC[call], ['b34', 'i34'])
        yield case(call, ARITHMETIC[call], ['b34', 'f34'])
        yield case(call, ARITHMETIC[call], ['i34', 'f34'])
    for call in ['maximum', 'minimum', 'equal', 'less']:
        yield case(call, {**ARITHMETIC, **COMPARISONS}[call], ['b34', 'b34b'])
    # Truth values are counted here, where NumPy takes their disjunction and conjunction.
    for call, code in [('add', 'np.add(a, b, dtype=np.int32)'), ('mul', 'np.multiply(a, b, dtype=np.int32)')]:
        yield case(call, code, ['b34', 'b34b'])
    for x, y in [*PAIRS, ('b34', 'b34b'), ('edge', 'edge2'), ('i5', 'icounts'), ('i34', 'f34')]:
        yield case('div', 'np.true_divide(a, b)', [x, y])
    for x, y in [('p34', 'm34'), ('p34', 'v4'), ('special', 'special2'), ('special2', 'special'), ('s', 'm34'), ('m34', 'si'),
                 ('i34', 'i34b'), ('edge2', 'icounts'), ('p34', 'f34'), ('i5', 'p5'), ('e03', 's')]:
        yield case('power', 'np.power(a, b)', [x, y], None, None if x in ('i34', 'edge2') else near(4))
    for x, y in [('b34', 'b34b'), ('zeros34', 'm31'), ('special', 'special2'), ('b34', 'zeros34'), ('i5', 'icounts'), ('c234', 's'), ('e03', 's'), ('zeros34.T', 'm43')]:
        for call, code in LOGICAL.items():
            yield case(call, code, [x, y])
    for x, y in [('m34', 'm34b'), ('m34', 'v4'), ('m34', 's'), ('m34', 'sneg'), ('special', 'special2'), ('special2', 'special'), ('i34', 'i34b'), ('i5', 'icounts'), ('edge', 'edge2'),
                 ('edge2', 'edge'), ('f34', 'f34b'), ('b34', 'i34b'), ('e03', 's'), ('i34', 'm34'), ('m34.T', 'm43.flip'), ('zeros34', 'sneg')]:
        for call, code in REMAINDERS.items():
            yield case(call, code, [x, y])
    for x, y in [('m34', 'm34b'), ('m31', 'm14'), ('special', 'special2'), ('i34', 'i34b'), ('f34', 'f34b'), ('m34.T', 'm43.flip'), ('zeros34', 'm34'), ('e03', 's')]:
        yield case('hypot', 'np.hypot(a, b)', [x, y], None, near(4))
        yield case('atan2', 'np.arctan2(a, b)', [x, y], None, near(4))
    for name in ['m34', 'special', 'c234.flip', 'f34', 's', 'e03', 'i34']:
        for slope in [0.01, 0.25]:
            yield case('leakyRelu', f'np.where(a >= 0, a, {slope} * a)', [name], {'value': slope}, near(2))
        for alpha in [1, 1.5]:
            yield case('elu', f'np.where(a > 0, a, {alpha} * np.expm1(a))', [name], {'value': alpha}, near(6))
    for names in [['m34', 'sneg', 's'], ['m34', 'm31', 'v4'], ['special', 'sneg', 's'], ['i34', 'si', 'si'], ['c234', 'm34', 's'],
                  ['f34', 'f34', 'f34b'], ['m34', 's', 'sneg'], ['m34.flip', 'm34', 'm34b']]:
        yield case('clip', 'np.clip(a, b, c)', names)
    for names in [['b34', 'm34', 'm34b'], ['b34', 's', 'v4'], ['b34', 'm31', 'i34'], ['b34.T', 'm43', 's'], ['b5', 'i5', 'edge'],
                  ['b34', 'f34', 'f34b'], ['b34', 'b34b', 'b34'], ['b34.flip', 'nans34', 'zeros34'], ['b34', 'i34', 'f34'], ['b34', 'c234', 's']]:
        yield case('where', 'np.where(a, b, c)', names)
