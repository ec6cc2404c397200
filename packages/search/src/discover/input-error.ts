/**
 * A problem with what the user handed in (a file, a column, an option), told in one sentence that names the place.
 *
 * Two builds of this package can meet in one process, so recognise it by `name === 'InputError'`, not by instanceof.
 */
export class InputError extends Error {
  override readonly name: string = 'InputError';
}
