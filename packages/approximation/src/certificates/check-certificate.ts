import type { Approximant } from '../targets/approximant.js';
import type { TargetFunction } from '../targets/target-function.js';
import { certificateFault } from './certificate-fault.js';
import type { SupNormCertificate } from './sup-norm-certificate.js';

/** Whether {@link certificateFault} finds nothing wrong with a certificate of sup |f − h|. */
export function checkCertificate(f: TargetFunction, h: Approximant, certificate: SupNormCertificate): boolean {
  return certificateFault(f, h, certificate) === undefined;
}
