import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { answeredByPerson } from '../answered.ts';
import { listed } from '../container/listing.ts';
import { unreadContainers } from '../unread-containers.ts';

const question: Text = {
  en: 'Do the workloads of this host get passwords and keys from a secret manager that controls access, keeps a log and lets them be changed?',
  zh: '本机的工作负载是否从具备访问控制、日志和轮换能力的机密管理系统获取口令和密钥？',
};

export const operationsSecretManager = defineControl({
  id: 'operations-secret-manager',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'Secrets are handed out by a secret manager', zh: '机密由机密管理系统统一发放' },
  why: {
    en: 'Secrets in files and variables are copied into images, repositories and backups. Nobody knows who has read them, and so nobody dares to change them.',
    zh: '放在文件和环境变量中的机密会被复制到镜像、代码库和备份里。无人知道谁读过它们，也就无人敢更换。',
  },
  how: {
    en: 'Services of a swarm that use its secrets are proof. Otherwise a person is asked, because a secret manager elsewhere leaves no sure trace on the host.',
    zh: 'Swarm 服务使用 swarm secret 即可证明。否则须由人回答，因为外部的机密管理系统不会在主机上留下确切痕迹。',
  },
  references: {
    cisDocker: ['4.10', '7.4'],
    cisKubernetes: ['5.4.2'],
    nist800190: ['4.1.4'],
    aliases: ['ops-secret-manager'],
    links: ['https://docs.docker.com/engine/swarm/secrets/'],
  },
  question,

  judge(engine, context) {
    const { swarm } = engine;
    const services = swarm.known ? swarm.value?.services : undefined;
    const users = services?.known ? services.value.filter(({ secrets }) => secrets.length > 0) : [];
    // Who says that it does not hold knows more than one service tells.
    if (services?.known && users.length > 0 && context.answer?.holds !== false) {
      const list = listed(users.map(({ name }) => name));
      return pass(
        { en: `Services use secrets of the swarm: ${list.en}.`, zh: `服务使用 swarm secret：${list.zh}。` },
        evidenceOf(
          services,
          users.map(({ name }) => name),
          `${services.path} ContainerSpec.Secrets`,
        ),
      );
    }
    const gap = unreadContainers(engine, context.machine);
    if (gap && !context.answer) return unknownFrom(gap);
    if (!gap && context.machine?.containers.length === 0) {
      return notApplicable({ en: 'There is no container that could need a secret.', zh: '没有可能需要机密的容器。' });
    }
    return answeredByPerson(context, question);
  },

  remedy() {
    return byHand({
      en: 'Keep secrets in a secret manager, or in secrets of the swarm, and let workloads read them from files below /run/secrets.',
      zh: '将机密存放在机密管理系统或 swarm secret 中，由工作负载从 /run/secrets 下的文件读取。',
    });
  },
});
