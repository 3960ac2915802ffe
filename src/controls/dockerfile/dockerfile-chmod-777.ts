import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf } from '../../model/dockerfile.ts';
import { remembered } from '../../model/remembered.ts';
import { byHand, editText } from '../../model/remedy.ts';
import { type Place, placeOf, verdictsAt } from './places.ts';
import { type RunCommand, runCommands } from './run-commands.ts';
import { isSticky, type ModeChange, modeChangeOf, modeOfCopy, othersWrite } from './world-writable.ts';
import { normalised } from './written-files.ts';

interface OpenMode extends Place {
  readonly change: ModeChange;
}

const places = remembered(findPlaces);

export const dockerfileChmod777 = defineControl({
  id: 'dockerfile-chmod-777',
  subject: 'dockerfile',
  severity: 'medium',
  title: { en: 'No file may be written by everybody', zh: '不让所有人都能写入文件' },
  why: {
    en: 'Whoever takes over any process in the container, under whatever user, can change these files. If they are programs or configuration, the next process that reads them does what the intruder wants.',
    zh: '无论以哪个用户身份，只要控制了容器中的任一进程，就能修改这些文件。若它们是程序或配置，下一个读取它们的进程就会按入侵者的意愿行事。',
  },
  how: {
    en: 'Looks in all stages, as a copy keeps the mode, for chmod, install and mkdir in RUN, and for --chmod of COPY and ADD, that give others the right to write. Folders for temporary files with the sticky bit pass, and so do devices, and what the same stage takes back or deletes later. A mode as +w passes: the umask holds it back.',
    zh: '由于复制会保留权限，在所有阶段的 RUN 中查找赋予其他用户写权限的 chmod、install、mkdir，以及 COPY、ADD 的 --chmod。带粘滞位的临时目录、设备文件，以及同一阶段随后收回权限或删除的文件不算。+w 这类模式受 umask 限制，也不算。',
  },
  references: {
    nist800190: ['4.1.2'],
    links: ['https://man7.org/linux/man-pages/man1/chmod.1.html'],
  },
  counterexample: {
    bad: 'FROM debian:13\nCOPY start.sh /start.sh\nRUN chmod 777 /start.sh\n',
    good: 'FROM debian:13\nCOPY start.sh /start.sh\nRUN chmod 755 /start.sh\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No mode lets everybody write.',
      zh: '没有让所有人都能写入的权限模式。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const change = placeOf(places(dockerfile), failure)?.change;
    const mode = change && saferMode(change);
    if (change && mode !== undefined) {
      return editText([{ ...change.word.span, text: mode }], {
        en: `Set the mode ${mode}.`,
        zh: `把权限改为 ${mode}。`,
      });
    }
    return byHand(
      {
        en: 'Give the files to the user that has to write them, or to its group, and leave others without the right to write.',
        zh: '把文件的属主或属组改为需要写入的用户，并去掉其他用户的写权限。',
      },
      ['COPY --chown=10001:10001 data /data', 'RUN chown -R 10001:10001 /data && chmod -R u=rwX,go=rX /data'],
      'rebuild',
    );
  },
});

function findPlaces({ instructions }: Dockerfile): readonly OpenMode[] {
  const commands = runCommands(instructions);
  const changes = commands.flatMap((each) => {
    const change = modeChangeOf(each);
    return change && !commands.some((later) => takesBack(later, each, change)) ? [change] : [];
  });
  const copies = instructionsOf(instructions, ['copy', 'add'], { onbuild: true }).flatMap((copy) => {
    const change = modeOfCopy(copy);
    return change ? [change] : [];
  });
  return [...changes, ...copies]
    .filter((change) => othersWrite(change.mode) === 'given' && !isMeant(change))
    .map((change) => ({
      change,
      span: change.word.span,
      value: change.word.text,
      message: {
        en: `The mode ${change.word.text} lets everybody write.`,
        zh: `权限 ${change.word.text} 让所有人都能写入。`,
      },
    }));
}

/** Folders in which everybody may make files, and nobody delete those of others. */
function isTemporary(path: string): boolean {
  return /(?:^|[/_.-])v?te?mp$|^\/(?:var\/)?tmp\/|^\/(?:var\/)?(?:run|lock)(?:\/|$)|^\/dev\/shm$|-unix$/.test(path);
}

function isMeant({ mode, paths }: ModeChange): boolean {
  if (paths.length === 0) return false;
  // What is in these is no part of the image.
  if (paths.every((path) => /^\/(?:dev|proc|sys)\//.test(path))) return true;
  if (isSticky(mode) && paths.every(isTemporary)) return true;
  // They have the bits already.
  return /^[ugoa]+\+/.test(mode) && paths.every((path) => /^\/(?:var\/)?tmp$/.test(path));
}

/** A later command of the stage that takes the right away again, or deletes the files. */
function takesBack({ run, command }: RunCommand, before: RunCommand, { paths, word }: ModeChange): boolean {
  if (run.stage !== before.run.stage || command.span.start <= word.span.end || paths.length === 0) return false;
  const isDeleted = command.program === 'rm';
  const change = isDeleted ? undefined : modeChangeOf({ run, command });
  if (!isDeleted && (change === undefined || othersWrite(change.mode) !== 'taken')) return false;
  const reached = change?.paths ?? command.words.slice(1).map(({ text }) => normalised(text.replace(/\/\*$/, '')));
  const isDeep = isDeleted || change?.recursive === true;
  return paths.every((path) =>
    reached.some((each) => each !== '' && (path === each || (isDeep && path.startsWith(`${each}/`)))),
  );
}

const programs =
  /(?:^|\/)s?bin\/[^/]+$|\.(?:sh|bash|py|rb|pl|js|mjs|jar)$|(?:^|\/)(?:mvnw|gradlew|docker-entrypoint|entrypoint)$/;

/**
 * The mode without the right, where no process can miss it: of programs, which nobody writes, and of the folders for
 * temporary files, which get the sticky bit instead. Data may have to be written by a user that the file does not name.
 */
function saferMode({ mode, plain, paths, recursive }: ModeChange): string | undefined {
  if (!plain || paths.length === 0 || !/^[0-7]{3,4}$/.test(mode)) return undefined;
  if (/^0?777$/.test(mode) && paths.every((path) => /^\/(?:var\/)?tmp$/.test(path))) return '1777';
  if (recursive || !paths.every((path) => programs.test(path))) return undefined;
  return `${mode.slice(0, -1)}${Number(mode.at(-1)) & 0o5}`;
}
