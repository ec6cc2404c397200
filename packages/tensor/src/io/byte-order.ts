/** Whether this machine stores the low byte of a number first, as nearly all do. */
export function isLittleEndianHost(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}

/** Reverses, in place, the bytes of every element. */
export function swapBytes(bytes: Uint8Array, itemSize: number): void {
  for (let start = 0; start + itemSize <= bytes.length; start += itemSize) {
    for (let i = start, j = start + itemSize - 1; i < j; i++, j--) {
      const kept = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = kept;
    }
  }
}
