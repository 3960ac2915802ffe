import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import type { SwarmService } from '../../model/swarm.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { secretRule } from '../container/secret-rules.ts';
import { onManager } from './swarm-node.ts';

export const daemonSwarmSecretsUsed = defineControl({
  id: 'daemon-swarm-secrets-used',
  subject: 'engine',
  severity: 'low',
  title: {
    en: 'Services get their secrets from the swarm, not from variables',
    zh: '服务从 swarm secret 获取机密，而非环境变量',
  },
  why: {
    en: 'Variables of a service are shown to whoever may list services and to every process in its containers, whereas a secret of the swarm is encrypted at rest and mounted only where it is needed.',
    zh: '凡能列出服务的人以及容器内的所有进程都能看到服务的环境变量；而 swarm secret 加密存储，只挂载到需要的地方。',
  },
  how: {
    en: 'Asks a manager for the variables of every service and looks for values that have the form of a secret, or whose names say so. Only names are reported.',
    zh: '向管理节点查询每个服务的环境变量，查找具有机密格式或名称表明是机密的值。只报告名称。',
  },
  references: {
    cisDocker: ['7.4'],
    nist800190: ['4.1.4'],
    aliases: ['swarm-secrets-used'],
    links: ['https://docs.docker.com/engine/swarm/secrets/'],
  },
  engines: ['docker'],

  judge(engine) {
    return onManager(engine, ({ services }) => {
      if (!services.known) return unknownFrom(services);
      if (services.value.length === 0) {
        return notApplicable(
          { en: 'The swarm has no services.', zh: 'swarm 中没有服务。' },
          evidenceOf(services, [], services.path),
        );
      }
      const found = services.value.flatMap(exposedVariables);
      if (found.length > 0) {
        const list = listed(found);
        return fail(
          { en: `Secrets can be read in variables: ${list.en}.`, zh: `环境变量中可读到机密：${list.zh}。` },
          evidenceOf(services, found, `${services.path} ContainerSpec.Env`),
        );
      }
      return pass(
        { en: 'No variable of a service holds a secret.', zh: '服务的环境变量中没有机密。' },
        evidenceOf(
          services,
          Object.fromEntries(services.value.map(({ name, secrets }) => [name, secrets])),
          `${services.path} ContainerSpec.Secrets`,
        ),
      );
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Make a new secret, as this one has been seen, hand it to the service as a file below /run/secrets, and take the variable away.',
        zh: '该机密已经暴露，应更换为新的；以 /run/secrets 下的文件形式交给服务，并移除环境变量。',
      },
      ['docker secret create NAME FILE', 'docker service update --secret-add NAME --env-rm VARIABLE SERVICE'],
    );
  },
});

function exposedVariables({ name: service, environment }: SwarmService): string[] {
  return environment.flatMap(({ name, value }) =>
    secretRule(name, value.reveal()) === undefined ? [] : [`${service} ${name}`],
  );
}
