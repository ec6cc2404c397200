from inputs import case, near

SQUARE = ['sq1', 'sq2', 'sq3', 'sq3.T', 'sq4', 'sq233', 'sqf3', 'sqi3']
RECTANGULAR = ['tall53', 'wide35', 'tall53.T', 'sq3', 'sq233', 'tallf53', 'm34.flip', 'c234']
# Small and well-conditioned: errors of a few hundred roundings of the largest number around bound both libraries with room.
size = near(256, 'largest(a) + 1')
power = near(256, 'largest(a)**a.shape[-1] + 1')
unit = near(1024, '1')


def each(call, code, names, params=None, tolerance=size):
    for name in names:
        yield case(call, code, [name], params, tolerance)


def cases():
    yield from each('det', 'np.linalg.det(a)', [*SQUARE, 'diag3', 'sq0'], None, power)
    yield from each('slogdet', 'np.linalg.slogdet(a)', [*SQUARE, 'diag3', 'sq0'])
    yield from each('inv', 'np.linalg.inv(a)', [*SQUARE, 'diag3'], None, unit)
    yield from each('cholesky', 'np.linalg.cholesky(a)', ['sq3spd', 'sq4spd', 'sq233spd', 'sqf3spd', 'sq0'])
    yield from each('eigh', 'fixed_eigh(a)', ['sq3sym', 'sq4sym', 'sq233sym', 'sqf3sym', 'sq4spd', 'diag3'], None, near(1024, 'largest(a)'))
    yield from each('eigvalsh', 'np.linalg.eigvalsh(a)', ['sq3sym', 'sq4sym', 'sq233sym', 'sqf3sym', 'diag3', 'sq1', 'sq0'])
    yield from each('qr', 'fixed_qr(a)', ['tall53', 'wide35', 'sq3', 'sq4.T', 'tallf53', 'm34.flip'])
    yield from each('qr', 'tuple(np.stack(x) for x in zip(*map(fixed_qr, a)))', ['sq233', 'c234'])
    yield from each('qr', "(fixed_qr(a, 'complete')[1],)", ['tall53'], {'mode': 'complete'})
    yield from each('svd', 'fixed_svd(a)', RECTANGULAR, None, near(1024, 'largest(a)'))
    yield from each('svdvals', 'np.linalg.svd(a, compute_uv=False)', [*RECTANGULAR, 'deficient43', 'singular3', 'e03'])
    yield from each('pinv', 'np.linalg.pinv(a)', [*RECTANGULAR[:7], 'deficient43', 'singular3'], None, unit)
    yield from each('matrixRank', 'np.linalg.matrix_rank(a)', [*RECTANGULAR, 'deficient43', 'singular3', 'v5', 'zeros34'], None, None)
    for ranking in [0.5, 3]:
        yield from each('matrixRank', f'np.linalg.matrix_rank(a, tol={ranking})', ['tall53', 'sq233'], {'tol': ranking}, None)
    for p in [2, -2, 1, -1, 'inf', '-inf', 'fro', 'nuc']:
        code = {'inf': 'np.inf', '-inf': '-np.inf'}.get(p, repr(p))
        yield from each('cond', f'np.linalg.cond(a, {code})', ['sq3', 'sq233', 'diag3'], {'p': p}, unit)
    yield from each('cond', 'np.linalg.cond(a)', ['tall53', 'wide35'], None, unit)
    for n in [-2, -1, 0, 1, 2, 3, 5]:
        yield from each('matrixPower', f'np.linalg.matrix_power(a, {n})', ['sq2', 'sq3', 'sq233'], {'n': n}, near(256, f'(3 * largest(a))**max({n}, 1) + 1'))
    yield from each('expm', 'expm(a)', ['sq1', 'sq2', 'sq3', 'sq3.T', 'diag3'], None, near(1024, 'np.exp(np.linalg.norm(a, 2)) * (1 + np.linalg.norm(a, 2))'))
    yield from each('expm', 'np.stack([expm(m) for m in a])', ['sq233'], None, near(1024, 'np.exp(20)'))
    for ord in [None, 2, 1, 3, 0.5, 0, -1, 'inf', '-inf']:
        code = {'inf': 'np.inf', '-inf': '-np.inf'}.get(ord, repr(ord))
        params = {} if ord is None else {'ord': ord}
        sized = near(64, 'np.sum(np.abs(a)) * 4 + 1')
        for name in ['v5', 'v5.even', 'f5', 'i5']:
            if name in ('f5', 'i5') and ord not in (None, 2, 1, 'inf'):
                continue
            yield case('norm', f'np.linalg.norm(a, {code})', [name], params, sized if ord != 0.5 else near(64, 'np.sum(np.abs(a)) * 8'))
        for name, axis, keep in [('m34', 0, False), ('c234', -1, True), ('c234.flip', 1, False)]:
            yield case('norm', f'np.linalg.norm(a, {code}, axis={axis}, keepdims={keep})', [name], {**params, 'axes': axis, **({'keepDims': True} if keep else {})},
                       near(64, 'np.sum(np.abs(a)) * 4 + 1'))
    for ord in [None, 'fro', 'nuc', 2, -2, 1, -1, 'inf', '-inf']:
        code = {'inf': 'np.inf', '-inf': '-np.inf'}.get(ord, repr(ord))
        params = {} if ord is None else {'ord': ord}
        for name in ['m34', 'm34.T', 'sq3']:
            yield case('norm', f'np.linalg.norm(a, {code})', [name], params, near(64, 'np.sum(np.abs(a)) + 1'))
        yield case('norm', f'np.linalg.norm(a, {code}, axis=(2, 0), keepdims=True)', ['c234'], {**params, 'axes': [2, 0], 'keepDims': True}, near(64, 'np.sum(np.abs(a)) + 1'))
    yield from each('norm', 'np.linalg.norm(a)', ['c234', 'e', 'nans34'], None, near(64, 'np.nansum(np.abs(a)) if np.all(np.isfinite(a)) else 1'))
    for x, y in [('sq3', 'v3'), ('sq3', 'm34'), ('sq3.T', 'm33'), ('sq233', 'c234'), ('sq233', 'm34'), ('sq3', 'c234'), ('sq4', 'v4.flip'), ('sqf3', 'f34'), ('sqi3', 'v3')]:
        # A matrix beside a stack is one for each here; NumPy 1 takes it for a stack of vectors.
        code = 'np.linalg.solve(a, b[None])' if y == 'm34' and x == 'sq233' else 'np.linalg.solve(a, b)'
        yield case('solve', code, [x, y], None, near(1024, 'largest(b)'))
    for lower in [True, False]:
        for transpose in [True, False]:
            for unit_diagonal in [True, False]:
                for x, y in [('sq3', 'v3'), ('sq4', 'm43')]:
                    code = f'solve_triangular(a, b, lower={lower}, trans={int(transpose)}, unit_diagonal={unit_diagonal})'
                    params = {'lower': lower, 'transpose': transpose, 'unitDiagonal': unit_diagonal}
                    yield case('triangularSolve', code, [x, y], params, near(1024, '1000 * largest(b)'))
    for x, y in [('tall53', 'v5'), ('tall53', 'v53'), ('wide35', 'v3'), ('sq3', 'm33'), ('deficient43', 'v4'), ('deficient43', 'm43')]:
        # NumPy leaves the residuals out where the rank is not full or no row is left over.
        yield case('lstsq', '(lambda s: (s[0], np.int32(s[2]), np.linalg.norm(b - a @ s[0], axis=0)))(np.linalg.lstsq(a, b, rcond=None))', [x, y], None, near(4096, '10 * largest(b)'))
