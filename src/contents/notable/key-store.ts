export type KeyStore = 'JKS' | 'JCEKS' | 'PKCS#12';

const jks = 0xfe_ed_fe_ed;
const jceks = 0xce_ce_ce_ce;
const trusted = 2;
/** Entries of a store that are looked at. */
const most = 2000;

/** By how it begins. */
export function isKeyStore(content: Buffer): KeyStore | undefined {
  if (content.length < 32) return undefined;
  const first = content.readUInt32BE(0);
  if (first === jks) return 'JKS';
  if (first === jceks) return 'JCEKS';
  if (content[0] !== 0x30) return undefined;
  // A sequence of any length that begins with the version 3.
  const lengthBytes = (content[1] ?? 0) < 0x80 ? 0 : (content[1] ?? 0) & 0x7f;
  const at = 2 + lengthBytes;
  const isVersion3 = content[at] === 0x02 && content[at + 1] === 1 && content[at + 2] === 3 && content[at + 3] === 0x30;
  return lengthBytes <= 4 && isVersion3 ? 'PKCS#12' : undefined;
}

/** `keyBag` and `pkcs8ShroudedKeyBag` of RFC 7292, as they are written in DER but for their last number. */
const keyBags = Buffer.from('060b2a864886f70d010c0a01', 'hex');

/** Whether there is a private key in it, and not only certificates that are trusted. */
export function holdsPrivateEntry(content: Buffer, store: KeyStore): boolean {
  if (store !== 'PKCS#12') return hasKeyEntry(content);
  for (let at = content.indexOf(keyBags); at >= 0; at = content.indexOf(keyBags, at + 1)) {
    const bag = content[at + keyBags.length];
    if (bag === 1 || bag === 2) return true;
  }
  return false;
}

/** Walks over the certificates in front; what is neither cut off nor a certificate is a key. */
function hasKeyEntry(content: Buffer): boolean {
  const count = Math.min(content.readUInt32BE(8), most);
  let at = 12;
  for (let entry = 0; entry < count && at + 6 <= content.length; entry += 1) {
    if (content.readUInt32BE(at) !== trusted) return true;
    at += 6 + content.readUInt16BE(at + 4) + 8;
    if (at + 2 > content.length) return false;
    at += 2 + content.readUInt16BE(at);
    if (at + 4 > content.length) return false;
    at += 4 + content.readUInt32BE(at);
  }
  return false;
}
