// Records of a zip archive and where their fields stand. Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.

export const LOCAL_HEADER = 0x04034b50;
export const CENTRAL_HEADER = 0x02014b50;
export const END = 0x06054b50;
export const END_64 = 0x06064b50;
export const END_64_LOCATOR = 0x07064b50;

export const LOCAL_SIZE = 30;
export const CENTRAL_SIZE = 46;
export const END_SIZE = 22;
export const END_64_SIZE = 56;
export const END_64_LOCATOR_SIZE = 20;

/** In a 32-bit field: the value is in the zip64 record. */
export const SEE_ZIP64 = 0xffffffff;
/** Identifier of the extra field that holds 64-bit sizes and positions. */
export const ZIP64_EXTRA = 1;

export const STORED = 0;
export const DEFLATED = 8;
/** Bit of the flags: the name is UTF-8. */
export const UTF8_FLAG = 0x800;
/** Bits of the flags: encrypted, patched data, strong encryption, masked headers. */
export const REFUSED_FLAGS = 0x2061;
