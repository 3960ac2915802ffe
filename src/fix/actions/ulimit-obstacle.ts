import type { ContainerSpec } from '../../model/container-spec.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { openFilesBelow } from '../daemon-traps/own-limits.ts';
import type { PlanContext } from '../planning.ts';
import type { Obstacle } from './compose-obstacles.ts';

/** A limit of open files above what the daemon may give: the container would not start. Only of the engine of this machine. */
export function ulimitObstacle(
  live: ContainerSpec,
  change: SpecChange,
  { machine }: PlanContext,
): Obstacle | undefined {
  const wanted = change.ulimits?.find(({ name }) => name === 'nofile');
  const before = live.ulimits.find(({ name }) => name === 'nofile');
  if (wanted === undefined || wanted.hard === before?.hard) return undefined;
  const own = openFilesBelow(wanted.hard, machine.engine);
  if (own === undefined) return undefined;
  return {
    reason: {
      en: `the daemon may open ${own} files itself and may not raise limits (no CAP_SYS_RESOURCE): with nofile ${wanted.hard} the container would not start`,
      zh: `守护进程自身最多可打开 ${own} 个文件，且无权提高限制（缺少 CAP_SYS_RESOURCE）：将 nofile 设为 ${wanted.hard} 后，容器无法启动`,
    },
    advice: {
      en: `Set parameters.container-ulimits.openFiles to ${own} or less in plimsoll.yaml, or start the daemon with a higher limit (LimitNOFILE).`,
      zh: `请在 plimsoll.yaml 中将 parameters.container-ulimits.openFiles 设为不超过 ${own}，或以更高的限制（LimitNOFILE）启动守护进程。`,
    },
  };
}
