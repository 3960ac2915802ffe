import { plausible, type Candidate, type Verdict } from '../rule.ts';

/** Bytes in hexadecimal digits with something in them: a made-up one repeats its lines. */
export function contained({ secret }: Candidate): Verdict | undefined {
  const lines = secret.trim().split(/\s+/);
  return new Set(lines).size >= lines.length / 2 ? plausible : undefined;
}
