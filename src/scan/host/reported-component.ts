import type { EngineFacts } from '../../model/engine.ts';
import { type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { ComponentPart, HostComponent } from '../../model/host-component.ts';
import type { RunningProgram } from '../../sources/host/running-programs.ts';
import type { OpenedFinder } from '../find-vulnerabilities.ts';
import { reportedModules, reportedVersion } from './engine-modules.ts';
import { factOf } from './place.ts';

const parts = ['engine', 'containerd', 'runtime'] as const satisfies readonly ComponentPart[];

/** What an engine says of the programs that this process does not see: the weaker source, and none for what a distribution built. */
export function reportedComponents(
  engine: EngineFacts,
  seen: readonly RunningProgram[],
  gaps: readonly UnreadableFact[],
  finder: OpenedFinder,
): readonly HostComponent[] {
  const { version, kind } = engine;
  if (!version.known || (engine.local && gaps.length === 0)) return [];
  return parts.flatMap((part): HostComponent[] => {
    const told = reportedVersion(part, version.value);
    if (told === undefined || seen.some((each) => each.part === part)) return [];
    const { areNamed: _named, ...findings } = finder.findOnHost(reportedModules(part, engine), undefined);
    const name = part === 'engine' ? (kind === 'podman' ? 'podman' : 'dockerd') : part === 'runtime' ? 'runc' : part;
    return [
      {
        part,
        name,
        version: told,
        path: version.path,
        judgedBy: 'engine',
        gaps: [],
        flaws: factOf(findings, version.path, tellsTooLittle(version.path)),
      },
    ];
  });
}

function tellsTooLittle(path: string): UnreadableFact {
  return unreadable(
    'engine-api',
    path,
    {
      en: 'its number does not tell which fixes it has, and its package cannot be seen from here',
      zh: '其版本号无法说明包含哪些修复，且此处看不到其软件包',
    },
    { en: "run Plimsoll on the engine's own machine", zh: '在引擎所在机器上运行 Plimsoll' },
  );
}
