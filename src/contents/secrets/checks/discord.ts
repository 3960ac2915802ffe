import { plausible, type Candidate, type Verdict } from '../rule.ts';

/** A bot's token begins with the number of its account, in base64. */
export function discordToken({ secret }: Candidate): Verdict | undefined {
  const account = Buffer.from(secret.slice(0, secret.indexOf('.')), 'base64').toString('latin1');
  return /^\d{17,20}$/.test(account) ? plausible : undefined;
}
