/** How a secret was recognised: by the form of its value, or by its name. Safe to show; the value never is. */
export type SecretRule = string;

interface FormatRule {
  readonly rule: SecretRule;
  /** Its first group, if it has one, is the secret itself: a placeholder there is none. */
  readonly pattern: RegExp;
}

/** Forms that issuers give their tokens, and places in a text where a password stands. */
const formats: readonly FormatRule[] = [
  { rule: 'private-key', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g },
  { rule: 'age-secret-key', pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/g },
  { rule: 'aws-access-key', pattern: /\b((?:AKIA|ASIA)[A-Z0-9]{16})\b/g },
  { rule: 'github-token', pattern: /\b(gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_\w{22,})\b/g },
  { rule: 'gitlab-token', pattern: /\b(gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent)-[\w-]{20,})/g },
  { rule: 'slack-token', pattern: /\b(xox[abeoprs]-[\w-]{10,}|xapp-\d-[\w-]{10,})/g },
  { rule: 'slack-webhook', pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/(\w+\/\w+\/\w+)/g },
  { rule: 'stripe-key', pattern: /\b([rs]k_live_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/]{24,})/g },
  { rule: 'google-api-key', pattern: /\b(AIza[\w-]{35})(?![\w-])/g },
  { rule: 'npm-token', pattern: /\b(npm_[A-Za-z0-9]{36})\b/g },
  { rule: 'pypi-token', pattern: /\b(pypi-[\w-]{50,})/g },
  { rule: 'docker-token', pattern: /\b(dckr_(?:pat|oat)_[\w-]{20,})/g },
  { rule: 'vault-token', pattern: /\b(hv[bs]\.[\w-]{24,})/g },
  { rule: 'sendgrid-key', pattern: /\b(SG\.[\w-]{22}\.[\w-]{43})/g },
  {
    rule: 'openai-key',
    pattern: /\b(sk-(?:proj|svcacct|admin)-[\w-]{20,}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})/g,
  },
  { rule: 'anthropic-key', pattern: /\b(sk-ant-[\w-]{20,})/g },
  { rule: 'hugging-face-token', pattern: /\b(hf_[A-Za-z0-9]{34})\b/g },
  { rule: 'digitalocean-token', pattern: /\b(do[oprt]_v1_[a-f0-9]{64})\b/g },
  { rule: 'shopify-token', pattern: /\b(shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32})\b/g },
  { rule: 'azure-storage-key', pattern: /\bAccountKey=([A-Za-z0-9+/]{86}==)/g },
  { rule: 'json-web-token', pattern: /\b(eyJ[\w-]{10,500}\.eyJ[\w-]{10,4000}\.[\w-]{10,})/g },
  { rule: 'url-password', pattern: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@?#]*:([^\s/@]+)@(?!sha256:)[^\s/]/gi },
  { rule: 'dsn-password', pattern: /(?:^|[\s"'=])[\w.-]+:([^\s/:@]+)@(?:tcp|unix)\(/g },
  { rule: 'authorization-header', pattern: /\bauthorization["']?\s*[:=]\s*["']?(?:basic|bearer)\s+([\w+/=.~-]{8,})/gi },
  { rule: 'connection-string', pattern: /(?:^|[;&?\s"'])(?:password|passwd|pwd)[ \t]*=[ \t]*([^;&\s"']+)/gi },
  {
    rule: 'quoted-password',
    pattern: /(?:^|[;&?\s"'])(?:password|passwd|pwd)[ \t]*=[ \t]*(?:"([^"$`]+)"|'([^'$`]+)')/gi,
  },
  { rule: 'quoted-password', pattern: /\[["'][\w.-]{0,60}passw(?:or)?d["']\][ \t]*=[ \t]*["']([^"'$`]+)["']/gi },
  {
    rule: 'json-password',
    pattern: /"(?:password|passwd|client_?secret|private_?key|access_?token|api_?key)"\s*:\s*"([^"]+)"/gi,
  },
  { rule: 'registry-login', pattern: /"auth"\s*:\s*"([A-Za-z0-9+/]{12,}={0,2})"/g },
];

/** What every one of the formats has in it somewhere. Most texts have none of it, and one look is quicker than many. */
const trace =
  /PRIVATE KEY|AGE-SECRET|AKIA|ASIA|gh[oprsu]_|github_pat_|gl[a-z]{2,5}-|xox[a-z]|xapp-|hooks\.slack|k_live_|whsec_|AIza|npm_|pypi-|dckr_|hv[bs]\.|SG\.|sk-|hf_|do[oprt]_v1_|shp[a-z]{2}_|AccountKey|eyJ|:\/\/|@(?:tcp|unix)\(|authorization|passw|pwd|client_?secret|private_?key|access_?token|api_?key|"auth"/i;

/** The rule by which a text holds a secret of a known form; undefined when it holds none. */
export function secretFormat(text: string): SecretRule | undefined {
  if (!trace.test(text)) return undefined;
  // Every match is looked at: a placeholder in front must not hide a password behind.
  return formats.find(({ pattern }) =>
    [...text.matchAll(pattern)].some(([whole, first, secret = first ?? whole]) => !isHarmless(secret)),
  )?.rule;
}

function isHarmless(secret: string): boolean {
  return isPlaceholder(secret) || isSetting(secret) || isPath(secret) || isExample(secret);
}

/** The rule by which a named value is a secret: the form of the value first, then what its name says of it. */
export function secretRule(name: string, value: string): SecretRule | undefined {
  return secretFormat(value) ?? (isSecretByName(name, value) ? 'name' : undefined);
}

/** Words that mean a password wherever they stand in a name. */
const passwordWords = /_(\w*(?:PASSWORD|PASSWD|PASSPHRASE)S?\d*|REQUIREPASS|MASTERAUTH)_|._PWD_|_PASS_$/;
const passwordEnd = /(?:PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|MASTERAUTH)S?\d*_$/;
/** Words that mean a secret at the end of a name, and may mean something else in front: SECRET_NAME, TOKEN_TTL. */
const secretWords =
  /(?:SECRETS?|TOKEN|CREDENTIALS?|(?:API|ACCESS|PRIVATE|ENCRYPTION|SIGNING|MASTER|ACCOUNT|AUTH)_?KEY)\d*_/g;
/** What may follow a secret word without changing its meaning. */
const neutralEnd =
  /^(?:(?:KEYS?|BASE|VALUE|STRING|PLAIN|RAW|TEXT|BASE64|B64|PROD|PRODUCTION|DEV|DEVELOPMENT|TEST|STAGING|LIVE|PRIMARY|SECONDARY|MAIN|OLD|NEW|CURRENT|PREVIOUS|NEXT|DEFAULT|[A-Z]|\d+)_)*$/;
/** Ends of names that say something about a secret, not the secret. */
const aboutSecret =
  /_(?:ALGORITHM|ALG|ARN|ATTRIBUTE|AUDIENCE|AUTHENTICATION|CHECKSUM|CLAIM|COLUMN|COMPLEXITY|COUNT|DIGEST|ENABLED|DISABLED|ENCODER|ENCODING|ENCRYPTION|ENDPOINT|EXPIRATION|EXPIRES|EXPIRY|FIELD|FORMAT|HEADER|HELPER|HISTORY|HOST|HOSTNAME|ID|INTERVAL|ISSUER|KIND|LABEL|LENGTH|LIFETIME|LIMIT|MAX|METHOD|MIN|MODE|NAME|NAMESPACE|PLUGIN|POLICY|PORT|PREFIX|PROVIDER|REALM|REF|REGION|REQUIRED|RESET|ROTATION|SCOPE|SHA1|SHA256|SHA512|SIZE|STORE|STRENGTH|SUFFIX|TIMEOUT|TTL|TYPE|URI|URL|USER|USERNAME|VALIDATION|VALIDATOR|VERSION)_$/;
const fileEnd = /_(?:FILE|FILES|FILENAME|PATH|DIR|DIRECTORY|LOCATION)_$/;

/** What every name of a secret has in it somewhere. */
const nameTrace = /pass|pwd|secret|token|credential|key|masterauth/i;

function isSecretByName(name: string, value: string): boolean {
  if (!nameTrace.test(name)) return false;
  const words = wordsOf(name);
  const isPassword = passwordWords.test(words);
  const ends = [...words.matchAll(secretWords)].map((match) => words.slice(match.index + match[0].length));
  if ((!isPassword && ends.length === 0) || isSetting(value) || isPlaceholder(value)) return false;
  if (fileEnd.test(words)) return !isFileName(value) && (isPassword || isRandom(value));
  if (aboutSecret.test(words) || isPath(value) || isPlainUrl(value)) return false;
  if (isNumber(value) && !passwordEnd.test(words)) return false;
  if (isPassword) return true;
  if (/_PUBLI(C|SHABLE)_/.test(words)) return false;
  return ends.some((end) => neutralEnd.test(end)) || isRandom(value);
}

/** `dbPassword`, `db-password` and `DB_PASSWORD` are all `_DB_PASSWORD_`. */
function wordsOf(name: string): string {
  // A name is short; what is longer only costs time.
  const words = name
    .slice(0, 200)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return `_${words.join('_').toUpperCase()}_`;
}

/** A switch or nothing: says whether, not what. */
function isSetting(value: string): boolean {
  return /^(true|false|yes|no|on|off|enabled?|disabled?|0|1|auto|default|required|optional|always|never|)$/i.test(
    value.trim(),
  );
}

/** A number, a duration or a size. A password may be one all the same. */
function isNumber(value: string): boolean {
  return /^\d+(\.\d+)?\s*(ms|s|m|h|d|[kmg]i?b?)?$/i.test(value.trim());
}

/** A value that stands for another: a variable, a template, a reference to a secret store, a gap to fill in. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text.length > 1000) return false;
  const variable = /^\$\{\w+(?::?([-?+=])(.*))?\}$/s.exec(text);
  if (variable) return variable[1] !== '-' || isSetting(variable[2] ?? '') || isPlaceholder(variable[2] ?? '');
  return (
    /^\$[A-Z_][A-Z0-9_]*$/.test(text) ||
    /^(\$\(|`|\$__\w{1,20}\{|%[A-Z_]+%|%[sdv]$|\{\{|\{\w*\}$|<[^<>]*>|\$\{|\[redacted|ENC[([])/i.test(text) ||
    /^(\*+|x{3,}|\.{3,}|_+|-+)$/i.test(text) ||
    /^(null|nil|none|undefined|unset|n\/a|todo|tbd|redacted|placeholder)$/i.test(text) ||
    /^(your|insert|enter|replace)[-_ ]/i.test(text) ||
    /^(vault:|bao:|op:\/\/|ref\+\w+:\/\/|secretref:|keyring:|file:|arn:aws[\w-]*:(secretsmanager|ssm):|azurekeyvault:\/\/|@Microsoft\.KeyVault\(|projects\/[^/]+\/secrets\/)/i.test(
      text,
    )
  );
}

/** A token from a manual. */
function isExample(value: string): boolean {
  return /EXAMPLE|X{8}|x{8}|0{12}/.test(value);
}

/** A path, of which secrets beginning with a slash are told apart by their characters. */
export function isPath(value: string): boolean {
  const text = value.trim();
  return /^(\/|\.{1,2}\/|~\/|\$HOME\/|[A-Za-z]:[\\/])[\w.@%:\\/ -]*$/.test(text) && !isRandom(text.replace(/^\//, ''));
}

/** A path, or a file's name with an ending. */
function isFileName(value: string): boolean {
  return isPath(value) || /^[\w@-]+(\.[\w@-]+)*(\.[A-Za-z]\w{0,4}|(\/[\w.@-]+)+\/?)$/.test(value.trim());
}

function isPlainUrl(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s@]+$/i.test(value.trim());
}

/** Long, of one word, with letters and digits mixed: nobody writes that by hand. */
function isRandom(value: string): boolean {
  return /^[\w+/=.~-]{16,}$/.test(value) && !value.slice(0, -1).includes('/')
    ? (value.match(/\d/g) ?? []).length >= 2 && (value.match(/[A-Za-z]/g) ?? []).length >= 4
    : false;
}
