import { fail, peek, type Source } from './source.js';

/** Throws unless the text has been read to its end. */
export function expectEnd(source: Source): void {
  if (peek(source).kind !== 'end') fail(source, 'expected an operator or the end');
}
