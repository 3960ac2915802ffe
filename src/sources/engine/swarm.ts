import { X509Certificate } from 'node:crypto';
import type { EngineInfo } from '../../model/engine.ts';
import { type Fact, known, type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import { Secret } from '../../model/secret.ts';
import type { SwarmFacts, SwarmNode, SwarmService } from '../../model/swarm.ts';
import type { Text } from '../../model/text.ts';
import { promisedList, promisedObject } from './promised.ts';
import { booleanAt, isObject, numberAt, objectAt, stringAt, stringsAt, listAt, textAt } from './reading.ts';

/** Asks one path of the engine; what it refuses is an unreadable fact. */
export type Ask = <T>(path: string, read: (answer: JsonValue) => T) => Promise<Fact<T>>;

const infoPath = 'GET /info Swarm';

/** What is known of the swarm, asked only where the engine is in one. A worker is told nothing. */
export async function readSwarm(info: Fact<EngineInfo>, ask: Ask): Promise<Fact<SwarmFacts | null>> {
  if (!info.known) return info;
  const { swarm: state = '' } = info.value;
  if (state === '' || state === 'inactive') return known(null, info.source, infoPath);
  if (state !== 'active') return outOfOrder(state);
  if (info.value.swarmManager !== true) return known({ manager: false, ...untold }, info.source, infoPath);
  const [cluster, nodes, services] = await Promise.all([
    ask('/swarm', readCluster),
    ask('/nodes', readNodes),
    ask('/services', readServices),
  ]);
  const told: SwarmFacts = {
    manager: true,
    ...managementPortOf(info.value),
    autolock: part(cluster, 'autolock', 'Spec.EncryptionConfig.AutoLockManagers'),
    certificateLifetime: part(cluster, 'certificateLifetime', 'Spec.CAConfig.NodeCertExpiry'),
    authorityEnds: part(cluster, 'authorityEnds', 'TLSInfo.TrustRoot'),
    ...(cluster.known && cluster.value.authorityRotates ? { authorityRotates: true } : {}),
    nodes,
    services,
  };
  return known(told, info.source, infoPath);
}

/** The swarm is there, and this node cannot take part in it. */
function outOfOrder(state: string): UnreadableFact {
  const isLocked = state === 'locked';
  return unreadable(
    'engine-api',
    infoPath,
    { en: `this node belongs to a swarm and is ${state} there`, zh: `本节点属于某个 swarm，但处于 ${state} 状态` },
    isLocked
      ? { en: 'unlock it: docker swarm unlock', zh: '解锁：docker swarm unlock' }
      : { en: 'bring the node back into its swarm', zh: '让该节点恢复加入 swarm' },
  );
}

const managersOnly: Text = {
  en: 'this node is a worker, and only managers can be asked',
  zh: '本节点是工作节点，只能向管理节点查询',
};
const runThere: Text = { en: 'audit a manager of this swarm', zh: '请审计该 swarm 的管理节点' };
const notForWorkers = (path: string) => unreadable('engine-api', `GET ${path}`, managersOnly, runThere);

const untold = {
  autolock: notForWorkers('/swarm'),
  certificateLifetime: notForWorkers('/swarm'),
  authorityEnds: notForWorkers('/swarm'),
  nodes: notForWorkers('/nodes'),
  services: notForWorkers('/services'),
};

/** Managers listen on the port by which the others know them. */
function managementPortOf({ swarmNode, swarmManagers = [] }: EngineInfo): { managementPort?: number } {
  const address = swarmManagers.find(({ node }) => node === swarmNode)?.address;
  const port = Number(/:(\d{1,5})$/.exec(address ?? '')?.[1]);
  return port > 0 ? { managementPort: port } : {};
}

interface Cluster {
  readonly autolock?: boolean | undefined;
  readonly certificateLifetime?: number | undefined;
  readonly authorityEnds?: number | undefined;
  readonly authorityRotates: boolean;
}

function readCluster(answer: JsonValue): Cluster {
  const cluster = promisedObject(answer, '/swarm');
  const specification = objectAt(cluster, 'Spec');
  const nanoseconds = numberAt(objectAt(specification, 'CAConfig'), 'NodeCertExpiry') ?? 0;
  return {
    autolock: booleanAt(objectAt(specification, 'EncryptionConfig'), 'AutoLockManagers'),
    // None is written as 0, and then the engine takes a default of its own.
    certificateLifetime: nanoseconds > 0 ? nanoseconds / 1e6 : undefined,
    authorityEnds: authorityEnd(objectAt(cluster, 'TLSInfo')),
    authorityRotates: booleanAt(cluster, 'RootRotationInProgress') ?? false,
  };
}

/** One field of the cluster; one that the engine left out is unreadable, not a default. */
function part<K extends 'autolock' | 'certificateLifetime' | 'authorityEnds'>(
  cluster: Fact<Cluster>,
  key: K,
  field: string,
): Fact<NonNullable<Cluster[K]>> {
  if (!cluster.known) return cluster;
  const path = `${cluster.path} ${field}`;
  const value = cluster.value[key];
  if (value !== undefined) return known<NonNullable<Cluster[K]>>(value, cluster.source, path);
  return unreadable(
    cluster.source,
    path,
    { en: 'the engine does not say it in a form that can be read', zh: '引擎未以可读的形式给出' },
    { en: 'look at the output of docker info by hand', zh: '请人工查看 docker info 的输出' },
  );
}

/**
 * When the certificate of the authority that issues ends. While it changes, the old and the new one are trusted side
 * by side: the issuer's key tells which is which, and without it the first to end counts.
 */
function authorityEnd(tls: JsonValue): number | undefined {
  const bundle = stringAt(tls, 'TrustRoot') ?? '';
  const texts = bundle.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  const certificates = texts.flatMap(certificateIn);
  const issuer = stringAt(tls, 'CertIssuerPublicKey');
  const issuing = certificates.filter(({ key }) => key === issuer);
  const ends = (issuing.length > 0 ? issuing : certificates).map((each) => each.ends).filter(Number.isFinite);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

function certificateIn(text: string): { key: string; ends: number }[] {
  try {
    const certificate = new X509Certificate(text);
    const key = certificate.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    return [{ key, ends: certificate.validToDate.getTime() }];
  } catch {
    return [];
  }
}

function readNodes(answer: JsonValue): SwarmNode[] {
  return promisedList(answer, '/nodes')
    .filter((node) => isObject(node))
    .map((node) => ({
      id: stringAt(node, 'ID') ?? '',
      name: textAt(objectAt(node, 'Description'), 'Hostname') ?? stringAt(node, 'ID') ?? '',
      role: stringAt(objectAt(node, 'Spec'), 'Role') === 'manager' ? 'manager' : 'worker',
    }));
}

function readServices(answer: JsonValue): SwarmService[] {
  return promisedList(answer, '/services')
    .filter((service) => isObject(service))
    .map((service) => {
      const specification = objectAt(service, 'Spec');
      const container = objectAt(objectAt(specification, 'TaskTemplate'), 'ContainerSpec');
      return {
        id: stringAt(service, 'ID') ?? '',
        name: stringAt(specification, 'Name') ?? '',
        environment: stringsAt(container, 'Env').map(readVariable),
        secrets: listAt(container, 'Secrets').flatMap((each) => textAt(each, 'SecretName') ?? []),
      };
    });
}

function readVariable(text: string): SwarmService['environment'][number] {
  const equals = text.indexOf('=');
  return equals === -1
    ? { name: text, value: new Secret('') }
    : { name: text.slice(0, equals), value: new Secret(text.slice(equals + 1)) };
}
