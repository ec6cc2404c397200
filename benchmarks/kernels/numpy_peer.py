"""Answers one request a line: defines a case, or times it. Stays alive, so that NumPy and the others can take turns."""
import json
import sys
import time

import numpy as np

WARM, SAMPLE, SAMPLES, SLOW = 0.12, 0.012, 3, 0.06
cases = {}


def stretch(run, count):
    begun = time.perf_counter()
    run(count)
    return (time.perf_counter() - begun) / count


def define(setup, statement):
    scope = {"np": np}
    exec(setup, scope)
    exec(f"def run(count):\n for _ in range(count):\n  {statement}", scope)
    run = scope["run"]
    begun, count, fastest = time.perf_counter(), 1, float("inf")
    while time.perf_counter() - begun < WARM:
        fastest = min(fastest, stretch(run, count))
        if fastest * count < 0.001:
            count *= 2
    return run, max(1, round(SAMPLE / fastest)), 1 if fastest > SLOW else SAMPLES


def answer(request):
    if "version" in request:
        return {"version": np.__version__}
    if "statement" in request:
        cases[request["case"]] = define(request["setup"], request["statement"])
        return {}
    run, count, samples = cases[request["case"]]
    if samples > 1:
        run(1)
    return {"ms": 1e3 * float(np.median([stretch(run, count) for _ in range(samples)]))}


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:
        reply = {"error": repr(error)}
    print(json.dumps(reply), flush=True)
