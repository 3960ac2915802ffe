import { defaultCapabilities, normaliseCapability } from '../../model/capability.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from './listing.ts';
import { boundingCapabilities, fieldGiving, withoutCapabilities } from './obtainable-capabilities.ts';

export const containerCapsNotAboveDefault = defineControl({
  id: 'container-caps-not-above-default',
  subject: 'container',
  severity: 'medium',
  title: { en: "No capability beyond the engine's default set", zh: 'capability 不超出引擎的默认集合' },
  why: {
    en: 'Every capability beyond the 14 of the default set opens a part of the kernel that containers were meant to be kept out of.',
    zh: '超出 14 项默认集合的每一项 capability，都会向容器开放一部分本应对其关闭的内核功能。',
  },
  how: {
    en: 'What a process in a running container holds or can get, as the kernel shows it, else what the specification yields, is compared with the 14 defaults and the list of allowed additions.',
    zh: '运行中的容器以内核显示的进程已拥有或可取得的 capability 为准，其余以配置推算的结果为准，与 14 项默认值及允许的附加项比较。',
  },
  references: {
    cisDocker: ['5.4'],
    cisKubernetes: ['5.2.9'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['KSV-0022', 'C-0046', 'CKV_K8S_24', 'CKV_K8S_25', 'C-0200', 'C-0219'],
    links: ['https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities'],
  },
  parameters: {
    allowed: {
      default: [] as string[],
      description: {
        en: 'Capabilities beyond the default set that are accepted, with or without CAP_.',
        zh: '允许在默认集合之外拥有的 capability，可带或不带 CAP_ 前缀。',
      },
    },
  },
  counterexample: { capabilities: { add: ['SYS_NICE'] } },

  judge(container, { parameters }) {
    const { evidence } = boundingCapabilities(container);
    const beyond = beyondDefault(container, parameters.allowed);
    return beyond.length === 0
      ? pass(
          { en: 'It has no capability beyond the default set.', zh: '容器没有超出默认集合的 capability。' },
          evidence,
        )
      : fail(
          {
            en: `Beyond the default set, a process in it has or can get ${listed(beyond, 20).en}.`,
            zh: `除默认集合外，容器内的进程还拥有或可以取得 ${listed(beyond, 20).zh}。`,
          },
          evidence,
          fieldGiving(container, beyond, 'capabilities.add'),
        );
  },

  remedy(container, { parameters }) {
    return changeSpec(withoutCapabilities(container, beyondDefault(container, parameters.allowed)), {
      en: 'No longer add these capabilities; if the service needs one of them, allow it by name for your site.',
      zh: '不再添加这些 capability；若服务确实需要其中某项，请在站点策略中按名称放行。',
    });
  },
});

function beyondDefault(container: ContainerSpec, allowed: readonly string[]): string[] {
  const accepted = new Set([...defaultCapabilities, ...allowed.map(normaliseCapability)]);
  return [...boundingCapabilities(container).names].filter((name) => !accepted.has(name));
}
