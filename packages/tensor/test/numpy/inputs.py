"""The arrays that cases name, and the views of them: `m34` itself, `m34.T` transposed, `m34.flip` with every axis reversed,
`m34.even` every second element along the last axis. Values are eighths, so they are the same doubles and floats everywhere."""

import numpy as np

nan, inf = np.nan, np.inf


def scatter(shape, seed, dtype=np.float64, low=-32, high=32):
    """Whole numbers in [low, high) without a pattern, divided by 8 when floating: from a linear congruential generator."""
    state, values = seed * 2654435761 % 2**32, []
    for _ in range(int(np.prod(shape))):
        state = (1664525 * state + 1013904223) % 2**32
        values.append(low + (state >> 8) % (high - low))
    values = np.array(values, dtype=np.float64).reshape(shape)
    return values.astype(dtype) if np.issubdtype(dtype, np.integer) else (values / 8).astype(dtype)


def well(n, seed):
    """A matrix that is far from singular."""
    return scatter((n, n), seed, low=-8, high=8) + 4 * np.eye(n)


arrays = {
    's': np.float64(2.5),
    'sneg': np.float64(-0.75),
    'si': np.int32(3),
    'e': np.zeros(0),
    'e03': np.zeros((0, 3)),
    'e30': np.zeros((3, 0)),
    'e203': np.zeros((2, 0, 3)),
    'v1': np.array([1.5]),
    'v3': scatter((3,), 31),
    'v4': scatter((4,), 1),
    'v4b': scatter((4,), 9),
    'v5': scatter((5,), 2),
    'v6': scatter((6,), 35),
    'm34': scatter((3, 4), 3),
    'm34b': scatter((3, 4), 4),
    'm43': scatter((4, 3), 5),
    'm31': scatter((3, 1), 6),
    'm14': scatter((1, 4), 7),
    'm33': scatter((3, 3), 8),
    'c234': scatter((2, 3, 4), 10),
    'c243': scatter((2, 4, 3), 11),
    'c131': scatter((1, 3, 1), 12),
    'd2312': scatter((2, 3, 1, 2), 13),
    'p5': scatter((5,), 14, low=1, high=40),
    'p34': scatter((3, 4), 15, low=1, high=40),
    'u5': np.array([-0.875, -0.25, 0.125, 0.5, 0.9375]),
    'u34': scatter((3, 4), 16, low=-7, high=8),
    'special': np.array([1.0, -0.0, 0.0, nan, inf, -inf, -1.5, 2.5, 0.5, -0.5]),
    'special2': np.array([nan, 1.0, -2.0, 3.0, -inf, -inf, 2.0, -0.5, 0.5, inf]),
    'nans34': np.array([[1, nan, 3, -1], [nan, nan, nan, nan], [2, -inf, inf, 0.5]]),
    'infs': np.array([-inf, 0.5, -inf, 1.0]),
    'neginfs': np.array([-inf, -inf, -inf]),
    'large': np.array([700.0, 709.5, 708.0, -745.0, 710.5]),
    'tiny': np.array([1e-300, -1e-17, 3e-9, 5e-324, 0.125]),
    'ties': np.array([2.0, 1.0, 2.0, 3.0, 1.0, 3.0, 3.0, -1.0]),
    'ties34': np.array([[2.0, 2.0, 1.0, 1.0], [0.5, 3.0, 3.0, 0.5], [1.0, 1.0, 1.0, 1.0]]),
    'zeros34': np.array([[0.0, 2.0, 0.0, -1.0], [3.0, 0.0, 0.0, 0.5], [0.0, 0.0, 0.0, 0.0]]),
    'i5': np.array([3, -1, 4, -1, 5], np.int32),
    'i34': scatter((3, 4), 17, np.int32, -9, 10),
    'i34b': scatter((3, 4), 18, np.int32, 1, 9),
    'icounts': np.array([0, 1, 2, 3, 2], np.int32),
    'edge': np.array([2**31 - 1, -(2**31), 2**31 - 1, 65536, -7], np.int32),
    'edge2': np.array([1, -1, 2**31 - 1, 65536, 3], np.int32),
    'b5': np.array([True, False, False, True, True]),
    'b34': scatter((3, 4), 19, np.int32, 0, 2).astype(bool),
    'b34b': scatter((3, 4), 20, np.int32, 0, 2).astype(bool),
    'bnone': np.zeros((2, 3), bool),
    'f5': np.array([0.1, -2.3, 1e-3, 7.5, 3.3], np.float32),
    'f34': scatter((3, 4), 21, np.float32),
    'f34b': scatter((3, 4), 22, np.float32),
    'f43': scatter((4, 3), 23, np.float32),
    'fspecial': np.array([0.1, -0.0, nan, inf, -inf, 1e-45], np.float32),
    'index': np.array([2, 0, -1, 0], np.int32),
    'index22': np.array([[1, -2], [0, 1]], np.int32),
    'index32': np.array([[3, 0], [-1, 1], [2, 2]], np.int32),
    'labels': np.array([[0, 2], [1, 1], [3, 0]], np.int32),
    'w2': scatter((1, 2, 9), 24),
    'k1': scatter((3, 2, 3), 25),
    'k1g': scatter((4, 1, 2), 26),
    'image': scatter((2, 2, 5, 6), 27),
    'k2': scatter((3, 2, 2, 3), 28),
    'k2g': scatter((4, 1, 2, 2), 29),
    'low1': scatter((1, 3, 4), 32),
    'low2': scatter((2, 3, 3, 2), 30),
    'sq1': np.array([[-2.5]]),
    'sq2': np.array([[2.0, 1.0], [-1.0, 0.5]]),
    'sq3': well(3, 40),
    'sq4': well(4, 41),
    'sq233': np.stack([well(3, 42), well(3, 43)]),
    'sqf3': well(3, 44).astype(np.float32),
    'sqi3': np.array([[2, 1, 0], [1, 3, -1], [0, -1, 4]], np.int32),
    'singular3': np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [1.0, 0.0, 1.0]]),
    'low3': np.tril(well(3, 45)),
    'deficient43': scatter((4, 2), 46) @ scatter((2, 3), 47),
    'diag3': np.diag([3.0, -2.0, 0.5]),
    'tall53': scatter((5, 3), 48),
    'wide35': scatter((3, 5), 49),
    'tallf53': scatter((5, 3), 50, np.float32),
    'v53': scatter((5, 2), 51),
    'sq0': np.zeros((0, 0)),
}
for name in ['sq3', 'sq4', 'sq233', 'sqf3']:
    matrix = arrays[name]
    arrays[name + 'spd'] = matrix @ np.swapaxes(matrix, -1, -2)
    arrays[name + 'sym'] = matrix + np.swapaxes(matrix, -1, -2)


def read(name):
    """The array, or view of one, that a case names."""
    base, *views = name.split('.')
    value = np.asarray(arrays[base])
    for view in views:
        if view == 'T':
            value = value.T
        elif view == 'flip':
            value = np.flip(value)
        elif view == 'even':
            value = value[..., ::2]
        else:
            raise ValueError(name)
    return value


def case(call, numpy, inputs, params=None, tolerance=None):
    """One call: our name, NumPy's code on a, b, c, d, the names of these, our options. Without a tolerance every bit counts."""
    return {'call': call, 'numpy': numpy, 'inputs': list(inputs), 'params': params or {}, 'tolerance': tolerance}


def near(factor, scale=None):
    """Within factor·eps·scale, the scale being Python for a number; without one, each element by its own magnitude."""
    return {'factor': factor, 'scale': scale}
