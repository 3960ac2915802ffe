import { purlOf } from '../../contents/purl.ts';
import type { EngineFacts, EngineVersion } from '../../model/engine.ts';
import type { ComponentPart } from '../../model/host-component.ts';
import type { Package } from '../../model/package.ts';

/** A version as upstream writes it. With anything else behind it, whoever built it may have mended it under the same number. */
const plainRelease = /^v?(\d{1,4})\.\d{1,4}\.\d{1,4}(?:-rc\.?\d{1,3})?$/;

/** What Docker's own builds say that they are; those of distributions say nothing. */
const ownProduct = 'Community Engine';

/**
 * The modules of Go that a part of an engine is by the version that the engine reports, so that advisories about them can be asked: Docker's
 * has gone by two names. None where somebody else than Docker built the engine, or Podman, which comes from distributions only; and none
 * for Docker Engine since 29, whose module has version numbers of its own (`v2.0.0-beta.8`).
 */
export function reportedModules(part: ComponentPart, { kind, version, info }: ReportingEngine): readonly Package[] {
  if (kind !== 'docker' || !version.known || !info.known || info.value.product !== ownProduct) return [];
  const [written, major = ''] = plainRelease.exec(reportedVersion(part, version.value) ?? '') ?? [];
  if (written === undefined) return [];
  return pathsOf(part, Number(major)).map((path) => moduleOf(path, `v${written.replace(/^v/, '')}`));
}

export type ReportingEngine = Pick<EngineFacts, 'kind' | 'version' | 'info'>;

/** What the engine reports of one of its parts; `undefined` where it says nothing of it. */
export function reportedVersion(part: ComponentPart, { version, components }: EngineVersion): string | undefined {
  if (part === 'engine') return version;
  return part === 'containerd' || part === 'runtime' ? components[part === 'runtime' ? 'runc' : part] : undefined;
}

/** From which on Docker's releases are not numbered as its module is. */
const firstRenumbered = 29;

function pathsOf(part: ComponentPart, major: number): readonly string[] {
  if (part === 'runtime') return ['github.com/opencontainers/runc'];
  if (part === 'containerd') return [`github.com/containerd/containerd${major > 1 ? `/v${major}` : ''}`];
  return part === 'engine' && major < firstRenumbered ? ['github.com/docker/docker', 'github.com/moby/moby'] : [];
}

function moduleOf(path: string, version: string): Package {
  const slash = path.lastIndexOf('/');
  const [namespace, name] = [path.slice(0, slash), path.slice(slash + 1)];
  return {
    purl: purlOf({ type: 'golang', namespace, name, version }),
    type: 'golang',
    namespace,
    name,
    version,
    licenses: [],
    state: 'installed',
    path: 'GET /version',
    layer: 0,
    cataloger: 'engine-api@1',
  };
}

/** Whether a module is the program itself, and not built into it. */
export function isOwnModule(part: ComponentPart, { namespace = '', name }: Package): boolean {
  return ownModules[part]?.test(`${namespace}/${name}`) ?? false;
}

const ownModules: Partial<Record<ComponentPart, RegExp>> = {
  engine: /^github\.com\/(?:docker\/docker|moby\/moby|containers\/(?:podman|libpod))(?:\/v\d+)?$/,
  containerd: /^github\.com\/containerd\/containerd(?:\/v\d+)?$/,
  runtime: /^github\.com\/opencontainers\/runc(?:\/v\d+)?$/,
};
