from inputs import case, near

DTYPES = ['float64', 'float32', 'int32', 'bool']


def cases():
    for dtype in DTYPES:
        for shape in [[], [0], [2, 3], [2, 0]]:
            yield case('zeros', f'np.zeros({shape}, np.dtype({dtype!r}))', [], {'shape': shape, 'dtype': dtype})
            yield case('ones', f'np.ones({shape}, np.dtype({dtype!r}))', [], {'shape': shape, 'dtype': dtype})
        yield case('full', f'np.full([3], 7, np.dtype({dtype!r}))', [], {'shape': [3], 'value': 7, 'dtype': dtype})
        for n in [0, 1, 4]:
            yield case('eye', f'np.eye({n}, dtype=np.dtype({dtype!r}))', [], {'n': n, 'dtype': dtype})
    for name in ['m34', 'i34', 'b34', 'f34', 'e03', 's', 'm34.T']:
        yield case('zerosLike', 'np.zeros_like(a)', [name])
        yield case('onesLike', 'np.ones_like(a)', [name])
        yield case('fullLike', 'np.full_like(a, 3)', [name], {'value': 3})
    for bounds in [[0, 5, 1], [2, 7, 1], [5, 2, 1], [7, -1, -2], [0, 1, 0.125], [-1, 2, 0.3], [0, 0, 1], [1, 0, -0.1]]:
        yield case('arange', 'np.arange({}, {}, {}, dtype=float)'.format(*bounds), [], {'bounds': bounds},
                   # NumPy's step is the difference of its first two numbers, rounded.
                   near(8, '2') if bounds[2] in (0.3, -0.1) else None)
    yield case('arange', "np.arange(0, 5, 1, dtype='int32')", [], {'bounds': [0, 5, 1], 'dtype': 'int32'})
    for start, stop, count in [(0, 1, 5), (0, 1, 1), (0, 1, 0), (3, -2, 7), (-1, 1, 2), (2, 2, 3), (0.1, 0.7, 6)]:
        yield case('linspace', f'np.linspace({start}, {stop}, {count})', [], {'bounds': [start, stop], 'count': count},
                   near(2, '4') if stop == 0.7 or start == 3 else None)
    for name in ['m34', 'special', 'i34', 'b34', 'f34', 'fspecial', 'e03', 's', 'm34.flip']:
        for dtype in DTYPES:
            # What a NaN or an infinity becomes as an integer is up to the machine.
            if dtype == 'int32' and 'special' in name:
                continue
            yield case('astype', f'a.astype({dtype!r})', [name], {'dtype': dtype})
