/**
 * Appends an unsigned integer below 2³² in little-endian base 128: seven bits a byte, the eighth says that more follow.
 * These functions append, here and in Code, because a module is emitted by code that has not been compiled yet: short-lived arrays are
 * most of what it would cost.
 */
export function pushUnsigned(bytes: number[], value: number): void {
  while (value > 0x7f) {
    bytes.push((value & 0x7f) | 0x80);
    value >>>= 7;
  }
  bytes.push(value);
}

/** Appends a signed 32-bit integer the same way; bit 6 of the last byte is its sign. */
export function pushSigned(bytes: number[], value: number): void {
  while (value < -64 || value > 63) {
    bytes.push((value & 0x7f) | 0x80);
    value >>= 7;
  }
  bytes.push(value & 0x7f);
}
