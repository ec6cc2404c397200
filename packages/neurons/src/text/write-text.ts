import type { ExpressionNeuron } from '../expressions/expression-neuron.js';
import { writeJavascript } from './formats/javascript.js';
import { writeLatex } from './formats/latex.js';
import { writePlain } from './formats/plain.js';
import { writePython } from './formats/python.js';
import { writeSympy } from './formats/sympy.js';
import { writeTnlearn } from './formats/tnlearn.js';
import type { TextFormat } from './text-format.js';

/** Writes an expression neuron in one of the formats that can be read back. */
export const textWriters: Readonly<Record<TextFormat, (neuron: ExpressionNeuron) => string>> = {
  text: writePlain,
  tnlearn: writeTnlearn,
  latex: writeLatex,
  javascript: writeJavascript,
  python: writePython,
  sympy: writeSympy,
};
