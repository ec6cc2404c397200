import type { Expression } from '../expressions/expression.js';
import { readJavascript } from './formats/javascript.js';
import { readLatex } from './formats/latex.js';
import { readPlain } from './formats/plain.js';
import { readPython } from './formats/python.js';
import { readSympy } from './formats/sympy.js';
import { readTnlearn } from './formats/tnlearn.js';
import { type TextFormat, textFormats } from './text-format.js';

type Read = (text: string, features: readonly string[] | undefined) => [readonly string[], Expression[]];

const readers: Readonly<Record<TextFormat, Read>> = {
  text: readPlain,
  tnlearn: readTnlearn,
  latex: readLatex,
  javascript: readJavascript,
  python: readPython,
  sympy: readSympy,
};

/** Names of the features and a formula for each output. */
export function readText(
  text: string,
  format: TextFormat,
  features: readonly string[] | undefined,
): [readonly string[], Expression[]] {
  if (!textFormats.includes(format)) {
    throw new RangeError(`parse: format must be one of ${textFormats.join(', ')}: got ${String(format)}`);
  }
  return readers[format](text, features);
}
