/** Files that an image should not hold, or that say something of it. */
export const notableKinds = [
  'setuid',
  'setgid',
  'file-capability',
  'world-writable',
  'private-key',
  'authorized-keys',
  'sudo-rule',
  'package-cache',
  'package-credentials',
  'ssh-server',
  'empty-password',
  'second-root',
  'duplicate-id',
  'unneeded',
  'tool',
  'changed-package-file',
] as const;
export type NotableKind = (typeof notableKinds)[number];

export interface NotableFile {
  readonly kind: NotableKind;
  /** With a leading slash. */
  readonly path: string;
  readonly layer: number;
  /**
   * What makes it one, in words of the file itself and never a secret: `0o4755 root`, `cap_net_raw=ep`, the account's name, `compiler gcc`,
   * the name of the field that holds a password.
   */
  readonly detail: string;
  /** Bytes; of a folder that stands for what is in it, the bytes of those files. */
  readonly size: number;
  /** The purl of the operating system's package that it belongs to. */
  readonly ownedBy?: string;
  /** A later layer deleted or replaced it. Kept only where it matters even so: keys, credentials, caches. */
  readonly deleted?: true;
}
