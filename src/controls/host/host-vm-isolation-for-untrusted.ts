import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import { byHand, changeSpec } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { isSeparating, labelOf, runtimeOf, separatingRuntimes } from './separate-kernel.ts';

export const hostVmIsolationForUntrusted = defineControl({
  id: 'host-vm-isolation-for-untrusted',
  subject: 'container',
  severity: 'low',
  title: {
    en: 'A container that nobody trusts has a kernel of its own',
    zh: '不受信任的容器拥有独立内核',
  },
  why: {
    en: 'Code of customers or of unknown origin will try the kernel for flaws. In a virtual machine or behind a kernel in user space, it finds one that nothing else depends on.',
    zh: '客户代码或来源不明的代码会试探内核漏洞。在虚拟机中或用户态内核之后，它面对的只是一个与其他负载无关的内核。',
  },
  how: {
    en: 'A container with the label untrusted=true or trust=untrusted must have one of the listed runtimes, named for it or as the default of the engine.',
    zh: '带有 untrusted=true 或 trust=untrusted 标签的容器，须使用所列运行时之一，可为其单独指定，也可作为引擎默认值。',
  },
  references: {
    nist800190: ['4.3.4'],
    links: ['https://docs.docker.com/engine/daemon/alternative-runtimes/'],
  },
  parameters: { separatingRuntimes },
  dialects: ['engine-api', 'compose', 'docker-run'],
  counterexample: { labels: { trust: 'untrusted' } },
  appliesTo: isUntrusted,

  judge(container, { machine, parameters }) {
    if (!isUntrusted(container)) {
      return notApplicable({ en: 'It is not labelled as untrusted.', zh: '未标记为不受信任。' });
    }
    const runtime = runtimeOf(container, machine);
    const evidence = configured(container, 'runtime', runtime ?? null);
    if (runtime === undefined) {
      return unknown(
        { en: 'The default runtime of the engine decides.', zh: '取决于引擎的默认运行时。' },
        { en: 'name the runtime, or judge the container where it runs', zh: '指定运行时，或在容器运行处判断' },
        evidence,
      );
    }
    return isSeparating(runtime, parameters.separatingRuntimes)
      ? pass({ en: `It runs with ${runtime}.`, zh: `使用 ${runtime} 运行。` }, evidence)
      : fail(
          {
            en: `It is labelled as untrusted, and ${runtime} gives it the kernel of the host.`,
            zh: `该容器标记为不受信任，而 ${runtime} 让它使用主机内核。`,
          },
          evidence,
          'runtime',
        );
  },

  remedy(_container, { machine, parameters }) {
    const runtime = registeredRuntime(machine, parameters.separatingRuntimes);
    if (runtime !== undefined) {
      return changeSpec({ runtime }, { en: `Run it with ${runtime}.`, zh: `使用 ${runtime} 运行。` });
    }
    return byHand(
      {
        en: 'Install gVisor or Kata Containers, register the runtime with the engine, and create the container anew with it.',
        zh: '安装 gVisor 或 Kata Containers，在引擎中登记该运行时，并用其重建容器。',
      },
      ['runsc install', 'systemctl reload docker', 'docker run --runtime=runsc …'],
      'recreate',
    );
  },
});

function isUntrusted(container: ContainerSpec): boolean {
  const untrusted = labelOf(container, 'untrusted')?.toLowerCase();
  return untrusted === 'true' || labelOf(container, 'trust')?.toLowerCase() === 'untrusted';
}

function registeredRuntime(machine: Machine | undefined, patterns: readonly string[]): string | undefined {
  const { info } = machine?.engine ?? {};
  return info?.known ? info.value.runtimes.find((each) => isSeparating(each, patterns)) : undefined;
}
