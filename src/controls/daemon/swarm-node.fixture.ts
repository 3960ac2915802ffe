import { expect, test } from 'vitest';
import { engine, hidden, judge } from '../../../test/subjects.ts';
import type { Control, ParameterDefinitions } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import { Secret } from '../../model/secret.ts';
import type { SwarmFacts, SwarmNode, SwarmService } from '../../model/swarm.ts';

/** A node of a swarm. */
export function node(name: string, change: Partial<SwarmNode> = {}): SwarmNode {
  return { id: name, name, role: 'worker', ...change };
}

export function manager(name: string, change: Partial<SwarmNode> = {}): SwarmNode {
  return node(name, { role: 'manager', ...change });
}

/** A service with these variables and secrets. */
export function service(
  environment: Readonly<Record<string, string>> = {},
  secrets: readonly string[] = [],
): SwarmService {
  const variables = Object.entries(environment).map(([name, value]) => ({ name, value: new Secret(value) }));
  return { id: 'web', name: 'web', environment: variables, secrets };
}

/** What the engine's API says, at `GET` and this path. */
export function told<T>(value: T, path = '/swarm') {
  return known(value, 'engine-api', `GET ${path}`);
}

const wellKept: SwarmFacts = {
  manager: true,
  managementPort: 2377,
  autolock: told(true),
  certificateLifetime: told(30 * 86_400_000),
  authorityEnds: told(Date.UTC(2046, 1, 1)),
  nodes: told([manager('a'), manager('b'), manager('c')], '/nodes'),
  services: told([service({ LOG_LEVEL: 'info' })], '/services'),
};

/** The exemplary engine as a manager of a well-kept swarm, but for `change`. */
export function swarmManager(change: Partial<SwarmFacts> = {}, facts: Partial<EngineFacts> = {}): EngineFacts {
  return engine({}, { swarm: told({ ...wellKept, ...change }, '/info Swarm'), ...facts });
}

/** The exemplary engine as a worker, who is told nothing. */
export function swarmWorker(): EngineFacts {
  const untold = {
    autolock: hidden,
    certificateLifetime: hidden,
    authorityEnds: hidden,
    nodes: hidden,
    services: hidden,
  };
  return swarmManager({ manager: false, ...untold });
}

/** An engine whose part in a swarm is not known, and one in none. */
export function testOutsideSwarm<P extends ParameterDefinitions>(control: Control<'engine', P>): void {
  test('docker-bench counts a swarm that is not there as passed: it is not applicable', () => {
    expect(judge(control, engine()).status).toBe('not-applicable');
  });

  test('an engine that does not answer is unknown', () => {
    expect(judge(control, engine({}, { swarm: hidden })).status).toBe('unknown');
  });
}

/** The same for what only a manager is asked. */
export function testOnManagersOnly<P extends ParameterDefinitions>(control: Control<'engine', P>): void {
  testOutsideSwarm(control);

  test('a worker is not asked about its managers', () => {
    expect(judge(control, swarmWorker()).status).toBe('not-applicable');
  });
}
