export type { Qr } from './contract.js';
export { qrApply } from './qr-apply.js';
export { qrFormQ } from './qr-form-q.js';
export { qrScalar as qr } from './scalar.js';
