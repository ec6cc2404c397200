/** Table of the CRC of every byte, made once when first needed. */
let table: Uint32Array | undefined;

function crcTable(): Uint32Array {
  const entries = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    // Reflected polynomial of IEEE 802.3, as in zip, gzip and PNG.
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    entries[n] = c;
  }
  return entries;
}

/** CRC-32 of bytes, as zip archives store it. */
export function crc32(bytes: Uint8Array): number {
  table ??= crcTable();
  const t = table;
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ t[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}
