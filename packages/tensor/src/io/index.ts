export type { Bytes } from './bytes.js';
export { decodeNpy } from './npy/decode-npy.js';
export { type EncodeNpyOptions, encodeNpy, encodeNpyDefaults } from './npy/encode-npy.js';
export { type DecodeNpzOptions, decodeNpz, decodeNpzDefaults } from './npz/decode-npz.js';
export type { Deflate } from './npz/deflate.js';
export { type EncodeNpzOptions, encodeNpz, encodeNpzDefaults } from './npz/encode-npz.js';
export { decodeSafetensors, type Safetensors } from './safetensors/decode-safetensors.js';
export { type EncodeSafetensorsOptions, encodeSafetensors } from './safetensors/encode-safetensors.js';
