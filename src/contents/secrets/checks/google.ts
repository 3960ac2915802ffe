import { plausible, type Candidate, type Verdict } from '../rule.ts';

/** Programs carry such a key to say who they are: in software of others it is meant to be there. */
export function googleKey({ place }: Candidate): Verdict {
  return place.isVendored ? { verified: false, severity: 'low' } : plausible;
}
