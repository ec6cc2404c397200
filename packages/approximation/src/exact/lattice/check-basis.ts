/** Throws a RangeError by `name` unless there is a row and all have one length, no less than there are rows. */
export function checkBasis(name: string, basis: readonly (readonly bigint[])[]): void {
  if (basis.length === 0) throw new RangeError(`${name}: the basis has no rows`);
  const [{ length }] = basis;
  const ragged = basis.findIndex((row) => row.length !== length);
  if (ragged >= 0)
    throw new RangeError(
      `${name}: rows must have one length: row 0 has ${length}, row ${ragged} has ${basis[ragged].length}`,
    );
  if (length < basis.length) {
    throw new RangeError(`${name}: ${basis.length} rows of ${length} numbers are dependent`);
  }
}
