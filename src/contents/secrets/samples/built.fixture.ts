import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { digits, drawn, letters, type Sample } from './template.fixture.ts';

/** Samples of what has an inner structure. */
export const built: Readonly<Record<string, (draw: () => number) => Sample>> = {
  'github-token': (draw) => withChecksum(['gh', 'p_'].join(''), draw),
  'github-oauth-token': (draw) => withChecksum(['gh', 'o_'].join(''), draw),
  'npm-token': (draw) => withChecksum(['np', 'm_'].join(''), draw),
  'grafana-token'(draw) {
    const body = `${['gl', 'sa_'].join('')}${drawn('a', 32, draw)}`;
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(body));
    return { text: `${body}_${sum.toString('hex')}`, drawn: [body.slice(5)] };
  },
  'pypi-token'(draw) {
    const place = Buffer.from(`\x02\x01\x08${['pypi', 'org'].join('.')}\x02\x40`, 'latin1');
    const signature = Buffer.from(drawn('p', 32, draw));
    const bytes = Buffer.concat([
      place,
      Buffer.from(drawn('a', 64, draw)),
      Buffer.from('\0\0\x06\x20', 'latin1'),
      signature,
    ]);
    const text = `pypi-${bytes.toString('base64url')}`;
    return { text, drawn: [text.slice(30)] };
  },
  'bitcoin-extended-key'(draw) {
    const text = base58(Buffer.concat([Buffer.from('0488ade4', 'hex'), bytesOf(74, draw)]));
    return { text, drawn: [text.slice(4)] };
  },
  'bitcoin-private-key'(draw) {
    const key = base58(Buffer.concat([Buffer.from([0x80]), bytesOf(32, draw), Buffer.from([1])]));
    return { text: `WIF: ${key}`, drawn: [key.slice(1)] };
  },
  'discord-bot-token'(draw) {
    const account = Buffer.from(drawn('9', 18, draw))
      .toString('base64')
      .replaceAll('=', '');
    const rest = `${drawn('w', 6, draw)}.${drawn('w', 38, draw)}`;
    return { text: `DISCORD_TOKEN=${account}.${rest}`, drawn: [account, rest] };
  },
  'kubernetes-service-account-token': (draw) =>
    webToken({ iss: 'kubernetes/serviceaccount', sub: 'system:serviceaccount:shop:default' }, draw),
  'supabase-service-role-key': (draw) => webToken({ iss: 'supabase', role: 'service_role', exp: 2_000_000_000 }, draw),
  'json-web-token': (draw) => webToken({ sub: drawn('9', 8, draw), scope: 'write' }, draw),
  'age-key'(draw) {
    const text = bech32(
      'age-secret-key-',
      Array.from({ length: 52 }, () => Math.floor(draw() * 32)),
    ).toUpperCase();
    return { text, drawn: [text.slice(16)] };
  },
  'docker-registry-login'(draw) {
    const password = drawn('p', 16, draw);
    const login = Buffer.from(`me:${password}`).toString('base64');
    return { text: `{"auths": {"registry.host.tld": {"auth": "${login}"}}}`, drawn: [login] };
  },
  'private-key': (draw) => armoured('PRIVATE KEY', draw),
  'encrypted-private-key': (draw) => armoured('ENCRYPTED PRIVATE KEY', draw),
  'encoded-private-key'(draw) {
    const text = Buffer.from(armoured('EC PRIVATE KEY', draw).text).toString('base64');
    return { text: `client-key-data: ${text}`, drawn: [text.slice(40)] };
  },
};

function bytesOf(length: number, draw: () => number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(draw() * 256)));
}

function withChecksum(start: string, draw: () => number): Sample {
  const body = drawn('a', 30, draw);
  const alphabet = digits + letters;
  let sum = '';
  for (let rest = crc32(body); sum.length < 6; rest = Math.floor(rest / 62)) sum = alphabet.charAt(rest % 62) + sum;
  return { text: start + body + sum, drawn: [body, sum] };
}

function webToken(payload: object, draw: () => number): Sample {
  const [header, body] = [{ alg: 'RS256', typ: 'JWT' }, payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signature = drawn('w', 86, draw);
  return { text: `token ${header}.${body}.${signature}`, drawn: [signature] };
}

/** A key whose outer structure is right, with random bytes inside. */
export function armoured(label: string, draw: () => number): Sample {
  const inner = bytesOf(118, draw);
  const version = label.startsWith('ENCRYPTED') ? [0x30, 1, 0] : [2, 1, 0];
  const body = Buffer.concat([Buffer.from([0x30, 3 + inner.length, ...version]), inner]).toString('base64');
  const lines = body.match(/.{1,64}/g) ?? [];
  return { text: [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n'), drawn: lines };
}

function base58(bytes: Buffer): string {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  const twice = createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest();
  let number = BigInt(`0x${Buffer.concat([bytes, twice.subarray(0, 4)]).toString('hex')}`);
  let text = '';
  for (; number > 0n; number /= 58n) text = alphabet.charAt(Number(number % 58n)) + text;
  return text;
}

function bech32(prefix: string, values: readonly number[]): string {
  const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
  const codes = [...Buffer.from(prefix)];
  const all = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...values, 0, 0, 0, 0, 0, 0];
  let sum = 1;
  for (const value of all) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, word] of [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].entries()) {
      if (((top >>> bit) & 1) === 1) sum ^= word;
    }
  }
  const ends = Array.from({ length: 6 }, (_, each) => ((sum ^ 1) >>> (5 * (5 - each))) & 31);
  return `${prefix}1${[...values, ...ends].map((value) => alphabet.charAt(value)).join('')}`;
}
