/** What `/proc/PID/attr/current` says, in the words of the module that wrote it. */
export type SecurityLabel =
  | { readonly module: 'none' }
  | { readonly module: 'selinux'; readonly type: string }
  | { readonly module: 'apparmor'; readonly profile: string; readonly mode: string };

/** Reads `docker-default (enforce)`, `unconfined` and `system_u:system_r:container_t:s0:c1,c2`. */
export function parseSecurityLabel(text: string): SecurityLabel {
  if (text === '') return { module: 'none' };
  const type = selinuxType(text);
  if (type !== undefined) return { module: 'selinux', type };
  const [, profile = text, mode = 'unconfined'] = /^(.*) \(([a-z]+)\)$/.exec(text) ?? [];
  return { module: 'apparmor', profile, mode };
}

/** The type is the third part of an SELinux context; `undefined` when the text is no context. */
export function selinuxType(context: string): string | undefined {
  return /^[^\s:]+:[^\s:]+:([^\s:]+)(?::\S*)?$/.exec(context)?.[1];
}
