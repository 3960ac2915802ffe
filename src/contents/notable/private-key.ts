import { defineNotable } from '../notable-reader.ts';
import { readArmour } from '../secrets/checks/private-key.ts';
import { isPublished } from '../secrets/published.ts';
import { holdsPrivateEntry, isKeyStore } from './key-store.ts';
import { isPublishedPlace } from './published-place.ts';

const endings = [
  'pem',
  'key',
  'ppk',
  'p12',
  'pfx',
  'jks',
  'jceks',
  'keystore',
  'p8',
  'pk8',
  'der',
  'priv',
  'pvk',
  'asc',
  'gpg',
];
const names = [
  'id_rsa',
  'id_dsa',
  'id_ecdsa',
  'id_ecdsa_sk',
  'id_ed25519',
  'id_ed25519_sk',
  'identity',
  'ssh_host_rsa_key',
  'ssh_host_dsa_key',
  'ssh_host_ecdsa_key',
  'ssh_host_ed25519_key',
  'dropbear_rsa_host_key',
  'dropbear_ecdsa_host_key',
  'dropbear_ed25519_host_key',
];

/**
 * Private keys. Which files are looked at is decided by their names, what is told by their content: a certificate is none. Keys that stand in
 * other files are found by who looks for secrets.
 */
export const privateKey = defineNotable({
  id: 'private-key',
  globs: [
    ...endings.map((ending) => `**/*.${ending}`),
    ...names.map((name) => `**/${name}`),
    'root/.ssh/*',
    'home/*/.ssh/*',
    'etc/ssl/private/*',
    'etc/pki/tls/private/*',
  ],
  read({ path, bytes }) {
    if (isPublishedPlace(path)) return [];
    const content = bytes();
    const form = storeIn(content) ?? binaryKeyIn(content, path);
    const forms = form === undefined ? textKeysIn(content.toString('latin1')) : [form];
    return [...new Set(forms)].map((detail) => ({ kind: 'private-key', detail }));
  },
});

function storeIn(content: Buffer): string | undefined {
  const store = isKeyStore(content);
  return store !== undefined && holdsPrivateEntry(content, store) ? store : undefined;
}

/** Keys without armour: what OpenSSL calls DER, and the host keys of Dropbear. */
function binaryKeyIn(content: Buffer, path: string): string | undefined {
  if (content.length < 40) return undefined;
  const isLong = content[0] === 0x30 && content[1] === 0x82;
  // A sequence that begins with a version is a key; a certificate begins with another sequence.
  if (isLong && content[4] === 0x02 && content[5] === 1 && (content[6] ?? 9) < 2 && isWhole(content)) return 'DER';
  const isDropbear =
    path.includes('dropbear_') &&
    content.readUInt32BE(0) <= longestTypeName &&
    /^(?:ssh|ecdsa)-/.test(content.toString('latin1', 4, 12));
  return isDropbear ? 'Dropbear' : undefined;
}

/** Of a key, as Dropbear writes it before the key. */
const longestTypeName = 32;

function isWhole(content: Buffer): boolean {
  return Math.abs(content.readUInt16BE(2) + 4 - content.length) <= 2;
}

/** Keys of one file that are told of. */
const most = 20;
/** The longest real armour has less than half of it. */
const longestArmour = 48_000;

function textKeysIn(text: string): string[] {
  const forms: string[] = [];
  const begin = /-----BEGIN (?:[A-Z\d]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/g;
  for (let match = begin.exec(text); match && forms.length < most; match = begin.exec(text)) {
    const end = text.indexOf('-----END', match.index);
    const armour = text.slice(
      match.index,
      end < 0 ? match.index + longestArmour : Math.min(end, match.index + longestArmour),
    );
    const key = readArmour(armour);
    if (key && !isPublished(key.bytes)) forms.push(`${formOf(match[0])}${key.isProtected ? ', encrypted' : ''}`);
    begin.lastIndex = match.index + Math.max(match[0].length, armour.length);
  }
  const putty = /^PuTTY-User-Key-File-\d: [\w@.-]{3,40}\s{1,2}Encryption: ([\w-]{1,40})/.exec(text);
  if (putty) forms.push(putty[1] === 'none' ? 'PuTTY' : 'PuTTY, encrypted');
  if (
    /^(?:Key: )?\s{0,4}\((?:protected-|shadowed-)?private-key/.test(text) ||
    /^[\w-]{1,20}: [^]{0,400}^Key: \((?:protected-)?private-key/m.test(text.slice(0, 600))
  )
    forms.push(/protected-private-key/.test(text.slice(0, 1000)) ? 'GnuPG, encrypted' : 'GnuPG');
  return forms;
}

function formOf(armour: string): string {
  if (armour.includes('OPENSSH')) return 'OpenSSH';
  if (armour.includes('PGP')) return 'OpenPGP';
  const [, algorithm] = /BEGIN (RSA|DSA|EC) /.exec(armour) ?? [];
  return algorithm === undefined ? 'PEM' : `PEM ${algorithm}`;
}
