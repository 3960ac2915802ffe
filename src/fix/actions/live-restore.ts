import { daemonSetting } from '../../model/daemon-setting.ts';
import { objectIn } from '../../model/json.ts';
import type { Affected } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import type { PlanContext } from '../planning.ts';

/** Whether a restart would stop containers, and switching `live-restore` on can spare them. */
export function spares(context: PlanContext): boolean {
  return running(context).length > 0 && !survives(context) && canSurvive(context);
}

/** Containers go on: the daemon that ends leaves them, and the one that starts takes them over. */
function survives({ machine: { engine } }: PlanContext): boolean {
  const setting = daemonSetting(engine, 'live-restore');
  const isInForce = engine.info.known && engine.info.value.liveRestore === true;
  return isInForce && setting.known && setting.value === true;
}

/** An engine in a swarm, or on its way into one, does not start with it, and a flag cannot be changed in the file. */
function canSurvive({ machine: { engine } }: PlanContext): boolean {
  const state = engine.info.known ? engine.info.value.swarm : undefined;
  const setting = daemonSetting(engine, 'live-restore');
  return [undefined, '', 'inactive'].includes(state) && !(setting.known && setting.source === 'command-line');
}

/** Who stops in a restart, and comes back or not; nobody where `live-restore` holds by then. */
export async function stoppedByRestart(context: PlanContext): Promise<Affected[]> {
  return survives(context) || canSurvive(context) ? [] : stopped(context);
}

function running({ machine }: PlanContext): PlanContext['machine']['containers'] {
  return machine.containers.filter(({ state }) => state === 'running');
}

function stopped(context: PlanContext): Promise<Affected[]> {
  return Promise.all(
    running(context).map(async ({ name, restart }): Promise<Affected> => {
      // What cannot be asked stops all the same.
      const found = await context.engine(`/containers/${encodeURIComponent(name)}/json`).catch(() => null);
      if (objectIn(found, 'HostConfig')['AutoRemove'] === true) {
        return { container: name, effect: 'is-removed', why: goes };
      }
      return ['always', 'unless-stopped'].includes(restart.name ?? '')
        ? { container: name, effect: 'restarts', why: restarts }
        : { container: name, effect: 'stops', why: stops };
    }),
  );
}

const goes: Text = {
  en: 'live-restore cannot be switched on: the restart stops it, and it was started to be removed at its end (--rm), with all that is in its own layer',
  zh: '无法启用 live-restore：重启会停止该容器，而它以 --rm 启动，停止后即被删除，可写层内容随之丢失',
};
const restarts: Text = {
  en: 'live-restore cannot be switched on: the restart stops it, and its restart policy starts it again',
  zh: '无法启用 live-restore：重启会停止该容器，随后由其重启策略再次启动',
};
const stops: Text = {
  en: 'live-restore cannot be switched on: the restart stops it, and nothing starts it again',
  zh: '无法启用 live-restore：重启会停止该容器，且不会自动启动',
};
