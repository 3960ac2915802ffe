import type { EngineFacts } from '../../model/engine.ts';
import { type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { HostComponent } from '../../model/host-component.ts';
import type { Package } from '../../model/package.ts';
import type { VulnerabilityFindings } from '../../model/vulnerability.ts';
import type { RunningProgram } from '../../sources/host/running-programs.ts';
import type { OpenedFinder } from '../find-vulnerabilities.ts';
import { isOwnModule, reportedModules, reportedVersion } from './engine-modules.ts';
import { factOf, type HostPlace, isOfOthers, systemPackage, whoMadeIt } from './place.ts';
import { readModules } from './program-modules.ts';

/**
 * One program that runs containers. What belongs to a package of the distribution is judged by the distribution's advisories, which know what
 * was mended under an older number; anything else by what it was built from.
 */
export function programComponent(program: RunningProgram, engine: EngineFacts, place: HostPlace): HostComponent {
  const { owned, distribution, finder } = place;
  const base = { part: program.part, name: program.name, path: program.path };
  if (!distribution.known) return { ...base, version: '', judgedBy: 'build', gaps: [], flaws: distribution };
  const owner = owned.owners.get(program.path);
  const built = readModules(program);
  if (!owner) {
    // Where a database was not understood, one of its packages may well be the owner.
    const [gap] = owned.gaps;
    return gap
      ? { ...base, version: '', judgedBy: 'build', gaps: [], flaws: gap }
      : builtComponent(program, engine, place, built);
  }
  const system = systemPackage(owner, place);
  const { areNamed: _named, ...findings } = finder.findOnHost([system], distribution.value);
  if (isOfOthers(findings)) return { ...builtComponent(program, engine, place, built), package: system.purl };
  return {
    ...base,
    version: system.version,
    package: system.purl,
    judgedBy: 'distribution',
    gaps: [],
    flaws: program.replaced ? replaced(program) : factOf(findings, program.path, replaced(program)),
    ...(built.modules.length > 0 ? { builtIn: builtInto(system, built.modules, finder) } : {}),
  };
}

function builtInto({ purl }: Package, modules: readonly Package[], finder: OpenedFinder): VulnerabilityFindings {
  const { areNamed: _named, ...findings } = finder.findOnHost(modules, undefined);
  return { ...findings, found: findings.found.map((each) => ({ ...each, coveredBy: purl })) };
}

function builtComponent(
  program: RunningProgram,
  engine: EngineFacts,
  { finder }: HostPlace,
  { modules, gaps }: ReturnType<typeof readModules>,
): HostComponent {
  const { part, name, path } = program;
  const isUntold = (each: Package) => isOwnModule(part, each) && each.version === '';
  // The engine that was asked says which release it is, where its build does not.
  const reported = engine.local && modules.some(isUntold) ? reportedModules(part, engine) : [];
  const all = reported.length > 0 ? [...modules.filter((each) => !isUntold(each)), ...reported] : modules;
  const { areNamed: _named, ...findings } = finder.findOnHost(all, undefined);
  const own = all.find((each) => isOwnModule(part, each));
  const told = engine.local && engine.version.known ? reportedVersion(part, engine.version.value) : undefined;
  return {
    part,
    name,
    path,
    version: own?.version || (told ?? ''),
    judgedBy: 'build',
    gaps,
    flaws: factOf(findings, path, gaps[0] ?? tellsNothing(program)),
  };
}

function tellsNothing({ path }: RunningProgram): UnreadableFact {
  return unreadable(
    'file',
    path,
    {
      en: 'it belongs to no package, and does not tell what it was built from',
      zh: '它不属于任何软件包，也没有说明其构建来源',
    },
    whoMadeIt,
  );
}

function replaced({ name, path }: RunningProgram): UnreadableFact {
  return unreadable(
    'kernel',
    path,
    {
      en: `it still runs as it was before ${path} was replaced, so that its package does not tell its version`,
      zh: `${path} 已被替换，而运行中的仍是旧程序，软件包无法说明其版本`,
    },
    { en: `start ${name} again`, zh: `重新启动 ${name}` },
  );
}
