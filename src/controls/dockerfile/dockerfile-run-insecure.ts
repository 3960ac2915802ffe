import { defineControl } from '../../model/control.ts';
import { instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { failAt, pass } from '../../model/verdict.ts';

const refused: Readonly<Record<string, { readonly value: string; readonly message: Text }>> = {
  security: {
    value: 'insecure',
    message: { en: 'It runs with all privileges of the builder.', zh: '以构建器的全部特权执行。' },
  },
  network: {
    value: 'host',
    message: { en: "It runs in the builder's own network.", zh: '在构建器自身的网络中执行。' },
  },
};

export const dockerfileRunInsecure = defineControl({
  id: 'dockerfile-run-insecure',
  subject: 'dockerfile',
  severity: 'high',
  title: { en: 'No build step leaves the sandbox', zh: '构建步骤不脱离沙箱' },
  why: {
    en: 'Such a step can reach the machine that builds: its devices and kernel settings, or services that listen on its loopback address only. What the step downloads can do so too.',
    zh: '这样的步骤可以触及构建主机：其设备与内核设置，或只监听回环地址的服务；该步骤下载的内容同样可以。',
  },
  how: {
    en: 'Looks in all stages for RUN --security=insecure and RUN --network=host. The builder has to be allowed to do so, which is a risk for all other builds on it.',
    zh: '在所有阶段查找 RUN --security=insecure 与 RUN --network=host。构建器必须为此放开权限，这也会给其上的其他构建带来风险。',
  },
  references: { nist800190: ['4.1.5'], links: ['https://docs.docker.com/reference/dockerfile/#run---security'] },
  counterexample: {
    bad: 'FROM debian:13\nRUN --security=insecure make test\n',
    good: 'FROM debian:13\nRUN make test\n',
  },

  judge({ instructions, locate }) {
    const failures = instructionsOf(instructions, ['run'], { onbuild: true }).flatMap(({ flags }) =>
      flags.flatMap(({ name, value, span }) => {
        const rule = Object.hasOwn(refused, name) ? refused[name] : undefined;
        const text = value?.value ?? value?.text;
        if (!rule || text?.toLowerCase() !== rule.value) return [];
        return [failAt(rule.message, locate(span), `--${name}=${text}`, span)];
      }),
    );
    return failures.length > 0
      ? failures
      : pass({ en: 'Every step runs in the sandbox.', zh: '所有步骤都在沙箱中执行。' });
  },

  remedy() {
    return byHand(
      {
        en: 'Move what needs it out of the build, into a container that is run with just these rights, and copy the result.',
        zh: '把需要这些权限的步骤移出构建，放到仅具备相应权限的容器中执行，再复制结果。',
      },
      [],
      'rebuild',
    );
  },
});
