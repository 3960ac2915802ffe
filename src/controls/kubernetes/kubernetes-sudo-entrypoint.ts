import { defineControl } from '../../model/control.ts';
import { listIn } from '../../model/json.ts';
import type { KeyPath } from '../../model/json.ts';
import { type PodContainerEntry, podContainers, type PodTemplate } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { isInit, isShell, programName } from '../container/process-role.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { containerWords } from './security-context.ts';
import { holdsPod } from './workload-pod.ts';

export const kubernetesSudoEntrypoint = defineControl({
  id: 'kubernetes-sudo-entrypoint',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'Containers start their program without sudo', zh: '容器启动程序时不使用 sudo' },
  why: {
    en: 'sudo in a container means that its user may become root at will: whoever takes over the program may do the same. It also keeps allowPrivilegeEscalation: false from being set.',
    zh: '容器中使用 sudo，说明其用户可以随时变成 root：攻陷程序的人同样可以。它还使 allowPrivilegeEscalation: false 无法启用。',
  },
  how: {
    en: 'No program that command and args start is sudo: neither the first one, nor what an init starts, nor a command of the script that is handed to a shell.',
    zh: 'command 与 args 启动的程序都不是 sudo：包括首个程序、由 init 启动的程序，以及交给 shell 的脚本中的命令。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-sudo-entrypoint', 'C-0062'],
    links: ['https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/'],
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
      command: [sh, -c]
      args: ["sudo chown -R web /data && exec web"]
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      command: [web]
`,
  },
  appliesTo: holdsPod,

  judge(object) {
    return verdictsOn(breachesIn(object.pod), object, {
      en: 'None of its containers is started by sudo.',
      zh: '其容器均不通过 sudo 启动。',
    });
  },

  remedy() {
    return byHand({
      en: 'Start the program as the user that it is to run as, with runAsUser and fsGroup; let an init container do what needs more rights.',
      zh: '通过 runAsUser 和 fsGroup 直接以所需用户启动程序；需要更高权限的准备工作交给 init 容器完成。',
    });
  },
});

interface Word {
  readonly text: string;
  readonly path: KeyPath;
}

function breachesIn(pod: PodTemplate | undefined): Breach[] {
  return (pod ? podContainers(pod) : []).flatMap((entry): Breach[] => {
    const place = sudoIn(wordsOf(entry));
    if (!place) return [];
    const words = containerWords(entry);
    const message = { en: `${words.en} starts sudo.`, zh: `${words.zh} 启动了 sudo。` };
    return [{ path: place.path, value: 'sudo', message }];
  });
}

function wordsOf({ value, path }: PodContainerEntry): Word[] {
  return ['command', 'args'].flatMap((key) =>
    listIn(value, key).map((word, index) => ({
      text: typeof word === 'string' ? word : '',
      path: [...path, key, index],
    })),
  );
}

/** The word that starts sudo: itself, or the script in which it stands. */
function sudoIn(words: readonly Word[]): Word | undefined {
  const [first, ...rest] = words;
  if (!first) return undefined;
  const name = programName(first.text);
  if (name === 'sudo') return first;
  if (isInit(name)) {
    const end = rest.findIndex(({ text }) => text === '--');
    const start = end >= 0 ? end + 1 : rest.findIndex(({ text }) => !text.startsWith('-'));
    return start < 0 ? undefined : sudoIn(rest.slice(start));
  }
  if (!isShell(name)) return undefined;
  const flag = rest.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
  const script = flag < 0 ? undefined : rest[flag + 1];
  return script && startsSudo(script.text) ? script : undefined;
}

/** What may stand in front of a command in a script. */
const prefix = /^(?:exec|env|nohup|time|then|do|else|if|while|until|!|\w+=.*)$/;

function startsSudo(script: string): boolean {
  return script.split(/[;&|\n(){}`]/).some((command) => {
    const program = command
      .trim()
      .split(/\s+/)
      .find((word) => !prefix.test(word));
    return programName(program ?? '') === 'sudo';
  });
}
