import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { EngineAddress } from '../../src/sources/engine/address.ts';

export interface Relay extends AsyncDisposable {
  readonly address: EngineAddress;
}

/** Reaches an engine over TCP, as if it were another machine's. */
export async function relayTo(socket: string): Promise<Relay> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const engine = connect(socket);
    for (const each of [client, engine]) {
      open.add(each);
      each.on('close', () => open.delete(each)).on('error', () => each.destroy());
    }
    client.pipe(engine).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: { kind: 'tcp', host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    async [Symbol.asyncDispose]() {
      for (const each of open) each.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
