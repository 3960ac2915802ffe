/** Words of those who tell others to put something else there. */
const standIn =
  /placeholder|redacted|dummy|your[-_.]|(?:^|[-_.<])(?:your|my|some|the)[-_.]?(?:secret|token|key|password|pass|api)|insert[-_]|replace[-_]?(?:me|with|this)|(?:token|key|password|secret)[-_]?here|not[-_]?a?[-_]?(?:real|secret|valid)|(?:^|[-_.])(?:fake|mock)|x{5}|X{5}|\.\.\.|\*\*\*/i;

/** Words that nobody's secret has in it by chance, and every other example has. */
const exampleWords =
  /example|change[-_.]?(?:me|it|this)|sample|foo[-_]?bar|fake[-_]|deadbeef|0123456789abcdef|abcdef0?123456|1234567890|abcdefghij|qwerty(?:uiop)?$|aaaaaa|00000000|11111111|ffffffff/i;

/** A value that stands for another: a variable, a template, a call, a reference to a secret store. */
const reference =
  /^(?:\$[A-Za-z_({]|\$\$|%[A-Za-z_]\w*%|%[sdvr]|%\(|\{\{|\{%|<%|<[^<>]*>?|\{[\w.:-]*\}|@[A-Za-z_]\w*@|#\{|\[\[?\w*|`|!(?:Ref|Sub|GetAtt|vault|secret|env)|ENC[[(]|vault:|bao:|op:\/\/|ref\+|secretref:|keyring:|file:|env[:.(]|arn:aws|azurekeyvault:|@Microsoft\.KeyVault|projects\/|(?:process\.)?env\.|os\.(?:environ|getenv)|getenv|System\.|Environment\.|sm:\/\/|ssm:|kms:|awskms|gcpkms|AQICAH|\{cipher\}|\{(?:SSHA|SHA|MD5|CRYPT|bcrypt|PBKDF2)\d*\})/i;
const within = /\$\{|\{\{|\}\}|\$\(|<%|%>|#\{|%\{|\[REDACTED/i;

/** Whether a value stands for another one, which is not known here. */
export function isReference(value: string): boolean {
  return reference.test(value) || within.test(value);
}

/** Whether it says of itself that it is to be replaced. Somebody may use `changeme` all the same. */
export function isExample(value: string): boolean {
  return standIn.test(value);
}

/** Whether a value is no secret because it says so itself, or stands for one. */
export function isPlaceholder(value: string): boolean {
  return isReference(value) || isExample(value) || exampleWords.test(value) || hasRun(value);
}

/** Whether it is one of the words that stand for no value at all, or for a switch. */
export function isSetting(value: string): boolean {
  return /^(?:true|false|yes|no|on|off|enabled?|disabled?|none|null|nil|undefined|unset|unknown|empty|n\/a|todo|tbd|auto(?:matic)?|default|required|optional|always|never|hidden|prompt|ask|string|str|int|integer|bool(?:ean)?|bytes|object|any|number|text|password|passwd|secret|token|basic|bearer|plain(?:text)?|md5|sha\d+|hmac|rsa|dsa|ed25519|aes|jwt|oauth2?|saml|ldap|kerberos|cert(?:ificate)?|[*._x-]+)$/i.test(
    value,
  );
}

/** `aaaaaaa`, `12345678`, `abcdefgh`, `76543210`: seven characters or more that only count. */
function hasRun(value: string): boolean {
  let step = 2;
  let length = 1;
  for (let at = 1; at < value.length; at += 1) {
    const now = value.charCodeAt(at) - value.charCodeAt(at - 1);
    if (now === step && Math.abs(now) <= 1) length += 1;
    else {
      step = now;
      length = 2;
    }
    if (length >= 8) return true;
  }
  return false;
}
