import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { matchesGlob } from '../../model/glob.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from './listing.ts';
import { safeKernelParameters } from './safe-kernel-parameters.ts';

export const containerSysctlsSafe = defineControl({
  id: 'container-sysctls-safe',
  subject: 'container',
  severity: 'low',
  title: { en: 'The container sets only safe kernel parameters', zh: '容器只设置安全的内核参数' },
  why: {
    en: 'A kernel parameter can switch a defence off, such as the refusal of redirects or of source routes, turn a container into a router, or claim memory that the whole host has to give. An attacker in the container profits from it first.',
    zh: '内核参数可能关闭某项防护（如拒绝重定向、拒绝源路由），把容器变成路由器，或占用须由整台主机提供的内存。最先获益的是容器内的攻击者。',
  },
  how: {
    en: 'Every parameter that the container sets must be one that the Pod Security Standards hold for safe, or match the allowed list. Pods are judged by kubernetes-pss-sysctls, which goes by the version of the cluster.',
    zh: '容器设置的每个参数须属于 Pod 安全标准认定的安全参数，或与允许列表匹配。Pod 由 kubernetes-pss-sysctls 按集群版本判断。',
  },
  references: {
    nist800190: ['4.4.3'],
    links: [
      'https://docs.docker.com/reference/cli/docker/container/run/#sysctl',
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    ],
  },
  parameters: {
    allowed: {
      // The length of the queue of the container's own sockets. Redis and its kin ask for it, and it lowers no defence.
      default: ['net.core.somaxconn'],
      description: {
        en: 'Parameters that are accepted besides the safe ones; * stands for any characters.',
        zh: '除安全参数外另行允许的参数；* 代表任意字符。',
      },
    },
  },
  counterexample: { sysctls: { 'net.ipv4.conf.all.accept_redirects': '1' } },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container, { parameters }) {
    const { sysctls } = container;
    const refused = Object.keys(sysctls).filter((name) => !isAccepted(name, parameters.allowed));
    const [first] = refused;
    if (first === undefined) {
      return pass(
        { en: 'It sets no kernel parameter but safe ones.', zh: '除安全的参数外，容器未设置任何内核参数。' },
        configured(container, 'sysctls', sysctls),
      );
    }
    const names = listed(refused);
    return fail(
      {
        en: `Not safe among the kernel parameters that it sets: ${names.en}.`,
        zh: `容器设置的内核参数中，以下不属于安全参数：${names.zh}。`,
      },
      refused.map((name) => configured(container, fieldOf(name), sysctls[name] ?? '')),
      fieldOf(first),
    );
  },

  remedy({ sysctls }, { parameters }) {
    const refused = Object.keys(sysctls).filter((name) => !isAccepted(name, parameters.allowed));
    return changeSpec(
      { sysctls: Object.fromEntries(refused.map((name) => [name, null])) },
      {
        en: 'Take these parameters away; if the service needs one, as a router or a VPN does, allow that one by name for your site.',
        zh: '去掉这些参数；若服务（如路由器或 VPN）确实需要某个参数，请在站点策略中按名称放行。',
      },
    );
  },
});

function fieldOf(name: string): string {
  return `sysctls["${name}"]`;
}

function isAccepted(written: string, allowed: readonly string[]): boolean {
  const name = dotted(written);
  return safeKernelParameters.has(name) || allowed.some((pattern) => matchesGlob(dotted(pattern), name));
}

/** The kernel's own files are named with slashes, and engines take both. */
function dotted(name: string): string {
  return name.trim().replaceAll('/', '.');
}
