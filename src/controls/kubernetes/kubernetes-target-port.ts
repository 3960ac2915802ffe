import { defineControl } from '../../model/control.ts';
import { isObject, type JsonObject, type JsonValue, type KeyPath, listIn, objectIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { podsSelectedBy } from './selected-pods.ts';
import { holdsWholePod } from './whole-pod.ts';
import { lastingContainers } from './workload-pod.ts';

export const kubernetesTargetPort = defineControl({
  id: 'kubernetes-target-port',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'Services lead to ports that their pods have', zh: 'Service 指向其 Pod 具有的端口' },
  why: {
    en: 'A Service that leads to a port where nothing listens refuses every connection, though all of its pods are healthy.',
    zh: '指向无人监听端口的 Service 会拒绝所有连接，尽管其 Pod 全部健康。',
  },
  how: {
    en: 'targetPort, or port where it is absent, is a number from 1 to 65535 or a name that the API accepts. A name is one of the ports of a pod that the Service selects. Numbers need not be declared by pods: they fail only where every pod declares ports, and not one port of the Service is among them. Pods are looked for among what was read together.',
    zh: 'targetPort（未设置时为 port）应为 1 到 65535 的数字，或 API 接受的名称。名称须为所选 Pod 的端口之一。数字不要求 Pod 声明：仅当所有 Pod 都声明了端口，而 Service 的端口无一在列时才判为未通过。Pod 从一并读取的内容中查找。',
  },
  references: {
    aliases: ['k8s-target-port', 'kube-linter:invalid-target-ports'],
    links: ['https://kubernetes.io/docs/concepts/services-networking/service/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
      targetPort: '8080'
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
      targetPort: 8080
`,
  },
  appliesTo: ({ group, kind, value }) =>
    group === '' && kind === 'Service' && objectIn(value, 'spec').type !== 'ExternalName',

  judge(object) {
    return verdictsOn(breachesIn(object), object, {
      en: 'Its ports can lead to its pods.',
      zh: '其端口可以通往其 Pod。',
    });
  },

  remedy(object) {
    const numbers = portsIn(object).flatMap(({ target, path }) => {
      const number = typeof target === 'string' && /^\d{1,5}$/.test(target) ? Number(target) : 0;
      return isNumber(number) ? [{ path, value: number }] : [];
    });
    if (numbers.length > 0 && numbers.length === breachesIn(object).length) {
      return changeObject(numbers, { en: 'Write the number without quotes.', zh: '数字不加引号。' });
    }
    return byHand({
      en: 'Name a port on which the container listens, by its number or by its name in ports.',
      zh: '指定容器实际监听的端口，可用数字，或用其 ports 中的名称。',
    });
  },
});

interface Port {
  readonly target: JsonValue | undefined;
  /** Where the target stands, or would. */
  readonly path: KeyPath;
}

/** Where each port of a Service leads. */
function portsIn({ value }: KubernetesObject): Port[] {
  return listIn(value.spec, 'ports').flatMap((port, index): Port[] => {
    if (!isObject(port)) return [];
    const path = ['spec', 'ports', index];
    // Written as 0 or as nothing, it is the port of the Service.
    const isSet =
      port.targetPort !== undefined && port.targetPort !== null && port.targetPort !== '' && port.targetPort !== 0;
    return [{ target: isSet ? port.targetPort : port.port, path: [...path, isSet ? 'targetPort' : 'port'] }];
  });
}

function breachesIn(object: KubernetesObject): Breach[] {
  const ports = portsIn(object);
  const malformed = ports.flatMap(malformation);
  if (malformed.length > 0) return malformed;
  const declared = declaredPorts(object);
  if (!declared) return [];
  const fits = ({ target }: Port) =>
    declared.some(({ containerPort, name }) => target === containerPort || target === name);
  const isHeadless = objectIn(object.value, 'spec').clusterIP === 'None';
  const someFit = ports.some(fits);
  return ports
    .filter((port) => !isHeadless && !fits(port) && (typeof port.target === 'string' || !someFit))
    .map(({ target, path }) => {
      const words = JSON.stringify(target ?? null);
      return {
        path,
        value: target,
        message: {
          en: `It leads to port ${words}, and no pod that it selects declares one.`,
          zh: `它指向端口 ${words}，而所选的 Pod 均未声明该端口。`,
        },
      };
    });
}

function malformation({ target, path }: Port): Breach[] {
  const words = JSON.stringify(target ?? null);
  if (typeof target === 'number' && !isNumber(target)) {
    const message = { en: `${words} is no number of a port.`, zh: `${words} 不是有效的端口号。` };
    return [{ path, value: target, message }];
  }
  if (typeof target !== 'string' || isName(target)) return [];
  const message = /^\d+$/.test(target)
    ? {
        en: `${words} is a name to the API, because of the quotes, and not a number.`,
        zh: `${words} 带引号，API 会将其视为名称而非数字。`,
      }
    : { en: `${words} is no name of a port.`, zh: `${words} 不是有效的端口名称。` };
  return [{ path, value: target, message }];
}

/** The ports that the selected pods declare; undefined where none was read, or one of them declares nothing. */
function declaredPorts(object: KubernetesObject): JsonObject[] | undefined {
  const selector = objectIn(objectIn(object.value, 'spec'), 'selector');
  if (Object.keys(selector).length === 0) return undefined;
  const lists = podsSelectedBy(object, { matchLabels: selector })
    .filter(holdsWholePod)
    .map(({ pod }) => lastingContainers(pod).flatMap(({ value }) => listIn(value, 'ports').filter(isObject)));
  return lists.length === 0 || lists.some((list) => list.length === 0) ? undefined : lists.flat();
}

function isNumber(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** At most fifteen small letters, digits and single hyphens, with a letter among them. */
function isName(name: string): boolean {
  return name.length <= 15 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) && /[a-z]/.test(name);
}
