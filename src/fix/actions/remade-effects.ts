import { listed } from '../../controls/container/listing.ts';
import { writtenPaths } from '../../controls/container/written-path.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Affected } from '../../model/plan.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { merged } from './merged-changes.ts';
import { replacementEffects } from './replacement-effects.ts';

/** Why a container's program may not bear to be made anew, with these changes, by whoever owns it. */
export function remadeEffects(live: ContainerSpec, changes: readonly SpecChange[]): Affected[] {
  const before = applySpecChange(live, {});
  const after = merged(live, changes);
  const risks = replacementEffects({ name: live.name, before, after, inspected: {}, kept: '', runs: true });
  return [...risks.filter(({ effect }) => effect === 'may-break'), ...lost(live)];
}

/** What it wrote outside of its mounts is in the old one only. */
function lost(live: ContainerSpec): Affected[] {
  const written = live.changedPaths?.known ? writtenPaths(live, live.changedPaths.value) : [];
  if (written.length === 0) return [];
  const names = listed(written);
  return [
    {
      container: live.name,
      effect: 'may-break',
      why: {
        en: `what it has written outside of its volumes is not in the new one: ${names.en}`,
        zh: `它在 volume 之外写入的内容不会出现在新容器中：${names.zh}`,
      },
    },
  ];
}
