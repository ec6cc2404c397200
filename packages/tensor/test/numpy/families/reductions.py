from inputs import case, near

ALL = [(None, False), (None, True)]
MATRIX = [*ALL, (0, False), (-1, True), ([0, 1], False)]
CUBE = [*ALL, (1, False), (-3, True), ([0, 2], False), ([-1, 0], True)]
PLACES = {'m34': MATRIX, 'm34.T': MATRIX[2:3], 'c234': CUBE[1:], 'c234.flip': CUBE[3:5], 'v5.even': ALL[:1], 's': ALL[:1], 'nans34': MATRIX[2:4],
          'f34': MATRIX[2:4], 'i34': MATRIX[:3], 'b34': MATRIX[1:4], 'zeros34': MATRIX[2:4], 'ties34': MATRIX[2:3]}
EMPTY = {'e': ALL[:1], 'e03': MATRIX[2:4], 'e203': CUBE[2:3]}


def options(axes, keep):
    out = {} if axes is None else {'axes': axes}
    return {**out, 'keepDims': True} if keep else out


def python(axes):
    return tuple(axes) if isinstance(axes, list) else axes


def reduction(call, code, names, tolerance=None, places=None):
    for name in names:
        for axes, keep in (places or {**PLACES, **EMPTY})[name]:
            exact = name.split('.')[0] in ('i34', 'b34', 'bnone') and call in ('sum', 'prod')
            yield case(call, code.format(axes=python(axes), keep=keep), [name], options(axes, keep), None if exact else tolerance)


def cases():
    where = 'axis={axes}, keepdims={keep}'
    total = near(4, 'np.nansum(np.abs(a[np.isfinite(a)]))')
    every = [*PLACES, *EMPTY]
    yield from reduction('sum', f'np.sum(a, {where})', every, total)
    yield from reduction('prod', f'np.prod(a, {where})', [n for n in every if n != 'i34'], near(32))
    yield from reduction('prod', f'np.prod(a, {where})', ['i34b'], None, {'i34b': MATRIX[2:4]})
    yield from reduction('mean', f'np.mean(a, {where})', every, near(4, 'np.mean(np.abs(a[np.isfinite(a)])) if a.size else 0'))
    for call in ['max', 'min']:
        yield from reduction(call, f'np.{call}(a, {where})', list(PLACES))
    for call in ['any', 'all']:
        yield from reduction(call, f'np.{call}(a, {where})', every)
    yield from reduction('countNonzero', f'np.count_nonzero(a, {where})', every)
    spread = near(16, 'np.max(np.abs(a), initial=0)**2')
    numeric = ['m34', 'm34.T', 'c234', 'c234.flip', 'v5.even', 's', 'f34', 'i34', 'e']
    yield from reduction('variance', f'np.var(a, {where})', numeric, spread)
    yield from reduction('std', f'np.std(a, {where})', numeric, near(16, 'np.max(np.abs(a), initial=0)'))
    for call, code in [('variance', 'np.var'), ('std', 'np.std')]:
        for name, axis in [('m34', 0), ('c234', -1), ('v1', 0)]:
            yield case(call, f'{code}(a, axis={axis}, ddof=1)', [name], {'axes': axis, 'correction': 1}, spread)
    yield from reduction('logsumexp', f'logsumexp(a, {where})', ['m34', 'm34.T', 'c234', 'c234.flip', 's', 'f34', 'i34', 'nans34'], near(8, 'largest(a) + 1'))
    for name in ['infs', 'neginfs', 'large']:
        yield case('logsumexp', 'logsumexp(a)', [name], None, near(8, 'largest(a) + 1'))
    for axis in [0, -1]:
        for name in ['m34', 'c234.T', 'f34', 'i34', 'nans34']:
            # Beside an infinity finite elements weigh 0 here, by IEEE 754, and nothing in SciPy.
            if name == 'nans34' and axis == -1:
                continue
            yield case('softmax', f'softmax(a, axis={axis})', [name], {'axis': axis}, near(16, '1'))
            if name != 'nans34':
                yield case('logSoftmax', f'log_softmax(a, axis={axis})', [name], {'axis': axis}, near(16, 'largest(a) + 1'))
        for name in ['infs', 'large']:
            yield case('softmax', f'softmax(a, axis={axis})', [name], {'axis': axis}, near(16, '1'))
    for call, function in [('argmax', 'np.argmax'), ('argmin', 'np.argmin')]:
        for name, axis in [('m34', -1), ('m34', 0), ('m34.T', -1), ('c234', 1), ('c234.flip', -3), ('ties', 0), ('ties34', -1), ('ties34.flip', 1),
                           ('nans34', 0), ('special', 0), ('i34', 1), ('b34', 0), ('f34', -2)]:
            yield case(call, f'{function}(a, axis={axis})', [name], {'axis': axis})
            yield case(call, f'{function}(a, axis={axis}, keepdims=True)', [name], {'axis': axis, 'keepDims': True})
    for call, function in [('cumsum', 'np.cumsum'), ('cumprod', 'np.cumprod')]:
        for name, axis in [('m34', -1), ('m34', 0), ('m34.T', 1), ('c234', 1), ('c234.flip', -3), ('v5.even', 0), ('nans34', 1), ('e03', 0), ('i34', 0), ('b34', -1),
                           ('zeros34', -1), ('f34', 0), ('special', 0)]:
            exact = name in ('i34', 'b34') or call == 'cumsum' and name != 'f34'
            yield case(call, f'{function}(a, axis={axis})', [name], {'axis': axis}, None if exact else near(16))
    order = near(4, 'largest(a)')
    names = ['m34', 'm34.T', 'c234', 'c234.flip', 'v5.even', 's', 'i34', 'f34', 'nans34', 'ties34']
    yield from reduction('median', f'np.median(a, {where})', names, order)
    for q in [0, 0.25, 0.3, 1, [0.5, 0.9]]:
        for name, axes in [('m34', 0), ('c234', [0, 2]), ('ties', None), ('i34', -1), ('f34', 1), ('nans34', 1), ('v1', 0)]:
            # q has no dtype of its own, in NumPy since 2 only.
            code = f'np.quantile(a, {q}, axis={python(axes)})' + ('.astype(a.dtype)' if name == 'f34' else '')
            yield case('quantile', code, [name], {**options(axes, False), 'q': q}, order)
    for q in [0, 37.5, [10, 90]]:
        for name, axes in [('m34', 0), ('c234', -1), ('ties', None)]:
            yield case('percentile', f'np.percentile(a, {q}, axis={axes}, keepdims=True)', [name], {**options(axes, True), 'q': q}, order)
    for name in ['m34', 'c234', 'c234.T', 'i34', 'e03', 'b34']:
        for offset in [0, 1, -2, 5]:
            yield case('trace', f'np.trace(a, {offset})', [name], {'offset': offset}, near(4, 'largest(a) * 4'))
    yield case('trace', 'np.trace(a, 0, -1, 0)', ['c234'], {'axes': [-1, 0]}, near(4, 'largest(a) * 4'))
