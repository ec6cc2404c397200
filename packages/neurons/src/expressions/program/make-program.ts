import type { Expression } from '../expression.js';
import { assignRegisters, type Step } from './assign-registers.js';
import { BEGIN, END, LOAD, LOOP, type Program } from './program.js';
import { inTotal, type Value, valueGraph } from './value-graph.js';

/** The program of some formulas in `inputs` features: see {@link Program}. Cost: a few passes over the nodes. */
export function makeProgram(expressions: readonly Expression[], inputs: number): Program {
  const { values, results } = valueGraph(expressions);
  const steps: Step[] = [];
  // Where values stand: constants first, each in a place of its own; values in a total have another place in every total.
  const places = new Map<number, number>();
  const constants: number[] = [];
  values.forEach((value, id) => {
    if (value.kind === 'constant') places.set(id, constants.push(value.value) - 1);
  });
  let next = constants.length;
  const used = usedValues(values, results);

  const emit = (id: number, at: Map<number, number>): void => {
    const value = values[id];
    const place = (operand: number): number => at.get(operand) ?? places.get(operand) ?? -1;
    switch (value.kind) {
      case 'column':
        steps.push({ code: LOAD, out: next, a: value.index, b: 0 });
        break;
      case 'loop':
        steps.push({ code: LOOP + value.loop, out: next, a: place(value.a), b: place(value.b) });
        break;
      case 'total':
        emitTotal(id, value.a);
        return;
    }
    at.set(id, next++);
  };
  const emitTotal = (id: number, body: number): void => {
    const [sum, element] = [next++, next++];
    steps.push({ code: BEGIN, out: sum, a: element, b: 0 });
    const local = new Map<number, number>();
    const wanted = usedValues(values, [body]);
    values.forEach((value, part) => {
      if (!wanted[part] || !inTotal(value)) return;
      if (value.kind === 'element') local.set(part, element);
      else emit(part, local);
    });
    steps.push({ code: END, out: sum, a: local.get(body) ?? places.get(body) ?? -1, b: element });
    places.set(id, sum);
  };

  values.forEach((value, id) => {
    if (used[id] && value.kind !== 'constant' && !inTotal(value)) emit(id, places);
  });
  const ends = results.map((id) => places.get(id) ?? -1);
  const { registers, assigned } = assignRegisters(steps, constants.length, next, ends);
  const code = new Int32Array(4 * steps.length);
  steps.forEach((step, i) => {
    const a = step.code === LOAD ? step.a : assigned[step.a];
    code.set([step.code, assigned[step.out], a, assigned[step.b]], 4 * i);
  });
  return {
    code,
    registers,
    constants: Float64Array.from(constants),
    inputs,
    results: Int32Array.from(ends, (place) => assigned[place]),
  };
}

/** Which values some of them are made of; operands stand before what uses them. */
function usedValues(values: readonly Value[], roots: readonly number[]): boolean[] {
  const used = new Array<boolean>(values.length).fill(false);
  for (const id of roots) used[id] = true;
  for (let id = values.length - 1; id >= 0; id--) {
    const value = values[id];
    if (!used[id]) continue;
    if (value.kind === 'loop') used[value.a] = used[value.b] = true;
    if (value.kind === 'total') used[value.a] = true;
  }
  return used;
}
