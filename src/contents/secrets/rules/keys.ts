import { openKey, protectedKey } from '../checks/private-key.ts';
import { encodedKey, webKey } from '../checks/encoded-key.ts';
import { contained } from '../checks/contained.ts';
import type { SecretRule } from '../rule.ts';

/**
 * The armour of a private key: its first line, headers of old formats, a body of base64 with whatever a string literal puts between its
 * lines, its last line. The longest real ones, RSA of 16,384 bits and OpenPGP with several keys, have less than half of what may stand here.
 */
const armour = String.raw`-----BEGIN (?:[A-Z\d]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[rnt]|["'+,\\ ]){0,64}(?:[A-Z][A-Za-z-]{2,30}: ?[^\n\\]{0,200}(?:\n|\\n){1,2}[ \t]{0,40}(?:\\r|\r|\n|\\n){0,2}){0,6}[A-Za-z\d+/=\s\\"',]{40,40000}(?:-----END [A-Z\d ]{3,40}-----)?`;

/** Keys that stand as keys, whoever they are for. */
export const keyRules: readonly SecretRule[] = [
  {
    id: 'private-key',
    title: { en: 'private key', zh: '私钥' },
    severity: 'critical',
    certainty: 'key',
    keywords: ['-----begin '],
    pattern: armour,
    check: openKey,
  },
  {
    id: 'encrypted-private-key',
    title: { en: 'private key under a passphrase', zh: '受口令保护的私钥' },
    severity: 'medium',
    certainty: 'key',
    keywords: ['-----begin '],
    pattern: armour,
    check: protectedKey,
  },
  {
    id: 'encoded-private-key',
    title: { en: 'private key in base64', zh: 'Base64 编码的私钥' },
    severity: 'critical',
    certainty: 'key',
    keywords: ['ls0tls1crudjti'],
    // "-----BEGIN " in base64, and whatever follows.
    pattern: String.raw`(?<![A-Za-z\d+/])LS0tLS1CRUdJTi[A-Za-z\d+/]{60,40000}={0,2}`,
    check: encodedKey,
  },
  {
    id: 'json-web-key',
    title: { en: 'private JSON web key', zh: 'JSON Web 私钥（JWK）' },
    severity: 'critical',
    certainty: 'key',
    keywords: ['"kty"', '"d"'],
    pattern: String.raw`(?:"kty"\s{0,8}:\s{0,8}"(?:RSA|EC|OKP)"[^{}]{0,1600}?"d"\s{0,8}:\s{0,8}"([\w-]{30,1500})"|"d"\s{0,8}:\s{0,8}"([\w-]{30,1500})"[^{}]{0,1600}?"kty"\s{0,8}:\s{0,8}"(?:RSA|EC|OKP)")`,
    entropy: 4,
    check: webKey,
  },
  {
    id: 'putty-private-key',
    title: { en: 'private key of PuTTY', zh: 'PuTTY 私钥' },
    severity: 'critical',
    certainty: 'key',
    keywords: ['putty-user-key-file-'],
    pattern: String.raw`PuTTY-User-Key-File-[123]: [\w@.-]{3,40}\s{1,2}Encryption: none\s{1,2}Comment: [^\n]{0,400}\n[A-Za-z\d+/=\s:-]{0,20000}?Private-Lines: \d{1,4}\s{1,2}([A-Za-z\d+/=\s]{40,20000})`,
    entropy: 4,
  },
  {
    id: 'minisign-secret-key',
    title: { en: 'secret key of minisign or signify', zh: 'minisign 或 signify 私钥' },
    severity: 'high',
    certainty: 'key',
    keywords: ['untrusted comment: '],
    pattern: String.raw`untrusted comment: [^\n]{0,80}secret key[^\n]{0,40}\n(RW[A-Za-z\d+/]{98,300}={0,2})`,
    entropy: 4,
  },
  {
    id: 'wireguard-private-key',
    title: { en: 'private key of WireGuard', zh: 'WireGuard 私钥' },
    severity: 'critical',
    certainty: 'token',
    keywords: ['privatekey', 'presharedkey'],
    pattern: String.raw`(?<=(?:^|\n)[ \t]{0,4})(?:PrivateKey|PresharedKey)[ \t]{0,4}=[ \t]{0,4}([A-Za-z\d+/]{42}[AEIMQUYcgkosw048]=)(?=\s|$)`,
    entropy: 4,
  },
  {
    id: 'openvpn-static-key',
    title: { en: 'static key of OpenVPN', zh: 'OpenVPN 静态密钥' },
    severity: 'critical',
    certainty: 'key',
    keywords: ['-----begin openvpn static key v1-----'],
    pattern: String.raw`-----BEGIN OpenVPN Static key V1-----\s{1,4}((?:[\da-f]{32}\s{1,2}){16})`,
    entropy: 3,
    check: contained,
  },
];
