import { type ForwardDrop, filterProgram, forwardChain, forwardDropWords } from '../../model/forward-drop.ts';
import type { Action, Affected, FileStep, FilterRuleStep } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { systemProgram } from '../../sources/host/system-program.ts';
import { fileDiff } from '../file-diff.ts';
import { answeredBy, type Failure, type PlanContext, type Planned, refusedAll } from '../planning.ts';
import { runIptables } from '../steps/filter-rule.ts';
import { hostFailures } from './host-failures.ts';
import { keepDrops, type Kept } from './packet-filter-files.ts';

/** What is looked at here beside the plan's context. */
export interface FilterSight {
  /** The path of a program of the system; undefined where it is not installed. */
  readonly program: (name: string) => string | undefined;
  /** Whether the chain for the administrator is there, for the very program that a rule is to be added with. */
  readonly hasChain: (family: ForwardDrop['family']) => Promise<boolean>;
}

const thisHost: FilterSight = {
  program: (name) => systemProgram(name),
  async hasChain(family) {
    try {
      await runIptables(filterProgram({ family }), ['-S', forwardChain]);
      return true;
    } catch {
      return false;
    }
  },
};

/** All rules in one action: in force now, and in a file for each start. */
export async function planPacketFilter(
  failures: readonly Failure[],
  context: PlanContext,
  sight: FilterSight = thisHost,
): Promise<Planned> {
  const own = hostFailures(failures, 'filter');
  if (own.length === 0) return { actions: [], refused: [] };
  const answered = own.map(({ failure }) => failure);
  const drops = distinct(own.flatMap(({ changes }) => changes));
  for (const family of new Set(drops.map((drop) => drop.family))) {
    if (await sight.hasChain(family)) continue;
    return { actions: [], refused: refusedAll(answered, noChain(filterProgram({ family })), { advice: sameProgram }) };
  }
  const kept = keepDrops(drops, context, sight.program);
  if ('reason' in kept) return { actions: [], refused: refusedAll(answered, kept.reason, kept) };
  return { actions: [actionFor(drops, kept, answered, context)], refused: [] };
}

function distinct(changes: readonly ForwardDrop[]): ForwardDrop[] {
  const drops = changes.map(({ family, inInterface, protocol, port }) => ({ family, inInterface, protocol, port }));
  return [...new Map(drops.map((drop) => [JSON.stringify(drop), drop])).values()];
}

function actionFor(
  drops: readonly ForwardDrop[],
  { files, isDropIn }: Kept,
  answered: readonly Failure[],
  context: PlanContext,
): Action {
  const rules = drops.map((drop): FilterRuleStep => ({ kind: 'filter-rule', ...drop }));
  return {
    id: 'packet-filter',
    kind: 'packet-filter',
    answers: answeredBy(answered),
    summary: summaryOf(drops, files),
    diff: [...files.map(({ path, before, after }) => fileDiff(path, before, after)), ...drops.map(lineOf)].join(''),
    disruption: 'none',
    affects: affectedBy(drops, context),
    steps: [...files, ...rules],
    ...(isDropIn ? { effect: { kind: 'reload-units' } as const } : {}),
  };
}

function lineOf(drop: ForwardDrop): string {
  return `+ ${filterProgram(drop)} -I ${forwardChain} ${forwardDropWords(drop).join(' ')}\n`;
}

function summaryOf(drops: readonly ForwardDrop[], files: readonly FileStep[]): Text {
  const ports = portsOf(drops).join(', ');
  const interfaces = [...new Set(drops.map(({ inInterface }) => inInterface))].join(', ');
  const places = files.map(({ path }) => path);
  const lasting: Text =
    places.length > 0
      ? {
          en: `After a reboot ${places.join(', ')} sets the rules again.`,
          zh: `重启后由 ${places.join('、')} 重新设置规则。`,
        }
      : {
          en: 'The rules last until the next reboot: nothing here is known to set them at a start.',
          zh: '规则只保留到下次重启：未发现可在启动时设置规则的机制。',
        };
  return {
    en: `Drops new connections that come by ${interfaces} to the published ports ${ports}, which the host's own firewall does not let in either: whoever uses them from outside is shut out. Connections that stand go on. ${lasting.en} To keep a port open, declare it in publicPorts of network-published-vs-firewall or publish it on one address.`,
    zh: `丢弃经 ${interfaces} 到达已发布端口 ${ports} 的新连接，主机防火墙同样不放行这些连接：从外部使用它们的访问将被拒绝，已建立的连接不受影响。${lasting.zh}如需保持端口开放，请在 network-published-vs-firewall 的参数 publicPorts 中声明，或将其发布到单个地址。`,
  };
}

function portsOf(drops: readonly ForwardDrop[]): string[] {
  return [...new Set(drops.map(({ port, protocol }) => `${port}/${protocol}`))];
}

/** Containers that publish such a port: they run on, and others do not reach them any more. */
function affectedBy(drops: readonly ForwardDrop[], { machine }: PlanContext): Affected[] {
  const closed = new Set(portsOf(drops));
  return machine.containers.flatMap(({ name, state, ports }): Affected[] => {
    if (state !== 'running') return [];
    const own = [...new Set(ports.map(({ hostPort, protocol }) => `${hostPort}/${protocol}`))];
    const lost = own.filter((port) => closed.has(port)).join(', ');
    if (lost === '') return [];
    return [
      {
        container: name,
        effect: 'may-break',
        why: {
          en: `nobody outside of this host opens a connection to its port ${lost} any more`,
          zh: `主机之外无法再与其端口 ${lost} 建立新连接`,
        },
      },
    ];
  });
}

function noChain(program: string): Text {
  return {
    en: `${program} shows no chain ${forwardChain}, so that no rule can stand before those of the engine`,
    zh: `${program} 未显示 ${forwardChain} 链，无法在引擎的规则之前设置规则`,
  };
}

const sameProgram: Text = {
  en: 'Run it as root in the network namespace of the host, where iptables is the one that the engine uses: iptables-legacy and iptables-nft do not see each other’s chains.',
  zh: '请在主机的网络命名空间中以 root 身份运行，并使用与引擎相同的 iptables：iptables-legacy 与 iptables-nft 互相看不到对方的链。',
};
