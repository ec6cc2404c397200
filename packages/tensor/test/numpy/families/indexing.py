from inputs import case, near


def python(item):
    if not isinstance(item, dict):
        return 'slice(None)' if item is None else str(item)
    return 'slice({start}, {stop}, {step})'.format(**{'start': None, 'stop': None, 'step': None, **item})


def cases():
    ranges = [
        [0], [-1], [None, 1], [{'start': 1}], [{'stop': -1}], [{'step': 2}], [{'step': -1}], [{'start': 1, 'stop': 1}], [{'start': -2, 'stop': 9}],
        [None, {'step': -2}], [{'start': 2, 'step': -1}, {'start': 1, 'stop': 3}], [{'start': -9, 'stop': -1, 'step': 2}, -2], [0, 0], [],
        [{'start': 5, 'stop': 0, 'step': -2}], [None, {'start': -1, 'stop': -9, 'step': -3}], [{'start': 7}],
    ]
    for name in ['m34', 'm34.T', 'c234.flip', 'b34', 'f34']:
        for items in ranges:
            if name == 'c234.flip' and items == []:
                continue
            code = 'a[({},)]'.format(', '.join(map(python, items))) if items else 'a[()]'
            yield case('slice', code, [name], {'ranges': items})
    for name, axis in [('v5', 0), ('m34', 0), ('m34', -1), ('c234', 1), ('c234.flip', 2), ('m34.T', 1), ('i34', 0), ('b34', 0)]:
        for indices in [[0], [], [1, 1, -1, 0]]:
            yield case('take', f'np.take(a, np.array({indices}, int), axis={axis})', [name], {'indices': indices, 'axis': axis})
        yield case('take', f'np.take(a, b, axis={axis})', [name, 'index22'], {'axis': axis})
    for name, axis, index in [('m34', -1, 'labels'), ('m34', 1, 'index32'), ('i34', 1, 'labels'), ('m34.T', 0, 'labels.T.flip')]:
        yield case('takeAlongAxis', f'np.take_along_axis(a, b, axis={axis})', [name, index], {'axis': axis})
        yield case('gather', f'np.take_along_axis(a, b, axis={axis})', [name, index], {'axis': axis})
    for name, axis in [('m34', 0), ('m34', -1), ('c234', 1), ('c234.flip', 2), ('ties', 0)]:
        yield case('takeAlongAxis', f'np.take_along_axis(a, np.argsort(a, axis={axis}, kind="stable"), axis={axis})', [name], {'axis': axis})
    for name, indices, updates, axis in [('m34', [0, 2, 0], 'm34b', 0), ('v5', [1, -1, 1, 1], 'v4', 0), ('m43', [0, 0, 2, 1], 'm34b.T.flip', 0), ('v5', [0, 0], 's', 0),
                                         ('m34', [3, 3, 1], 'm33', 1), ('i5', [2, 2], 'si', 0), ('v5', [], 's', 0)]:
        yield case('scatterAdd', f'scatter_add(a, {indices or "np.zeros(0, int)"}, b, {axis})', [name, updates], {'indices': indices, 'axis': axis}, near(4, 'largest(a) * 4'))
    for name in ['zeros34', 'b34', 'special', 'e03', 'i34', 'zeros34.T', 'bnone']:
        yield case('nonzero', 'np.nonzero(a)', [name])
    for name, depth, dtype in [('labels', 4, 'float64'), ('labels', 5, 'bool'), ('si', 4, 'float64'), ('labels.T', 4, 'float32'), ('icounts', 4, 'int32')]:
        yield case('oneHot', f'np.eye({depth}, dtype=np.dtype({dtype!r}))[a]', [name], {'n': depth, 'dtype': dtype})
    for name, axis in [('v5', 0), ('m34', -1), ('m34', 0), ('c234', 1), ('c234.flip', 2), ('m34.T', 0), ('ties', -1), ('ties34', 1), ('nans34', 1), ('nans34', 0), ('i34', 1), ('b34', 0),
                       ('f34', 1), ('e03', 1), ('edge', 0), ('zeros34.flip', -1), ('e203', 0)]:
        yield case('sort', f'np.sort(a, axis={axis})', [name], {'axis': axis})
        yield case('argsort', f'np.argsort(a, axis={axis}, kind="stable")', [name], {'axis': axis})
        if not name.startswith(('nans', 'b')) and name != 'edge':
            # Stable in falling order too: the order of the negatives.
            yield case('sort', f'-np.sort(-a, axis={axis})', [name], {'axis': axis, 'descending': True})
            yield case('argsort', f'np.argsort(-a, axis={axis}, kind="stable")', [name], {'axis': axis, 'descending': True})
    for name, k, axis in [('v5', 2, -1), ('m34', 4, 1), ('m34', 1, 0), ('ties', 5, 0), ('ties34.flip', 2, 1), ('c234', 2, 1), ('i34', 3, -1), ('v5', 0, 0), ('f34.T', 2, 1)]:
        yield case('topK', f'top_k(a, {k}, {axis})', [name], {'n': k, 'axis': axis})
