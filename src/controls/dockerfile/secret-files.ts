import { fileName } from './written-files.ts';

/** Copies that only show which entries a real one has. */
const samples =
  /(?:^|[._-])(?:example|examples|sample|template|tmpl|tpl|dist|defaults?|schema|enc|encrypted|gpg|age|sops|j2|erb|spec|d\.ts|md)(?:$|[._-])/i;

const names: readonly RegExp[] = [
  /^\.env(?:[.*_-].*)?$/,
  /^[\w-]+(?:\.[\w-]+)*\.env$/,
  /^\.npmrc$/,
  /^\.pypirc$/,
  /^[._]netrc$/,
  /^\.git-credentials$/,
  /^\.(?:docker(?:cfg|configjson)|pgpass|my\.cnf|boto|s3cfg|vault-token|htpasswd)$/,
  /^kubeconfig(?:[._-][\w.-]+)?$/,
  /^[\w-]+[._-]kubeconfig(?:\.ya?ml)?$/,
  /^\.kube$/,
  /^\.aws$/,
  /^credentials\.(?:json|ya?ml|csv|ini|toml)$/,
  /^(?:application_default_credentials|client[_-]?secrets?[\w.-]*|(?:[\w-]+[_-])?service[_-]?account(?:[_-]?key)?(?:[_-][\w-]+)?|[\w-]*firebase-adminsdk[\w-]*|(?:gcp|gcloud|google)[_-](?:key|credentials))\.json$/i,
  /^\.?secrets?\.(?:ya?ml|json|toml|env|properties|txt|ini)$/,
  /^terraform\.tfstate(?:\.backup)?$/,
  /^(?:master|production|staging)\.key$/,
  /^[\w.-]+\.(?:p12|pfx|kdbx|jks|keystore)$/i,
];

const publicKeys =
  /(?:^|[._-])(?:pub|public|gpg|apt|rpm|repo|repository|archive|release|signing|keyring|ca|cacert|cert|certs|chain|fullchain|bundle|trusted|truststore|root)(?:$|[._-])/i;

/** Whether a file keeps secrets, by its path: settings with passwords, logins of tools, private keys. Keys of SSH are left out. */
export function isSecretFile(path: string): boolean {
  const name = fileName(path);
  if (samples.test(name)) return false;
  if (names.some((pattern) => pattern.test(name)))
    return !/^(?:trust|ca)/i.test(name) || !/\.(?:p12|jks|keystore)$/i.test(name);
  return (
    isPrivateKey(name) ||
    /(?:^|\/)\.?aws\/(?:credentials|\*)$/.test(path) ||
    /(?:^|\/)\.docker\/config\.json$/.test(path) ||
    /(?:^|\/)\.kube\/(?:config|\*)$/.test(path) ||
    /(?:^|\/)\.config\/(?:gcloud|gh\/hosts\.yml)(?:$|\/)/.test(path) ||
    /(?:^|\/)\.azure$/.test(path)
  );
}

/** `server.key`, `privkey.pem`, `tls-key.pem`: with the word key and without one that says public. */
function isPrivateKey(name: string): boolean {
  if (publicKeys.test(name.replace(/\.(?:key|pem)$/i, ''))) return false;
  return /^[\w.-]+\.key$/i.test(name) || /^(?:[\w.-]*[._-])?(?:priv(?:ate)?[._-]?)?key[\w-]*\.pem$/i.test(name);
}
