import { plausible, proved, type Candidate, type Verdict } from '../rule.ts';
import { readArmour } from './private-key.ts';

/** A key in PEM that was put into base64 once more, as kubeconfig and Kubernetes secrets do. Certificates and public keys are no secret. */
export function encodedKey({ secret }: Candidate): Verdict | undefined {
  const text = Buffer.from(secret, 'base64').toString('latin1');
  if (!/^-----BEGIN (?:[A-Z\d]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/.test(text)) return undefined;
  const key = readArmour(text);
  if (!key) return undefined;
  if (key.isProtected) return { verified: false, severity: 'medium' };
  return key.isWhole ? proved : plausible;
}

/** A key in JSON is one if it has its secret part; how it is written the pattern tells. */
export function webKey({ secret }: Candidate): Verdict | undefined {
  return /^[A-Za-z]+$/.test(secret) ? undefined : plausible;
}
