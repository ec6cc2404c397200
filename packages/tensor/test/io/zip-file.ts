import { deflateRawSync } from 'node:zlib';

/** One file of an archive put together by hand; every field can lie. */
export interface ZipPart {
  readonly name: string;
  readonly data: Uint8Array;
  readonly compress?: boolean;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly compressedSize?: number;
  readonly localName?: string;
  /** Sizes and position in a zip64 field of the directory. */
  readonly zip64?: boolean;
}

/** CRC-32 bit by bit. */
export function crcByDefinition(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

const u16 = (n: number): number[] => [n & 255, (n >> 8) & 255];
const u32 = (n: number): number[] => [...u16(n % 65536), ...u16(Math.floor(n / 65536))];
const u64 = (n: number): number[] => [...u32(n % 2 ** 32), ...u32(Math.floor(n / 2 ** 32))];

/** The archive, with a zip64 end record where asked for. */
export function zipFile(parts: readonly ZipPart[], { zip64End = false, comment = '' } = {}): Uint8Array {
  const body: number[] = [];
  const directory: number[] = [];
  const encode = (text: string): number[] => [...new TextEncoder().encode(text)];
  for (const part of parts) {
    const { name, data, compress = false, flags = 0, zip64 = false, localName = name } = part;
    const stored = compress ? deflateRawSync(data) : data;
    const { method = compress ? 8 : 0, crc = crcByDefinition(data) } = part;
    const { size = data.length, compressedSize = stored.length } = part;
    const at = body.length;
    // As a streaming writer has it: no sizes in the local header.
    body.push(
      ...u32(0x04034b50),
      ...u16(45),
      ...u16(flags),
      ...u16(method),
      ...u32(0),
      ...u32(0),
      ...u32(0),
      ...u32(0),
    );
    body.push(...u16(encode(localName).length), ...u16(0), ...encode(localName), ...stored);
    const wide = [
      ...u16(0xabcd),
      ...u16(2),
      1,
      2,
      ...u16(1),
      ...u16(24),
      ...u64(size),
      ...u64(compressedSize),
      ...u64(at),
    ];
    const sizes = zip64 ? new Array<number>(8).fill(255) : [...u32(compressedSize), ...u32(size)];
    directory.push(
      ...u32(0x02014b50),
      ...u16(45),
      ...u16(45),
      ...u16(flags),
      ...u16(method),
      ...u32(0),
      ...u32(crc),
      ...sizes,
    );
    directory.push(
      ...u16(encode(name).length),
      ...u16(zip64 ? wide.length : 0),
      ...u16(0),
      ...u16(0),
      ...u16(0),
      ...u32(0),
    );
    directory.push(...(zip64 ? u32(0xffffffff) : u32(at)), ...encode(name), ...(zip64 ? wide : []));
  }
  const counts = zip64End ? [...u16(0xffff), ...u16(0xffff)] : [...u16(parts.length), ...u16(parts.length)];
  const place = zip64End ? new Array<number>(8).fill(255) : [...u32(directory.length), ...u32(body.length)];
  const end = [...u32(0x06054b50), ...u32(0), ...counts, ...place, ...u16(comment.length), ...encode(comment)];
  const end64 = [
    ...[...u32(0x06064b50), ...u64(44), ...u16(45), ...u16(45), ...u32(0), ...u32(0), ...u64(parts.length)],
    ...[...u64(parts.length), ...u64(directory.length), ...u64(body.length)],
    ...[...u32(0x07064b50), ...u32(0), ...u64(body.length + directory.length), ...u32(1)],
  ];
  return Uint8Array.from([...body, ...directory, ...(zip64End ? end64 : []), ...end]);
}
