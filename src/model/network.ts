/** A network of an engine. */
export interface NetworkFacts {
  readonly id: string;
  readonly name: string;
  /** `bridge`, `overlay`, `macvlan`, `host`, `null` … */
  readonly driver: string;
  /** `local`, `swarm`, `global`. */
  readonly scope: string;
  /** No route leads out of it. */
  readonly internal: boolean;
  readonly ipv6: boolean;
  /** Swarm's own network for published ports. */
  readonly ingress: boolean;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly subnets: readonly string[];
  /** Containers that are attached to it and run. */
  readonly members: readonly NetworkMember[];
}

export interface NetworkMember {
  /** The container's id. */
  readonly id: string;
  readonly name: string;
  /** Without its length. */
  readonly ipv4?: string;
  readonly ipv6?: string;
}
