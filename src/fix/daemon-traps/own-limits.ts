import { capabilitiesOf } from '../../model/capability.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { isObject, type JsonValue } from '../../model/json.ts';
import { type Finding, type Situation, use } from './situation.ts';

/**
 * A limit for containers above what the daemon itself has, where it lacks the right to raise one: no container would start
 * any more. Only open files can be compared; of other limits the kernel's word on the daemon is not in the model.
 */
export function ownLimits(situation: Situation): Finding[] {
  const limits = situation.setting('default-ulimits');
  const wanted = hardLimit(isObject(limits) ? limits['nofile'] : undefined);
  const own = wanted === undefined ? undefined : openFilesBelow(wanted, situation.engine);
  if (own === undefined) return [];
  return [
    use(
      ['default-ulimits'],
      {
        en: `the daemon may open ${own} files itself and may not raise limits (no CAP_SYS_RESOURCE): with nofile ${wanted} no container would start any more`,
        zh: `守护进程自身最多可打开 ${own} 个文件，且无权提高限制（缺少 CAP_SYS_RESOURCE）：将 nofile 设为 ${wanted} 后，任何容器都无法再启动`,
      },
      {
        en: `Set nofile to ${own} or less with the parameters of daemon-default-ulimits in plimsoll.yaml, or start the daemon with a higher limit (LimitNOFILE).`,
        zh: `请在 plimsoll.yaml 中用 daemon-default-ulimits 的参数将 nofile 设为不超过 ${own}，或以更高的限制（LimitNOFILE）启动守护进程。`,
      },
    ),
  ];
}

/** How many files the daemon may open, where that is less than `wanted` (-1: all) and it may not raise it. */
export function openFilesBelow(wanted: number, { process }: Pick<EngineFacts, 'process'>): number | undefined {
  const own = process.known ? process.value.openFiles?.hard : undefined;
  if (!process.known || own === undefined || (wanted >= 0 && wanted <= own)) return undefined;
  if (wanted < 0 && own === Number.POSITIVE_INFINITY) return undefined;
  return capabilitiesOf(process.value.capabilityBoundingSet).includes('SYS_RESOURCE') ? undefined : own;
}

/** As the file writes it, `{ "Hard": 65536 }`, or the flag, `1024:65536`. */
function hardLimit(limit: JsonValue | undefined): number | undefined {
  if (isObject(limit)) return typeof limit['Hard'] === 'number' ? limit['Hard'] : undefined;
  if (typeof limit !== 'string') return undefined;
  const hard = Number(limit.split(':').at(-1));
  return Number.isFinite(hard) ? hard : undefined;
}
