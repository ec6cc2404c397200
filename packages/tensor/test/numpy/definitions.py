"""What NumPy has no function for, defined with NumPy; and SciPy's functions under the names that cases use."""

import itertools

import numpy as np
import scipy.linalg
import scipy.special

expit, erf, erfc, ndtr = scipy.special.expit, scipy.special.erf, scipy.special.erfc, scipy.special.ndtr
logsumexp, softmax, log_softmax = scipy.special.logsumexp, scipy.special.softmax, scipy.special.log_softmax
expm, solve_triangular = scipy.linalg.expm, scipy.linalg.solve_triangular


def weighed(a, weight):
    """a times a weight that vanishes at -inf faster than a grows."""
    return np.where(weight == 0, -weight, a * weight).astype(np.result_type(weight))


def magnitude(a, b):
    """Σ |a|·|b| at its largest: the scale of the rounding of a product of matrices."""
    return np.sum(np.abs(np.asarray(a, float))) * np.max(np.abs(np.asarray(b, float)), initial=0)


def largest(*values):
    return max([float(np.max(np.abs(v), initial=0, where=np.isfinite(v))) for v in values])


def positive_columns(u, v=None):
    """u and its partner, the columns of u turned so that the component of largest magnitude is positive."""
    at = np.argmax(np.abs(u), axis=-2)
    sign = np.sign(np.take_along_axis(u, at[..., None, :], axis=-2))
    return (u * sign, None if v is None else v * np.swapaxes(sign, -1, -2))


def fixed_svd(a):
    u, s, vt = np.linalg.svd(a, full_matrices=False)
    u, vt = positive_columns(u, vt)
    return u, s, vt


def fixed_eigh(a):
    w, v = np.linalg.eigh(a)
    return w, positive_columns(v)[0]


def fixed_qr(a, mode='reduced'):
    """The diagonal of r not negative. In complete mode only the first columns of q are unique."""
    q, r = np.linalg.qr(a, mode)
    k = min(a.shape[-2:])
    sign = np.where(np.diagonal(r, axis1=-2, axis2=-1) < 0, -1.0, 1.0)
    q[..., :, :k] *= sign[..., None, :]
    r[..., :k, :] *= sign[..., :, None]
    return q[..., :, :k], r


def batched(function, a):
    return np.stack([function(m) for m in a])


def top_k(a, k, axis=-1):
    order = np.argsort(-a, axis=axis, kind='stable')
    places = np.take(order, np.arange(k), axis=axis)
    return np.take_along_axis(a, places, axis), places


def scatter_add(a, index, updates, axis=0):
    out = np.moveaxis(a.copy(), axis, 0)
    target = (np.asarray(index),)
    np.add.at(out, target, updates if np.ndim(updates) == 0 else np.moveaxis(updates, axis, 0))
    return np.moveaxis(out, 0, axis)


def ends(padding, size, window, stride, dilation):
    """Zeros before and behind one axis."""
    reach = (window - 1) * dilation + 1
    if padding == 'same':
        total = max(0, (-(-size // stride) - 1) * stride + reach - size)
        return total // 2, total - total // 2
    if padding == 'valid':
        return 0, 0
    return (padding, padding) if isinstance(padding, int) else tuple(padding)


def windows(x, window, stride, padding, dilation, fill):
    """Every window over the trailing axes, with its place: (place, values of shape [N, C, ...window])."""
    n = len(window)
    widths = [ends(padding, x.shape[2 + i], window[i], stride, dilation) for i in range(n)]
    padded = np.pad(x.astype(float), [(0, 0), (0, 0), *widths], constant_values=fill)
    counts = [(padded.shape[2 + i] - (window[i] - 1) * dilation - 1) // stride + 1 for i in range(n)]
    for place in itertools.product(*map(range, counts)):
        cut = tuple(slice(p * stride, p * stride + (w - 1) * dilation + 1, dilation) for p, w in zip(place, window))
        yield counts, place, padded[(slice(None), slice(None), *cut)]


def conv(x, w, stride=1, padding=0, dilation=1, groups=1):
    out, share = None, w.shape[0] // groups
    for counts, place, values in windows(x, w.shape[2:], stride, padding, dilation, 0):
        if out is None:
            out = np.zeros((x.shape[0], w.shape[0], *counts))
        for o in range(w.shape[0]):
            g = o // share
            part = values[:, g * w.shape[1] : (g + 1) * w.shape[1]]
            out[(slice(None), o, *place)] = np.sum(part * w[o], axis=tuple(range(1, part.ndim)))
    return out


def conv_transpose(y, w, stride=1, padding=0, dilation=1, groups=1):
    """Every element of y spreads the kernel over the places that it would have been made of."""
    n, share = w.ndim - 2, w.shape[0] // groups
    full = [(y.shape[2 + i] - 1) * stride + (w.shape[2 + i] - 1) * dilation + 1 for i in range(n)]
    out = np.zeros((y.shape[0], w.shape[1] * groups, *full))
    for o, *at in np.ndindex(w.shape[0], *y.shape[2:]):
        g = o // share
        cut = tuple(slice(p * stride, p * stride + (k - 1) * dilation + 1, dilation) for p, k in zip(at, w.shape[2:]))
        channels = slice(g * w.shape[1], (g + 1) * w.shape[1])
        value = y[(slice(None), o, *at)].reshape((-1,) + (1,) * (n + 1))
        out[(slice(None), channels, *cut)] += value * w[o]
    keep = tuple(slice(padding, size - padding) for size in full)
    return out[(slice(None), slice(None), *keep)]


def pool(x, window, reduce, stride=None, padding=0, dilation=1, fill=0.0):
    out = None
    axes = tuple(range(2, 2 + len(window)))
    for counts, place, values in windows(x, window, stride or window[0], padding, dilation, fill):
        if out is None:
            out = np.zeros((*x.shape[:2], *counts))
        out[(slice(None), slice(None), *place)] = reduce(values, axis=axes)
    return out
