"""Evaluates the calls of families/*.py with NumPy and writes what comes out to fixtures/<family>.json, or to the folder named.

    /usr/bin/python3 make-fixtures.py [folder]

The files that stand here are of Debian's NumPy 1.24 and SciPy 1.10; those of NumPy 2.4 and SciPy 1.17 differ from them by rounding only. One case a line; numbers read back to the same bits, NaN and infinities as strings.
"""

import importlib
import json
import pathlib
import sys
import warnings

sys.dont_write_bytecode = True
here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here))

import numpy as np  # noqa: E402

import definitions  # noqa: E402
from inputs import arrays, read  # noqa: E402

FAMILIES = ['creation', 'elementwise', 'reductions', 'arranging', 'indexing', 'products', 'windows', 'linalg']


def number(value, dtype):
    if dtype == np.bool_ or np.issubdtype(dtype, np.integer):
        return int(value)
    if np.isnan(value):
        return 'nan'
    if np.isinf(value):
        return 'inf' if value > 0 else '-inf'
    # The shortest decimals that round to the same float32 read back to it after rounding.
    value = float(str(value)) if dtype == np.float32 else float(value)
    return int(value) if value == int(value) and abs(value) < 2**53 and not (value == 0 and np.signbit(value)) else value


def tell(value):
    """Dtype, shape and elements in row-major order."""
    value = np.asarray(value)
    return [str(value.dtype), list(value.shape), [number(v, value.dtype) for v in value.ravel()]]


def evaluate(case):
    operands = [read(name) for name in case['inputs']]
    scope = {**vars(definitions), 'np': np, **dict(zip('abcd', operands))}
    with warnings.catch_warnings(), np.errstate(all='ignore'):
        warnings.simplefilter('ignore')
        try:
            value = eval(case['numpy'], scope)
        except Exception as cause:
            raise ValueError(f'{case["numpy"]} of {case["inputs"]}') from cause
        row = {key: case[key] for key in ('call', 'numpy', 'inputs', 'params') if case[key]}
        if case['tolerance'] is not None:
            scale = case['tolerance']['scale']
            row['factor'] = case['tolerance']['factor']
            if scale is not None:
                row['scale'] = number(np.float32(eval(scale, scope)), np.float32)
    row['expected'] = [tell(v) for v in value] if isinstance(value, (list, tuple)) else [tell(value)]
    return row


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / 'fixtures'
    folder.mkdir(exist_ok=True)
    dump = lambda value: json.dumps(value, separators=(',', ':'), allow_nan=False)  # noqa: E731
    (folder / 'inputs.json').write_text(
        '{\n' + ',\n'.join(f'{dump(name)}:{dump(tell(value))}' for name, value in sorted(arrays.items())) + '\n}\n'
    )
    for family in FAMILIES:
        rows = [evaluate(case) for case in importlib.import_module(f'families.{family}').cases()]
        (folder / f'{family}.json').write_text('[\n' + ',\n'.join(dump(row) for row in rows) + '\n]\n')
        print(f'{family}: {len(rows)}')


main()
