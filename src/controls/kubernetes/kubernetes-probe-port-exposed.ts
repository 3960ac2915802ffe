import { defineControl } from '../../model/control.ts';
import { isObject, type JsonObject, type JsonValue, listIn, objectIn } from '../../model/json.ts';
import type { KeyPath } from '../../model/json.ts';
import type { PodContainerEntry, PodTemplate } from '../../model/kubernetes.ts';
import { byHand, changeObject, type FieldChange } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { containerWords } from './security-context.ts';
import { holdsPod, wholeContainers } from './workload-pod.ts';

export const kubernetesProbePortExposed = defineControl({
  id: 'kubernetes-probe-port-exposed',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Probes ask ports that their container declares', zh: '探针访问的端口已由容器声明' },
  why: {
    en: 'A probe of a port by a name that the container does not have never succeeds. A number that it does not declare is mostly a slip of the pen, or a port that nobody reading the manifest knows of.',
    zh: '若探针使用的端口名在容器中不存在，探测永远不会成功。未声明的端口号多半是笔误，或是读清单的人都不知道的端口。',
  },
  how: {
    en: 'The port of httpGet, tcpSocket and grpc of every liveness, readiness and startup probe is among the ports of its container: a name by its name, a number by its containerPort, for which another container of the pod does as well. Probes of another host are not asked.',
    zh: '每个存活、就绪、启动探针的 httpGet、tcpSocket、grpc 端口都须在其容器的 ports 中：名称按 name 比对，数字按 containerPort 比对，由同一 Pod 的其他容器声明亦可。指定了其他 host 的探针不作判断。',
  },
  references: {
    aliases: [
      'k8s-probe-port-exposed',
      'kube-linter:liveness-port',
      'kube-linter:readiness-port',
      'kube-linter:startup-port',
    ],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      ports:
        - containerPort: 8080
      livenessProbe:
        httpGet: { path: /healthy, port: 8081 }
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      ports:
        - containerPort: 8080
        - containerPort: 8081
      livenessProbe:
        httpGet: { path: /healthy, port: 8081 }
`,
  },
  appliesTo: holdsPod,

  judge(object) {
    return verdictsOn(undeclaredIn(object.pod), object, {
      en: 'Its probes ask ports that are declared.',
      zh: '其探针访问的端口均已声明。',
    });
  },

  remedy({ pod }, _context, failure) {
    const port = failure.evidence[0]?.value;
    // A port that is declared on the network of the node is taken there: only one pod of them fits on a node.
    if (typeof port !== 'number' || pod?.spec.hostNetwork === true) {
      return byHand({
        en: 'Name the port that the program listens on, and declare it among the ports of the container.',
        zh: '写明程序实际监听的端口，并在容器的 ports 中声明。',
      });
    }
    return changeObject(declarations(pod), {
      en: 'Declare the port, unless the probe names a wrong one.',
      zh: '声明该端口，除非是探针写错了端口。',
    });
  },
});

interface UndeclaredPort {
  readonly entry: PodContainerEntry;
  readonly value: JsonValue;
  readonly path: KeyPath;
  readonly message: Text;
}

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const questions = ['httpGet', 'tcpSocket', 'grpc'] as const;

function undeclaredIn(pod: PodTemplate | undefined): UndeclaredPort[] {
  const entries = wholeContainers(pod);
  const ports = entries.flatMap(({ value }) => tcpPortsOf(value));
  return entries.flatMap((entry) =>
    probes.flatMap((probe) =>
      questions.flatMap((question): UndeclaredPort[] => {
        const asked = objectIn(objectIn(entry.value, probe), question);
        const value = portOf(asked);
        if (value === undefined || isDeclared(value, typeof value === 'number' ? ports : tcpPortsOf(entry.value)))
          return [];
        const words = containerWords(entry);
        const message = {
          en: `${words.en} does not declare port ${value}, which its ${probe} asks.`,
          zh: `${words.zh} 未声明其 ${probe} 访问的端口 ${value}。`,
        };
        return [{ entry, value, path: [...entry.path, probe, question, 'port'], message }];
      }),
    ),
  );
}

/** A number, also one that is written as a text, or a name; undefined where it is neither, or of another host. */
function portOf({ port, host = '' }: JsonObject): number | string | undefined {
  if ((host !== '' && host !== null) || (typeof port !== 'number' && typeof port !== 'string')) return undefined;
  if (typeof port === 'number') return port;
  if (/^\d+$/.test(port)) return Number(port);
  // What a program is still to fill in is no name.
  return /^[a-z0-9-]+$/i.test(port) ? port : undefined;
}

function isDeclared(port: number | string, ports: readonly JsonObject[]): boolean {
  return ports.some(({ containerPort, name }) => (typeof port === 'number' ? containerPort : name) === port);
}

function tcpPortsOf(container: JsonObject): JsonObject[] {
  return listIn(container, 'ports')
    .filter(isObject)
    .filter(({ protocol }) => (protocol ?? 'TCP') === 'TCP');
}

/** Every number that is missing, appended to the ports of its container once. */
function declarations(pod: PodTemplate | undefined): FieldChange[] {
  const byContainer = Map.groupBy(undeclaredIn(pod), ({ entry }) => entry);
  return [...byContainer].flatMap(([entry, undeclared]): FieldChange[] => {
    const missing = [...new Set(undeclared.map(({ value }) => value).filter((value) => typeof value === 'number'))];
    const path = [...entry.path, 'ports'];
    const { length } = listIn(entry.value, 'ports');
    const ports = missing.map((containerPort) => ({ containerPort }));
    return length === 0 && ports.length > 0
      ? [{ path, value: ports }]
      : ports.map((value, index) => ({ path: [...path, length + index], value }));
  });
}
