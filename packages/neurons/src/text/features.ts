import type { Expression } from '../expressions/expression.js';
import { fail, type Source, type Token } from './source.js';

// A text with one huge index would otherwise make as many names.
const maxInferred = 10_000;

/** The feature of this name, a new one where names are inferred. */
export function featureByName(source: Source, name: string, token: Token): Expression {
  const index = source.features.indexOf(name);
  if (index >= 0) return { op: 'feature', index };
  if (source.open && name.trim() !== '') return { op: 'feature', index: source.features.push(name) - 1 };
  const names = source.features.slice(0, 8).map((feature) => JSON.stringify(feature));
  const list = names.join(', ') + (source.features.length > 8 ? ', …' : '');
  return fail(source, `expected ${source.open ? 'a name that is not blank' : `one of the features ${list}`}`, token);
}

/** The feature of this index as it is written; names are inferred as x1 … xD. */
export function featureByIndex(source: Source, token: Token): Expression {
  const limit = source.open ? maxInferred : source.features.length;
  const index = Number(token.text);
  if (!/^\d+$/.test(token.text) || index >= limit) {
    fail(source, `expected the index of a feature from 0 to ${limit - 1}`, token);
  }
  while (source.open && source.features.length <= index) source.features.push(`x${source.features.length + 1}`);
  return { op: 'feature', index };
}

/** The vector symbol, refused outside of a total. */
export function vectorSymbol(source: Source, token: Token): Expression {
  if (!source.inTotal) fail(source, 'expected no vector symbol outside of a total', token);
  return { op: 'vector' };
}

/** A total whose argument `read` reads. */
export function readTotal(source: Source, token: Token, read: () => Expression): Expression {
  if (source.inTotal) fail(source, 'expected no total inside another', token);
  if (source.open) fail(source, 'expected the option features, since a total is over all of them,', token);
  source.inTotal = true;
  const argument = read();
  source.inTotal = false;
  return { op: 'total', argument };
}
