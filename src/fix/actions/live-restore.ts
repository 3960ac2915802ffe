import { daemonSetting } from '../../model/daemon-setting.ts';
import type { Affected } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import type { PlanContext } from '../planning.ts';

/** Whether a restart would stop containers, and switching `live-restore` on can spare them. */
export function spares(context: PlanContext): boolean {
  return runningNames(context).length > 0 && !survives(context) && canSurvive(context);
}

/** Containers go on: the daemon that ends leaves them, and the one that starts takes them over. */
function survives({ machine: { engine } }: PlanContext): boolean {
  const setting = daemonSetting(engine, 'live-restore');
  const isInForce = engine.info.known && engine.info.value.liveRestore === true;
  return isInForce && setting.known && setting.value === true;
}

/** A swarm forbids it, and a flag cannot be changed in the file. */
function canSurvive({ machine: { engine } }: PlanContext): boolean {
  const isSwarm = engine.info.known && engine.info.value.swarm === 'active';
  const setting = daemonSetting(engine, 'live-restore');
  return !isSwarm && !(setting.known && setting.source === 'command-line');
}

/** Who stops in a restart, and comes back or not; nobody where `live-restore` holds by then. */
export function stoppedByRestart(context: PlanContext): Affected[] {
  return survives(context) || canSurvive(context) ? [] : stopped(context);
}

function runningNames({ machine }: PlanContext): string[] {
  return machine.containers.filter(({ state }) => state === 'running').map(({ name }) => name);
}

function stopped(context: PlanContext): Affected[] {
  return context.machine.containers
    .filter(({ state }) => state === 'running')
    .map(({ name, restart }) => {
      const comesBack = ['always', 'unless-stopped'].includes(restart.name ?? '');
      return comesBack
        ? { container: name, effect: 'restarts', why: restarts }
        : { container: name, effect: 'stops', why: stops };
    });
}

const restarts: Text = {
  en: 'live-restore cannot be switched on: the restart stops it, and its restart policy starts it again',
  zh: '无法启用 live-restore：重启会停止该容器，随后由其重启策略再次启动',
};
const stops: Text = {
  en: 'live-restore cannot be switched on: the restart stops it, and nothing starts it again',
  zh: '无法启用 live-restore：重启会停止该容器，且不会自动启动',
};
