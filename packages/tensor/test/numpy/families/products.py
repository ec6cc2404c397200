from inputs import case, near

sums = near(4, 'magnitude(a, b)')


def cases():
    for x, y in [('m34', 'm43'), ('m34', 'm34b.T'), ('m34.T', 'm34b'), ('v4', 'v4b'), ('v4', 'm43'), ('m34', 'v4'), ('c234', 'c243'), ('c234', 'm43'), ('m34', 'c243'), ('c234', 'v4'),
                 ('v3', 'c234'), ('c234.flip', 'c243.flip'), ('e30', 'e03'), ('e03', 'm34'), ('f34', 'f43'), ('f34', 'm43'), ('i34', 'm43'), ('i34', 'i34b.T'), ('m43.flip.T.even', 'sq2')]:
        yield case('matmul', 'np.matmul(a, b)', [x, y], None, sums)
    for x, y in [('v4', 'v4b'), ('v5', 'v5.flip'), ('e', 'e'), ('v5.even', 'v3'), ('f5', 'f5'), ('f5', 'v5')]:
        yield case('dot', 'np.dot(a, b)', [x, y], None, sums)
        yield case('vdot', 'np.vdot(a, b)', [x, y], None, sums)
    for x, y in [('m34', 'm34b'), ('m34.T', 'm43'), ('c234', 'c234.flip'), ('s', 'sneg')]:
        yield case('vdot', 'np.vdot(a, b)', [x, y], None, sums)
    for x, y in [('v4', 'v4b'), ('m34', 'm34b'), ('c234', 'v4'), ('c234', 'm34.flip'), ('s', 'm34'), ('e30', 'e'), ('f34', 'f34b'), ('c234', 'c234.flip')]:
        yield case('inner', 'np.inner(a, b)', [x, y], None, sums)
    for x, y in [('v3', 'v4'), ('m34', 'v3'), ('v5.even', 'v4.flip'), ('e', 'v3'), ('i5', 'v3'), ('i5', 'icounts'), ('f5', 'v3'), ('s', 'v3')]:
        yield case('outer', 'np.outer(a, b)', [x, y])
    for x, y in [('v3', 'v4'), ('sq2', 'm34'), ('m34', 'sq2'), ('c234', 'sq2'), ('v3', 'm34.T'), ('s', 'sq2'), ('i5', 'icounts'), ('e03', 'sq2'), ('m34.flip', 'm31'), ('sq2', 'c131')]:
        yield case('kron', 'np.kron(a, b)', [x, y])
    for x, y, axes in [('m34', 'm43', 1), ('c234', 'c234', 3), ('c234', 'c234.flip', [[0, 2], [0, 2]]), ('c234', 'm34', [[2, 1], [1, 0]]), ('v3', 'v4', 0), ('c234', 'm43', 1), ('m34', 'm34b', [0, 0]),
                       ('c234', 'v3', [[-2], [0]]), ('c234', 'c243', [[1, 2], [2, 1]]), ('e03', 'm34', 1), ('f34', 'f34b', [[1], [1]]), ('c234', 'm34', 2)]:
        yield case('tensordot', f'np.tensordot(a, b, axes={axes})', [x, y], {'contract': axes}, sums)
    for spec, names in [
        ('ij,jk->ik', ['m34', 'm43']), ('ij,kj', ['m34', 'm34b']), ('ij->ji', ['m34']), ('ii', ['sq3']), ('ii->i', ['sq3']), ('ij->', ['m34']), ('ij->j', ['m34.T']),
        ('i,i->i', ['v4', 'v4b']), ('i,j->ij', ['v3', 'v4']), ('i,j->ji', ['v3', 'v4']), ('bij,bjk->bik', ['c234', 'c243']), ('...ij,...jk->...ik', ['c234', 'm43']), ('...j,j', ['c234', 'v4']),
        ('ijk->kji', ['c234.flip']), ('ijk,ijk->', ['c234', 'c234.flip']), ('ij,jk,kl->il', ['m34', 'm43', 'm34b']), ('ij,i,j->', ['m34', 'v3', 'v4']), ('ij,ij,ij->ij', ['m34', 'm34b', 'm34.flip']),
        ('ij,jk,kl,l->i', ['m34', 'm43', 'm34b', 'v4']), (',ij->ij', ['s', 'm34']), ('bij,bij->b', ['c234', 'c234']), ('jii->j', ['sq233']), ('B...,aB->a...', ['m34', 'sq3']), ('ij,jk->ik', ['e03', 'm34']),
        ('ij,jk->ik', ['f34', 'f43']), ('...->...', ['c234']), ('i...->...', ['c234']), ('ab,cd->acbd', ['sq2', 'm34']), (' i j , j k -> i k ', ['m34', 'm43']), ('ba', ['m34']),
    ]:
        code = 'np.einsum({!r}, {})'.format(spec, ', '.join('abcd'[: len(names)]))
        scale = 'np.prod([np.sum(np.abs(x)) for x in ({},)])'.format(', '.join('abcd'[: len(names)]))
        yield case('einsum', code, names, {'spec': spec}, near(4, scale))
