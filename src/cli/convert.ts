import { type Circumstances, judgeSubjects } from '../judge/judge.ts';
import type { ContainerSpec } from '../model/container-spec.ts';
import type { Subject } from '../model/control.ts';
import { applySpecChange } from '../model/spec-change.ts';
import { PlimsollError } from '../model/error.ts';
import { composeFile, podManifests, runCommands } from '../remedy/convert.ts';
import type { Reading } from '../sources/files/written-file.ts';
import type { ConvertedDialect } from './converted-dialects.ts';

const writers = { compose: composeFile, pod: podManifests, run: runCommands } as const;

/** The containers of what was read, with every remedy carried out that changes one, in another dialect. */
export function convertFiles({ subjects }: Reading, circumstances: Circumstances, dialect: ConvertedDialect): string {
  const containers = subjects.filter(
    (subject): subject is Extract<Subject, { kind: 'container' }> =>
      subject.kind === 'container' && subject.value.dialect !== 'dockerfile',
  );
  if (containers.length === 0) {
    throw new PlimsollError(
      'usage',
      { en: '--convert: there is no container in these files', zh: '--convert：这些文件中没有容器' },
      {
        en: 'Name a Compose file, a manifest with pods, or a file with docker run commands.',
        zh: '请指定 Compose 文件、含 Pod 的清单，或含 docker run 命令的文件。',
      },
    );
  }
  return writers[dialect](containers.map((subject) => hardened(subject, circumstances)));
}

/** Every failure's change on top of the others: one may bring up another. */
function hardened(subject: Extract<Subject, { kind: 'container' }>, circumstances: Circumstances): ContainerSpec {
  let container = subject.value;
  const tried = new Set<string>();
  for (;;) {
    const failure = judgeSubjects([{ ...subject, value: container }], circumstances).find(
      ({ status, remedy, control }) => status === 'fail' && remedy?.kind === 'spec' && !tried.has(control.id),
    );
    if (failure?.remedy?.kind !== 'spec') return container;
    tried.add(failure.control.id);
    container = applySpecChange(container, failure.remedy.change);
  }
}
