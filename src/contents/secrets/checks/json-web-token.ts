import { isObject, type JsonObject, type JsonValue } from '../../../model/json.ts';
import { plausible, type Candidate, type Verdict } from '../rule.ts';

/** The header of a JSON web token must be one, and the token no example of the documentation. */
export function jsonWebToken({ secret }: Candidate): Verdict | undefined {
  const token = readToken(secret);
  if (!token || isPublic(token) || isServiceAccount(token.payload) || isServiceRole(token.payload)) return undefined;
  return plausible;
}

/** One that Kubernetes gives to a pod. */
export function serviceAccountToken({ secret }: Candidate): Verdict | undefined {
  const token = readToken(secret);
  return token && isServiceAccount(token.payload) ? plausible : undefined;
}

/** Supabase's key that passes by all rules of a database. */
export function serviceRoleToken({ secret }: Candidate): Verdict | undefined {
  const token = readToken(secret);
  return token && isServiceRole(token.payload) ? plausible : undefined;
}

interface Token {
  readonly header: JsonObject;
  readonly payload: JsonObject;
}

function readToken(text: string): Token | undefined {
  const [first = '', second = ''] = text.split('.');
  const header = objectOf(first);
  const payload = objectOf(second);
  return header && payload && typeof header['alg'] === 'string' ? { header, payload } : undefined;
}

function objectOf(part: string): JsonObject | undefined {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as JsonValue;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Unsigned ones prove nothing; `anon` is handed to every browser; the others stand in every tutorial. */
function isPublic({ header, payload }: Token): boolean {
  const { sub, name, role, iss } = payload;
  return (
    header['alg'] === 'none' ||
    role === 'anon' ||
    sub === '1234567890' ||
    name === 'John Doe' ||
    iss === 'joe' ||
    (typeof iss === 'string' && /(?:^|[./])example\.|^supabase-demo$/.test(iss)) ||
    sub === 'subject' ||
    Object.keys(payload).some((key) => /^(?:foo|some|hello|test)$/.test(key))
  );
}

function isServiceAccount({ iss, sub }: JsonObject): boolean {
  return (
    (typeof iss === 'string' && iss.includes('kubernetes')) ||
    (typeof sub === 'string' && sub.startsWith('system:serviceaccount:'))
  );
}

function isServiceRole({ role, iss }: JsonObject): boolean {
  return role === 'service_role' && iss !== 'supabase-demo';
}
