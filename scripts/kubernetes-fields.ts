import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/*
 * The fields of the Kubernetes API, from the package kubernetes-types and a list of what is newer than it.
 *
 *   node scripts/kubernetes-fields.ts            writes the table
 *   node scripts/kubernetes-fields.ts --check    writes nothing, and fails when the table is stale
 */

const target = join(import.meta.dirname, '../src/sources/files/kubernetes/known-fields.ts');

/** The kinds whose fields are known, by the module of the package that has them. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'core/v1': [
    'ConfigMap',
    'LimitRange',
    'Namespace',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'apps/v1': ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'batch/v1': ['CronJob', 'Job'],
  'networking/v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'rbac/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'policy/v1': ['PodDisruptionBudget'],
  'scheduling/v1': ['PriorityClass'],
  'node/v1': ['RuntimeClass'],
  'storage/v1': ['StorageClass'],
};

/** Fields that came after the version of the package, with the version that brought them. */
const newer: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PodSpec: {
    resources: 'ResourceRequirements', // 1.32
    hostnameOverride: 'string', // 1.34
    workloadRef: 'any', // 1.35
    schedulingGroup: 'any', // 1.36
  },
  PodSecurityContext: {
    supplementalGroupsPolicy: 'string', // 1.31
    seLinuxChangePolicy: 'string', // 1.32
  },
  Container: { restartPolicyRules: '[]ContainerRestartRule' }, // 1.34
  EphemeralContainer: { restartPolicyRules: '[]ContainerRestartRule' },
  ContainerRestartRule: { action: 'string', exitCodes: 'ContainerRestartRuleOnExitCodes' },
  ContainerRestartRuleOnExitCodes: { operator: 'string', values: '[]integer' },
  Lifecycle: { stopSignal: 'string' }, // 1.33
  Volume: { image: 'ImageVolumeSource' }, // 1.31
  ImageVolumeSource: { reference: 'string', pullPolicy: 'string' },
  ResourceClaim: { request: 'string' }, // 1.31
  PodResourceClaim: { resourceClaimName: 'string', resourceClaimTemplateName: 'string' }, // 1.31
  EnvVarSource: { fileKeyRef: 'FileKeySelector' }, // 1.34
  FileKeySelector: { volumeName: 'string', path: 'string', key: 'string', optional: 'boolean' },
  VolumeProjection: { podCertificate: 'any' }, // 1.34
  HPAScalingRules: { tolerance: 'quantity' }, // 1.33
};

const plainTypes: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'integer',
  boolean: 'boolean',
  'number | string': 'integer-or-string',
  Quantity: 'quantity',
  Time: 'string',
  MicroTime: 'string',
  FieldsV1: 'any',
  RawExtension: 'any',
};

const root = dirname(createRequire(import.meta.url).resolve('kubernetes-types/package.json'));
const table = new Map<string, Map<string, string>>();
const modules = new Map<string, string>();

for (const [module, names] of Object.entries(kinds)) for (const name of names) add(name, module);
for (const [type, fields] of Object.entries(newer)) {
  const known = table.get(type) ?? new Map<string, string>();
  table.set(type, new Map([...known, ...Object.entries(fields)]));
}

const text = render();
const before = existsSync(target) ? readFileSync(target, 'utf8') : '';
if (before !== text) {
  if (process.argv.includes('--check')) {
    process.stderr.write('stale: src/sources/files/kubernetes/known-fields.ts\n');
    process.exitCode = 1;
  } else writeFileSync(target, text);
}

/** Adds a type of a module, and every type that it is made of. */
function add(name: string, module: string): void {
  const other = modules.get(name);
  if (other !== undefined && other !== module) throw new Error(`${name} is in ${other} and in ${module}`);
  if (other !== undefined) return;
  modules.set(name, module);
  const source = readFileSync(join(root, `${module}.d.ts`), 'utf8');
  const body = new RegExp(String.raw`^export interface ${name} \{\n([\s\S]*?)^\}`, 'm').exec(source)?.[1];
  if (body === undefined) throw new Error(`no type ${name} in ${module}`);
  const fields = new Map<string, string>();
  table.set(name, fields);
  const plain = body.replaceAll(/\/\*\*[\s\S]*?\*\//g, '');
  for (const [, field = '', written = ''] of plain.matchAll(
    /^ {4}(?:readonly )?"?([\w$-]+)"?\??: ([^;{]+|\{[^}]*\});/gm,
  )) {
    // What the cluster itself writes down is no matter of a manifest.
    fields.set(field, field === 'status' ? 'any' : typeOf(written.trim(), module, source));
  }
}

function typeOf(written: string, module: string, source: string): string {
  if (written.startsWith('"')) return `=${JSON.parse(written) as string}`;
  const plain = plainTypes[written];
  if (plain !== undefined) return plain;
  const list = /^Array<(.+)>$/.exec(written)?.[1] ?? /^(.+)\[\]$/.exec(written)?.[1];
  if (list !== undefined) return `[]${typeOf(list, module, source)}`;
  const map = /^\{\s*\[name: string\]: ([^;]+);\s*\}$/.exec(written)?.[1];
  if (map !== undefined) return `{}${typeOf(map, module, source)}`;
  if (!/^\w+$/.test(written)) throw new Error(`a type of an unknown form: ${written}`);
  const from = new RegExp(String.raw`^import \{[^}]*\b${written}\b[^}]*\} from "\.\./([^"]+)"`, 'm').exec(source)?.[1];
  add(written, from ?? module);
  return written;
}

function render(): string {
  const lines = [...table]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([type, fields]) => {
      const entries = [...fields].toSorted(([left], [right]) => (left < right ? -1 : 1));
      return [type, ...entries.map(([field, is]) => `${field}:${is}`)].join(' ');
    });
  return `// Generated by scripts/kubernetes-fields.ts. Do not edit.

/**
 * A type a line: its name, then each field with what it holds. \`[]\` is a list, \`{}\` a map with any keys, and \`=\` the
 * one text that it may be.
 */
export const knownFields = \`
${lines.join('\n')}
\`;
`;
}
