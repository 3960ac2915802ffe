import type { Variable } from './container-spec.ts';
import type { Fact } from './fact.ts';

/** The swarm that an engine belongs to. */
export interface SwarmFacts {
  /** This node manages it: only then can the rest be asked. */
  readonly manager: boolean;
  /** The port on which the managers reach this one; only of a manager. */
  readonly managementPort?: number;
  readonly autolock: Fact<boolean>;
  /** Milliseconds that a node's certificate holds. */
  readonly certificateLifetime: Fact<number>;
  /** When the authority's certificate ends, milliseconds since 1970. */
  readonly authorityEnds: Fact<number>;
  /** A new authority is taking over from the old one. */
  readonly authorityRotates?: boolean;
  readonly nodes: Fact<readonly SwarmNode[]>;
  readonly services: Fact<readonly SwarmService[]>;
}

export interface SwarmNode {
  readonly id: string;
  readonly name: string;
  readonly role: 'manager' | 'worker';
}

export interface SwarmService {
  readonly id: string;
  readonly name: string;
  readonly environment: readonly Variable[];
  readonly secrets: readonly string[];
}
