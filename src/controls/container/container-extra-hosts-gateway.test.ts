import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, judge, machine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { containerExtraHostsGateway as control } from './container-extra-hosts-gateway.ts';

const listening = (...addresses: string[]) => {
  const tcp = addresses.map((address) => ({ protocol: 'tcp', address, port: 2375 }) as const);
  const sockets = known({ unix: ['/run/docker.sock'], tcp }, 'kernel', '/proc/400/net/tcp');
  return {
    machine: machine({ engine: engine({ hosts: addresses.map((each) => `tcp://${each}:2375`) }, { sockets }) }),
  };
};
const named = container({ extraHosts: ['db:10.0.0.2', 'host.docker.internal:host-gateway'] });

test('a name for the host where the engine answers fails', () => {
  expect(judge(control, named, listening('0.0.0.0'))).toMatchObject({
    status: 'fail',
    field: 'extraHosts[1]',
    evidence: [{ value: 'host.docker.internal:host-gateway' }, { value: 'tcp://0.0.0.0:2375' }],
  });
  expect(judge(control, container({ extraHosts: ['h=host-gateway'] }), listening('172.17.0.1')).status).toBe('fail');
});

test('an engine that answers on loopback, or on no port, passes', () => {
  expect(judge(control, named, listening('127.0.0.1')).status).toBe('pass');
  expect(judge(control, named, listening()).status).toBe('pass');
});

test('without such a name, or an engine, there is no question', () => {
  expect(judge(control, container({ extraHosts: ['db:10.0.0.2'] }), listening('0.0.0.0')).status).toBe(
    'not-applicable',
  );
  expect(judge(control, container(), listening('0.0.0.0')).status).toBe('not-applicable');
  expect(judge(control, named, { machine: undefined }).status).toBe('not-applicable');
});

test('listeners that are hidden are unknown', () => {
  const facts = { sockets: hidden, info: hidden, configuration: hidden, process: hidden };
  expect(judge(control, named, { machine: machine({ engine: engine({}, facts) }) }).status).toBe('unknown');
  expect(control.remedy(named, contextOf(control)).kind).toBe('manual');
});
