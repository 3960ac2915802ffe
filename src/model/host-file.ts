/** What a file of the host is for. Where it stands is taken from the engine's own configuration. */
export const hostFileRoles = [
  'engine-service-unit',
  'engine-socket-unit',
  'engine-configuration-folder',
  'engine-configuration',
  'engine-defaults',
  'engine-sysconfig',
  'engine-socket',
  'engine-data',
  'engine-program',
  'containerd-program',
  'containerd-shim',
  'containerd-socket',
  'containerd-run',
  'containerd-configuration',
  'runc-program',
  'registry-certificate',
  'tls-ca-certificate',
  'tls-certificate',
  'tls-key',
] as const;
export type HostFileRole = (typeof hostFileRoles)[number];

export type FileKind = 'file' | 'folder' | 'socket' | 'other';

/** What `stat` says of a file, links followed. */
export interface FileStatus {
  /** As it is called where it is named. */
  readonly path: string;
  /** Behind every link. */
  readonly realPath: string;
  readonly kind: FileKind;
  readonly uid: number;
  readonly gid: number;
  /** The twelve bits of the mode: `0o644`, `0o4755`. */
  readonly mode: number;
}
