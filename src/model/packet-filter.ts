/** The rules that decide which packets the host lets in and through. */
export interface PacketFilter {
  /** Which tool was asked. */
  readonly backend: 'iptables' | 'nftables';
  readonly chains: readonly FilterChain[];
}

export interface FilterChain {
  readonly family: 'ip' | 'ip6' | 'inet';
  readonly table: string;
  readonly name: string;
  /** Where the kernel enters it; absent for a chain that only others jump to. */
  readonly hook?: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  /** What becomes of a packet that no rule decides; only of a chain with a hook. */
  readonly policy?: 'accept' | 'drop';
  readonly rules: readonly FilterRule[];
}

/** One rule as far as it is understood. */
export interface FilterRule {
  /** As written. */
  readonly text: string;
  /** `accept`, `drop`, `reject`, `return`, or the chain that it jumps to; absent where it only counts or marks. */
  readonly target?: string;
  readonly protocol?: string;
  /** Ports, and ranges such as `8000:8010`. */
  readonly destinationPorts?: readonly string[];
  /** Addresses with their lengths: `10.0.0.0/8`. */
  readonly sources?: readonly string[];
  readonly destinations?: readonly string[];
  readonly inInterface?: string;
  readonly outInterface?: string;
  /** States of connections that it asks for: `established`, `related`, `dnat` (sent on to another address) … */
  readonly states?: readonly string[];
  /** It asks for something that is not understood here, and may not match where it seems to. */
  readonly isPartial: boolean;
}
