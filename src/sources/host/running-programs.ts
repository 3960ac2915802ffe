import { readlinkSync } from 'node:fs';
import { posix } from 'node:path';
import type { EngineFacts } from '../../model/engine.ts';
import { type Fact, type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { ComponentPart } from '../../model/host-component.ts';
import type { FileStatus } from '../../model/host-file.ts';
import type { HostFacts } from '../../model/host.ts';
import { readFileStatus } from './file-status.ts';
import { readIfPossible } from './file.ts';

/** A program that runs containers, or that the engine starts for it. */
export interface RunningProgram {
  readonly part: Exclude<ComponentPart, 'kernel'>;
  /** `dockerd`. */
  readonly name: string;
  /** Behind every link, as the host calls it. */
  readonly path: string;
  /** Where this process finds its bytes: those that run, where the kernel shows them. */
  readonly file: string;
  /** It runs on although another file, or none, stands at its path by now. */
  readonly replaced: boolean;
}

/** What programs an engine's containers are run by. */
export interface RunningPrograms {
  readonly programs: readonly RunningProgram[];
  /** Why it is not known which they are. */
  readonly gaps: readonly UnreadableFact[];
}

type Sighted = Pick<HostFacts, 'files' | 'processes'>;

/**
 * The programs that run, as the kernel shows them; of those that are only started for a moment (runc), and where the kernel does not
 * show them, the ones that would be found first. Of a copied host the files alone decide.
 */
export function readRunningPrograms(engine: EngineFacts, host: Sighted, root = ''): RunningPrograms {
  const { files } = host;
  const gaps: UnreadableFact[] = [];
  const folders = searchedFolders(engine, root);
  const standing = (part: RunningProgram['part'], fact: Fact<readonly FileStatus[]>): RunningProgram[] => {
    if (fact.known) return firstOfEach(fact.value, folders).map((each) => programAt(part, each.realPath, root));
    gaps.push(fact);
    return [];
  };
  const daemon = root === '' ? daemonProgram(engine) : undefined;
  if (daemon && 'known' in daemon) gaps.push(daemon);
  const containerd = root === '' && engine.local ? runningAs('containerd', 'containerd', host.processes) : [];
  return {
    programs: [
      ...(daemon ? ('known' in daemon ? [] : [daemon]) : standing('engine', files['engine-program'])),
      ...(containerd.length > 0 ? containerd : standing('containerd', files['containerd-program'])),
      ...ofDefaultRuntime(standing('runtime', files['runc-program']), engine),
      ...(engine.kind === 'podman' ? monitors(folders, root) : []),
    ],
    gaps: [...new Map(gaps.map((gap) => [gap.reason.en, gap])).values()],
  };
}

const engineNames = /^(?:dockerd|docker|docker-daemon|podman|balena-engine(?:-daemon)?|balenad)$/;

/** What answers at the socket may also pass on what others say. */
function daemonProgram({ process }: EngineFacts): RunningProgram | UnreadableFact | undefined {
  if (!process.known) return undefined;
  const program = programOf('engine', process.value.pid);
  if (!program || engineNames.test(program.name)) return program;
  return unreadable(
    'kernel',
    `/proc/${process.value.pid}/exe`,
    {
      en: `${program.name} answers in place of the engine, whose own program is not known`,
      zh: `应答的是 ${program.name}，不知道引擎自身的程序`,
    },
    { en: "the engine's own socket: --host unix:///PATH", zh: '引擎自身的套接字：--host unix:///PATH' },
  );
}

function programOf(part: RunningProgram['part'], pid: number): RunningProgram | undefined {
  const file = `/proc/${pid}/exe`;
  try {
    const [path = '', deleted] = readlinkSync(file).split(/( \(deleted\))$/);
    return { part, name: posix.basename(path), path, file, replaced: deleted !== undefined };
  } catch {
    return undefined;
  }
}

function programAt(part: RunningProgram['part'], path: string, root: string): RunningProgram {
  return { part, name: posix.basename(path), path, file: root + path, replaced: false };
}

/** Each program once, however often it runs. */
function runningAs(
  part: RunningProgram['part'],
  name: string,
  processes: HostFacts['processes'],
): readonly RunningProgram[] {
  if (!processes.known) return [];
  const programs = processes.value
    .filter((each) => each.name === name)
    .flatMap(({ pid }) => programOf(part, pid) ?? [])
    .filter((each) => each.name === name);
  return [...new Map(programs.map((each) => [`${each.path} ${each.replaced}`, each])).values()];
}

const usualFolders = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Where the engine looks for the programs that it starts. */
function searchedFolders({ process }: EngineFacts, root: string): readonly string[] {
  const environment = process.known && root === '' ? (readIfPossible(`/proc/${process.value.pid}/environ`) ?? '') : '';
  const path = environment.split('\0').find((each) => each.startsWith('PATH='));
  return (path?.slice('PATH='.length) || usualFolders).split(':').map(withoutUsr);
}

/** `/bin` mostly is `/usr/bin` under another name. */
function withoutUsr(folder: string): string {
  return folder.replace(/^\/usr(?=\/s?bin$)/, '');
}

/** Of each name the one that is found first. */
function firstOfEach(files: readonly FileStatus[], folders: readonly string[]): readonly FileStatus[] {
  const rankOf = ({ path }: FileStatus) => {
    const rank = folders.indexOf(withoutUsr(posix.dirname(path)));
    return rank < 0 ? folders.length : rank;
  };
  const first = new Map<string, FileStatus>();
  for (const file of files.toSorted((left, right) => rankOf(left) - rankOf(right))) {
    const name = posix.basename(file.path);
    if (file.kind === 'file' && !first.has(name)) first.set(name, file);
  }
  return [...first.values()];
}

/** Podman has two that it may start. */
function ofDefaultRuntime(programs: readonly RunningProgram[], { info }: EngineFacts): readonly RunningProgram[] {
  const usual = info.known ? info.value.defaultRuntime : undefined;
  const named = programs.filter(({ name }) => name === usual);
  return named.length > 0 ? named : programs;
}

/** Podman looks for it in folders of its own first. */
function monitors(folders: readonly string[], root: string): readonly RunningProgram[] {
  for (const folder of ['/usr/libexec/podman', '/usr/lib/podman', '/usr/local/libexec/podman', ...folders]) {
    try {
      const status = readFileStatus(`${folder}/conmon`, root);
      if (status?.kind === 'file') return [programAt('monitor', status.realPath, root)];
    } catch {
      // Nobody can start what nobody can reach.
    }
  }
  return [];
}
