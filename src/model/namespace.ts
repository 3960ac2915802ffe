/** The kernel's namespaces that a container can have of its own or share. */
export const namespaceKinds = ['network', 'pid', 'ipc', 'uts', 'user', 'cgroup'] as const;
export type NamespaceKind = (typeof namespaceKinds)[number];
