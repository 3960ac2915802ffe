import { fileName } from './written-files.ts';

/** Whether a path is, by its name, a private key of SSH or a folder that holds some. */
export function isPrivateSshKey(path: string): boolean {
  const name = fileName(path);
  if (/\.pub(?:lic)?$/i.test(name)) return false;
  return (
    /(?:^|[._-])id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:[._-][\w.-]+)?$/i.test(name) ||
    /^ssh_host_\w+_key$/i.test(name) ||
    /_(?:rsa|ed25519|ecdsa)$/i.test(name) ||
    (/^(?:id_|\*?_?)(?:\*|rsa\*|ed25519\*)$/i.test(name) && isInSshFolder(path)) ||
    /^id_\*$/.test(name) ||
    /^(?:git(?:hub|lab)?[_-])?deploy[_-]?key(?:\.pem)?$/i.test(name) ||
    /^ssh[_-](?:private[_-])?key(?:\.pem)?$/i.test(name) ||
    /\.ppk$/i.test(name) ||
    /(?:^|\/)\.ssh\/?(?:\*|\.)?$/.test(path)
  );
}

function isInSshFolder(path: string): boolean {
  return /(?:^|\/)\.ssh\//.test(path);
}
