from inputs import case, near

sums = near(8, 'magnitude(a, b)')


def code(function, options):
    return f'{function}({", ".join(["a", "b", *(f"{key}={value!r}" for key, value in options.items())])})'


def cases():
    plain = [{}, {'stride': 2}, {'padding': 1}, {'dilation': 2}, {'stride': 2, 'padding': 'same'}, {'padding': 'same'}, {'padding': 'valid'}, {'stride': 3, 'padding': 2, 'dilation': 2}]
    for options in plain:
        yield case('conv1d', code('conv', options), ['w2', 'k1'], options, sums)
        yield case('conv2d', code('conv', options), ['image', 'k2'], options, sums)
        yield case('conv2d', code('conv', {**options, 'groups': 2}), ['image', 'k2g'], {**options, 'groups': 2}, sums)
        yield case('conv1d', code('conv', {**options, 'groups': 2}), ['w2.flip', 'k1g'], {**options, 'groups': 2}, sums)
    for options in [{}, {'stride': 2}, {'padding': 1}, {'dilation': 2}, {'stride': 3, 'padding': 1, 'dilation': 2}]:
        yield case('convTranspose1d', code('conv_transpose', options), ['low1', 'k1'], options, sums)
        yield case('convTranspose2d', code('conv_transpose', options), ['low2', 'k2'], options, sums)
    for options in [{}, {'stride': 1}, {'padding': 1}, {'stride': 1, 'padding': 1}, {'stride': 3}]:
        for call, name, window in [('Pool1d', 'w2', [2]), ('Pool2d', 'image', [2, 3]), ('Pool2d', 'image.flip', [2, 2])]:
            settings = {**options, 'stride': options.get('stride', window[0])}
            spread = ', '.join(f'{key}={value}' for key, value in settings.items())
            params = {**settings, 'window': window}
            yield case(f'avg{call}', f'pool(a, {window}, np.mean, {spread})', [name], params, near(4, 'largest(a)'))
            yield case(f'max{call}', f'pool(a, {window}, np.max, {spread}, fill=-np.inf)', [name], params)
    for call, name, window in [('maxPool1d', 'w2', [2]), ('maxPool2d', 'image', [2, 2])]:
        yield case(call, f'pool(a, {window}, np.max, 1, 1, 2, -np.inf)', [name], {'stride': 1, 'padding': 1, 'dilation': 2, 'window': window})
    for call, name, window in [('avgPool1d', 'w2', [3]), ('avgPool2d', 'image', [3, 3])]:
        yield case(call, f'pool(a, {window}, np.nanmean, 2, 1, 1, np.nan)', [name], {'stride': 2, 'padding': 1, 'countIncludePadding': False, 'window': window}, near(4, 'largest(a)'))
    for x, y in [('v6', 'v3'), ('v3', 'v6'), ('v5.even', 'v5.flip'), ('v1', 'v4'), ('f5', 'v3'), ('f5', 'f5')]:
        for mode in ['full', 'same', 'valid']:
            yield case('convolve', f'np.convolve(a, b, {mode!r})', [x, y], {'mode': mode}, sums)
            yield case('correlate', f'np.correlate(a, b, {mode!r})', [x, y], {'mode': mode}, sums)
