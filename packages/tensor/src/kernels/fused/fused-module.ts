import type { Code, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { Place } from '../../wasm/runtime.js';
import { laneOperations, withLanes } from '../lanes/index.js';
import type { FusedProgram } from './contract.js';

const VECTOR = 16;

/** A module whose `run` is the loop of a program. */
export function buildFused(program: FusedProgram, place: Place): ModuleBuilder {
  const { type, inputs, steps, outputs } = program;
  const width = type === 'f64x2' ? 8 : 4;
  const splat = type === 'f64x2' ? 'v128.load64_splat' : 'v128.load32_splat';
  const module = new ModuleBuilder();
  const params = new Array<'i32'>(2 + 2 * (inputs.length + outputs.length)).fill('i32');
  module.addFunction({ params, results: ['i32'], exported: 'run' }, (f, [rows, cols, ...operands]) => {
    const address = (i: number): Local => operands[2 * i];
    const rowBytes = (i: number): Local => operands[2 * i + 1];
    const [bytes, at, flagged] = [f.local('i32'), f.local('i32'), f.local('i32')];
    f.get(cols).i32(width).op('i32.mul').set(bytes);
    withLanes(f, type, place, (code, lanes) => {
      const registers = [...inputs, ...steps].map(() => lanes.scratch());
      code.loop((nextRow) => {
        inputs.forEach((reading, i) => {
          if (reading === 'repeat') code.get(address(i)).memory(splat).set(registers[i]);
        });
        code.i32(0).set(at);
        code.loop((nextVector) => {
          inputs.forEach((reading, i) => {
            if (reading === 'vector')
              elementAddress(code, address(i), at).memory('v128.load', 0, width).set(registers[i]);
          });
          steps.forEach(({ lane, args }, i) => {
            laneOperations[lane].emit(
              code,
              args.map((register) => registers[register]),
              lanes,
            );
            code.set(registers[inputs.length + i]);
          });
          outputs.forEach((register, i) => {
            elementAddress(code, address(inputs.length + i), at)
              .get(registers[register])
              .memory('v128.store', 0, width);
          });
          code.get(at).i32(VECTOR).op('i32.add').tee(at).get(bytes).op('i32.lt_u').brIf(nextVector);
        });
        for (let i = 0; i < inputs.length + outputs.length; i++) {
          code.get(address(i)).get(rowBytes(i)).op('i32.add').set(address(i));
        }
        code.get(rows).i32(1).op('i32.sub').tee(rows).brIf(nextRow);
      });
      code.get(lanes.outside).get(lanes.wide.outside).op('v128.or').op('v128.any_true').set(flagged);
    });
    f.get(flagged);
  });
  return module;
}

function elementAddress(code: Code, address: Local, at: Local): Code {
  return code.get(address).get(at).op('i32.add');
}
