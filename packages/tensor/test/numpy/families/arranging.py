from inputs import case, near


def cases():
    for name, shapes in {
        'm34': [[12], [4, 3], [2, -1, 3], [1, 3, 4, 1], [-1]], 'm34.T': [[12], [2, 6], [-1, 1]], 'c234.flip': [[6, 4], [2, 12], [24]],
        'e03': [[3, 0], [0], [2, 0, 5]], 's': [[], [1], [1, 1]], 'b34': [[6, 2]], 'i34': [[2, 2, 3]], 'c234.even': [[-1, 2], [3, 4]],
    }.items():
        for shape in shapes:
            yield case('reshape', f'np.reshape(a, {shape})', [name], {'shape': shape})
    for name in ['m34', 'm34.T', 'c234.flip', 's', 'e03', 'b34', 'f34', 'v5.even', 'c234.T.even']:
        yield case('ravel', 'np.ravel(a)', [name])
        yield case('flatten', 'a.flatten()', [name])
        yield case('contiguous', 'np.ascontiguousarray(a).reshape(a.shape)', [name])
        yield case('transpose', 'np.transpose(a)', [name])
    for name, orders in {'c234': [[0, 1, 2], [2, 0, 1], [1, 2, 0], [-1, 0, 1]], 'm34': [[1, 0]], 'd2312': [[3, 1, 0, 2]], 's': [[]]}.items():
        for order in orders:
            yield case('transpose', f'np.transpose(a, {order})', [name], {'order': order})
    for name in ['m34', 'c234', 'c234.flip', 'd2312', 'e03']:
        yield case('matrixTranspose', 'np.swapaxes(a, -1, -2)', [name])
    for name, source, target in [('c234', 0, 2), ('c234', -1, 0), ('c234', [0, 1], [-1, -2]), ('d2312', [0, 3], [2, 1]), ('m34', 1, 1)]:
        yield case('moveAxis', f'np.moveaxis(a, {source}, {target})', [name], {'source': source, 'target': target})
    for name, x, y in [('c234', 0, 2), ('c234', -1, 1), ('m34', 0, 0), ('d2312.flip', 1, -1)]:
        yield case('swapAxes', f'np.swapaxes(a, {x}, {y})', [name], {'order': [x, y]})
    for name, axes in [('m34', 0), ('m34', -1), ('m34', [0, 3]), ('m34', [1, 2]), ('s', 0), ('s', [0, 1]), ('e03', -2), ('m34', [-1, 0])]:
        code = tuple(axes) if isinstance(axes, list) else axes
        yield case('expandDims', f'np.expand_dims(a, {code})', [name], {'axes': axes})
    for name, axes in [('d2312', None), ('d2312', 2), ('d2312', -2), ('c131', None), ('c131', [0, 2]), ('c131', [0]), ('m34', None), ('v1', 0), ('s', None)]:
        code = tuple(axes) if isinstance(axes, list) else axes
        yield case('squeeze', f'np.squeeze(a, axis={code})', [name], {} if axes is None else {'axes': axes})
    for name, shape in [('m34', [2, 3, 4]), ('m31', [3, 4]), ('s', [2, 2]), ('s', []), ('v4', [0, 4]), ('c131', [2, 3, 4]), ('e', [3, 0]), ('v1', [0])]:
        yield case('broadcastTo', f'np.broadcast_to(a, {shape})', [name], {'shape': shape})
    for names in [['m31', 'm14'], ['s', 'm34', 'c234'], ['v4'], ['e203', 'v1']]:
        yield case('broadcastArrays', 'np.broadcast_arrays({})'.format(', '.join('abcd'[: len(names)])), names)
    for names in [['v3', 'v4'], ['v3'], ['v3', 'v4', 'v5.even'], ['e', 'v3'], ['i5', 'v3']]:
        for indexing in ['xy', 'ij']:
            code = 'np.meshgrid({}, indexing={!r})'.format(', '.join('abcd'[: len(names)]), indexing)
            yield case('meshgrid', code, names, {'indexing': indexing})
    for names, axis in [(['m34', 'm34b'], 0), (['m34', 'm34b'], -1), (['m34', 'm31'], 1), (['m34.T', 'm43'], 0),
                        (['i34', 'm34'], 0), (['b34', 'i34'], 0), (['b34', 'b34b'], 1), (['f34', 'm34'], 0), (['c234', 'c234.flip', 'c234'], 1),
                        (['v3', 'e', 'v5'], 0), (['i34', 'f34'], 0), (['b5'], 0)]:
        yield case('concat', 'np.concatenate([{}], axis={})'.format(', '.join('abcd'[: len(names)]), axis), names, {'axis': axis})
    for names, axis in [(['m34', 'm34b'], 0), (['m34', 'm34b'], -1), (['m34', 'm34.flip', 'm34b'], 1), (['s', 'sneg'], 0), (['i34', 'f34'], 0), (['b34', 'b34b'], 2), (['e', 'e'], 1)]:
        yield case('stack', 'np.stack([{}], axis={})'.format(', '.join('abcd'[: len(names)]), axis), names, {'axis': axis})
    for name, sections, axis in [('v6', 3, 0), ('m34', 2, 1), ('m34', 2, -1), ('v6', [2, 5], 0), ('v6', [0, 2, 2, 9], 0), ('m34.T', [1], 0), ('v6', [-2], 0), ('c234', 3, 1), ('e03', 3, 1)]:
        yield case('split', f'np.split(a, {sections}, axis={axis})', [name], {'sections': sections, 'axis': axis})
    for name, axis in [('m34', 0), ('m34', -1), ('c234.flip', 1), ('v3', 0)]:
        yield case('unstack', f'[np.take(a, i, axis={axis}) for i in range(a.shape[{axis}])]', [name], {'axis': axis})
    for name, axes in [('m34', None), ('m34', 0), ('m34', -1), ('c234.T', [0, -1]), ('v5.even', 0), ('s', None), ('e03', 1), ('b34', 1)]:
        code = tuple(axes) if isinstance(axes, list) else axes
        yield case('flip', f'np.flip(a, {code})', [name], {} if axes is None else {'axes': axes})
    for name, shift, axes in [('v5', 2, 0), ('v5', -1, 0), ('v5', 12, -1), ('m34', 1, 0), ('m34', [1, -1], [0, 1]), ('c234.flip', 3, 2), ('m34', 1, [0, 1]), ('e03', 1, 1), ('i5', 0, 0)]:
        code = tuple(axes) if isinstance(axes, list) else axes
        yield case('roll', f'np.roll(a, {tuple(shift) if isinstance(shift, list) else shift}, axis={code})', [name], {'shift': shift, 'axes': axes})
    for name, counts in [('v3', 2), ('v3', [2, 1]), ('m34', [2, 3]), ('m34', 2), ('s', 3), ('s', [2, 2]), ('v3', 0), ('m34.T', [1, 2]), ('c234', [2]), ('b5', [1, 2]), ('m34', [2, 1, 1])]:
        yield case('tile', f'np.tile(a, {counts})', [name], {'counts': counts})
    for name, count, axis in [('v3', 2, 0), ('m34', 2, 0), ('m34', 3, -1), ('m34', [1, 0, 2], 0), ('m34.T', [2, 1, 0], 1), ('v3', 0, 0), ('i5', [0, 1, 2, 3, 4], 0), ('c234.flip', [1, 2], 0)]:
        yield case('repeat', f'np.repeat(a, {count}, axis={axis})', [name], {'counts': count, 'axis': axis})
    for name, widths in [('v5', 2), ('m34', [1, 2]), ('m34', [[1, 0], [2, 3]]), ('v3', [7, 8]), ('m34.T', 1), ('v1', [2, 1])]:
        for mode in ['constant', 'edge', 'reflect', 'symmetric', 'wrap']:
            # Until NumPy 2 'wrap' was wrong by more than one turn, and a lone element was not mirrored.
            if mode == 'wrap' and name in ('v3', 'v1'):
                continue
            yield case('pad', f'np.pad(a, {widths}, mode={mode!r})', [name], {'widths': widths, 'mode': mode})
    for name, value in [('m34', -1.5), ('i34', 7), ('b34', 1), ('e03', 2), ('f34', 0.5)]:
        yield case('pad', f'np.pad(a, 1, constant_values={value})', [name], {'widths': 1, 'mode': 'constant', 'value': value})
    for name in ['v3', 'm34', 'm34.T', 'i5', 'e', 'b34']:
        for offset in [0, 1, -2, 4]:
            yield case('diag', f'np.diag(a, {offset})', [name], {'offset': offset})
            if name in ('v3', 'm34.T', 'e'):
                yield case('diagflat', f'np.diagflat(a, {offset})', [name], {'offset': offset})
    yield case('diagflat', 'np.diagflat(a)', ['s'], {'offset': 0})
    for name, offset, axes in [('m34', 0, [0, 1]), ('m34', 1, [1, 0]), ('c234', 0, [0, 1]), ('c234', -1, [1, 2]), ('c234.flip', 1, [2, 0]), ('d2312', 0, [-1, 0]), ('e03', 0, [0, 1]), ('m34', 9, [0, 1])]:
        yield case('diagonal', f'np.diagonal(a, {offset}, {axes[0]}, {axes[1]})', [name], {'offset': offset, 'axes': axes})
    for call in ['tril', 'triu']:
        for name in ['m34', 'm34.T', 'c234', 'i34', 'b34', 'e03', 'nans34']:
            for k in [0, 1, -2]:
                yield case(call, f'np.{call}(a, {k})', [name], {'n': k})
    for name, n, axis in [('v5', 1, -1), ('m34', 1, 0), ('m34', 2, -1), ('c234.flip', 1, 1), ('i34', 1, 1), ('v3', 5, 0), ('v5', 0, 0), ('f34', 1, 0), ('special', 1, 0), ('e03', 1, 1)]:
        yield case('diff', f'np.diff(a, n={n}, axis={axis})', [name], {'n': n, 'axis': axis}, near(4, 'largest(a)') if n > 1 else None)
