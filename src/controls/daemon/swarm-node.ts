import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf, type KnownFact } from '../../model/fact.ts';
import type { SwarmFacts } from '../../model/swarm.ts';
import { notApplicable, unknownFrom, type Verdict } from '../../model/verdict.ts';

/** What is said of an engine that is in a swarm, as manager or worker; in none the question does not arise. */
export function inSwarm(
  { swarm }: EngineFacts,
  judge: (swarm: SwarmFacts, fact: KnownFact<unknown>) => Verdict,
): Verdict {
  if (!swarm.known) return unknownFrom(swarm);
  if (swarm.value !== null) return judge(swarm.value, swarm);
  return notApplicable(
    { en: 'The engine is in no swarm.', zh: '引擎未加入任何 swarm。' },
    evidenceOf(swarm, 'inactive', `${swarm.path}.LocalNodeState`),
  );
}

/** What is said of a manager: a worker has no say in the settings of its swarm, and is not told them. */
export function onManager(
  engine: EngineFacts,
  judge: (swarm: SwarmFacts, fact: KnownFact<unknown>) => Verdict,
): Verdict {
  return inSwarm(engine, (swarm, fact) =>
    swarm.manager
      ? judge(swarm, fact)
      : notApplicable(
          {
            en: 'This node is a worker of its swarm: the managers decide about it, and are asked there.',
            zh: '本节点是 swarm 的工作节点：此项由管理节点决定，应在管理节点上检查。',
          },
          evidenceOf(fact, false, `${fact.path}.ControlAvailable`),
        ),
  );
}

/** Milliseconds in a day. */
export const day = 86_400_000;
