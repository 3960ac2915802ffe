/** What a name says of its value: a password, which people think up, or a key or token, which machines make. */
export type NamedKind = 'password' | 'secret';

const passwordWord =
  /^(?:.{0,40}(?:PASSWORD|PASSWD|PASSPHRASE|PASSWORT|PASSCODE)|.{0,12}PWD|PASS|DBPASS|USERPASS|MASTERAUTH|REQUIREPASS|BINDPW|ROOTPW|ADMINPW|PSK)$/;
const secretWord =
  /^(?:.{0,24}(?:SECRET|TOKEN|APIKEY|SECRETKEY|ACCESSKEY|AUTHKEY|PRIVATEKEY|ENCRYPTIONKEY|SIGNINGKEY|MASTERKEY|CREDENTIAL|CREDENTIALS)|SECRETS|TOKENS|KEYS?)$/;
/** What makes a secret of a KEY. */
const beforeKey =
  /^(?:API|APP|APPLICATION|ACCESS|AUTH|AUTHENTICATION|SECRET|PRIVATE|ENCRYPTION|ENCRYPT|DECRYPTION|CRYPTO|CRYPT|AES|HMAC|SIGNING|SIGN|SIGNATURE|MASTER|ACCOUNT|CLIENT|SERVICE|STORAGE|ADMIN|SESSION|JWT|COOKIE|SHARED|SUBSCRIPTION|WEBHOOK|DEPLOY|INTEGRATION|LICENSE|VAULT|RECOVERY)$/;
/** What may follow without changing the meaning. */
const neutral =
  /^(?:KEYS?|BASE|VALUE|STRING|PLAIN|RAW|TEXT|BASE64|B64|PROD|PRODUCTION|DEV|DEVELOPMENT|STAGING|STAGE|LIVE|PRIMARY|SECONDARY|MAIN|OLD|NEW|CURRENT|PREVIOUS|ROOT|ADMIN|USER|DB|DEFAULT|[A-Z]|\d+)$/;
/** What says that it is about a secret, is shown to everybody, or holds for one request only. */
const harmless =
  /^(?:PUBLIC|PUBLISHABLE|PUB|CSRF|XSRF|NEXT|PAGE|PAGINATION|CONTINUATION|CANCELLATION|CANCEL|HASH|HASHED|SHA|SHA1|SHA256|SHA512|MD5|DIGEST|CHECKSUM|FINGERPRINT|INTEGRITY|SALT|NONCE|ETAG|RESUME|SYNC|IDEMPOTENCY|REQUEST|PRIMARYKEY|FOREIGN|CACHE|SORT|PARTITION|ROUTING|REGISTRY|ENCRYPTED|CRYPTED|CIPHER|OBFUSCATED|EXAMPLE|FAKE|DUMMY|MOCK|INVALID|WRONG|EXPECTED|BAD|NO|NOPASS\w*|DISABLED?|ENABLED?|ALLOW|EMPTY|REQUIRED?|RANDOM|GENERATE|FORGOT|FORGOTTEN|CONFIRM|SHOW|HIDE|TOGGLE|PROMPT|ASK|LEX|LEXER|PARSER|SYNTAX|HOST|SITE)$/;

/** What the whole name of a value says of it; undefined where it says nothing, or that it is none. */
export function kindOfName(name: string): NamedKind | undefined {
  const words = wordsOf(name);
  if (words.some((word) => harmless.test(word))) return undefined;
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const word = words[at] ?? '';
    if (passwordWord.test(word)) return 'password';
    if (secretWord.test(word)) {
      const isBareKey = word === 'KEY' || word === 'KEYS';
      if (!isBareKey || beforeKey.test(words[at - 1] ?? '')) return 'secret';
    }
    if (!neutral.test(word)) return undefined;
  }
  return undefined;
}

/** `dbPassword`, `db-password` and `DB_PASSWORD` are all DB, PASSWORD. */
function wordsOf(name: string): string[] {
  return name
    .slice(-100)
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .split(/[^A-Z\d]+/)
    .filter((word) => word !== '');
}
