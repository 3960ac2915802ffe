import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';

export const containerRuntimeKnown = defineControl({
  id: 'container-runtime-known',
  subject: 'container',
  severity: 'medium',
  title: { en: 'The container runs with a runtime that the engine knows', zh: '容器使用引擎已登记的运行时' },
  why: {
    en: 'The runtime sets up every fence around a container. One that the engine does not list was taken away or swapped since, so that the container does not start again, or starts without the fences that it was made for.',
    zh: '容器的所有隔离都由运行时建立。若引擎未登记该运行时，说明它已被移除或替换：容器可能无法再次启动，或在缺少原有隔离的情况下启动。',
  },
  how: {
    en: 'The name in HostConfig.Runtime must be among the runtimes of GET /info. Names of containerd shims that are not listed are looked up in the path of containerd, which is not seen from here.',
    zh: 'HostConfig.Runtime 中的名称须在 GET /info 的运行时列表之内。未登记的 containerd shim 名称由 containerd 在其路径中查找，此处无法得知。',
  },
  references: { links: ['https://docs.docker.com/engine/daemon/alternative-runtimes/'] },
  counterexample: { runtime: 'kata' },
  dialects: ['engine-api'],

  judge(container, { machine }) {
    const { runtime = '' } = container;
    const paper = configured(container, 'runtime', runtime);
    if (!machine) return notApplicable({ en: 'There is no engine to ask.', zh: '没有可查询的引擎。' }, paper);
    const { info, kind } = machine.engine;
    if (!info.known) return unknownFrom(info);
    const { runtimes, defaultRuntime = '' } = info.value;
    // Podman calls its default `oci` in the answers that it gives in the other engine's form.
    const name = runtime === '' || (kind === 'podman' && runtime === 'oci') ? defaultRuntime : runtime;
    const evidence = [paper, evidenceOf(info, [...runtimes], `${info.path} Runtimes`)];
    if (name === '' || runtimes.includes(name)) {
      return pass({ en: `The engine knows the runtime ${name}.`, zh: `引擎已登记运行时 ${name}。` }, evidence);
    }
    if (name.startsWith('io.containerd.') || name.startsWith('/')) {
      return unknown(
        {
          en: `The runtime ${name} is a shim that the engine does not list.`,
          zh: `运行时 ${name} 是引擎未登记的 shim。`,
        },
        { en: 'name it in the runtimes of daemon.json', zh: '在 daemon.json 的 runtimes 中登记它' },
        evidence,
      );
    }
    return fail(
      { en: `The engine does not know the runtime ${name}.`, zh: `引擎未登记运行时 ${name}。` },
      evidence,
      'runtime',
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Register the runtime in daemon.json if it still is installed, else make the container anew with one that is.',
        zh: '若该运行时仍已安装，在 daemon.json 中登记；否则改用已登记的运行时重建容器。',
      },
      ["docker info --format '{{json .Runtimes}}'"],
    );
  },
});
