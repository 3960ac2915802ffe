import { expect, test } from 'vitest';
import { container, contextOf, engine, judge, machine, network } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { NetworkFacts } from '../../model/network.ts';
import { networkBindSpecificInterface as control } from './network-bind-specific-interface.ts';

const published = (hostAddress: string | undefined, hostPort: number | undefined = 8080) => ({
  ...(hostAddress === undefined ? {} : { hostAddress }),
  ...(hostPort === 0 ? {} : { hostPort }),
  containerPort: 8080,
  protocol: 'tcp' as const,
});
const on = (hostAddress?: string, hostPort?: number) => container({ ports: [published(hostAddress, hostPort)] });

test.each([undefined, '', '0.0.0.0', '::', '[::]', '0:0:0:0:0:0:0:0', '::ffff:0.0.0.0'])(
  'on %j a port is open on every address',
  (address) => {
    expect(judge(control, on(address))).toMatchObject({ status: 'fail', field: 'ports[0]' });
    expect(judge(control, { ...on(address), dialect: 'pod' }).status).toBe('fail');
  },
);

test.each(['127.0.0.1', '::1', '[::1]', '192.0.2.10', '10.0.0.0', '2001:db8::'])('on %s it is not', (address) => {
  expect(judge(control, on(address)).status).toBe('pass');
});

test('the first port that is open everywhere is at fault', () => {
  const subject = container({ ports: [published('127.0.0.1'), published('::', 9000), published(undefined, 9001)] });
  expect(judge(control, subject)).toMatchObject({ status: 'fail', field: 'ports[1]', evidence: [{}, {}] });
});

test('a port that the engine chooses is open everywhere like any other', () => {
  expect(judge(control, on(undefined, 0)).status).toBe('fail');
});

test('public ports may be open everywhere, and a site says which those are', () => {
  expect(judge(control, container({ ports: [published(undefined, 80), published('::', 443)] })).status).toBe('pass');
  expect(judge(control, on(undefined, 80), { parameters: { publicPorts: [] } }).status).toBe('fail');
  expect(judge(control, on(undefined, 8443), { parameters: { publicPorts: [8443] } }).status).toBe('pass');
});

test('an address that a variable gives is unknown, unless another port fails anyway', () => {
  for (const address of ['$ADDRESS', '${ADDRESS:?}', '`hostname -i`', '{{ address }}'])
    expect(judge(control, on(address)).status).toBe('unknown');
  expect(judge(control, on('$ADDRESS', 443)).status).toBe('pass');
  const subject = container({ ports: [published('$ADDRESS'), published(undefined)] });
  expect(judge(control, subject)).toMatchObject({ status: 'fail', field: 'ports[1]' });
});

test('nothing is published for a container without a network of its own', () => {
  expect(judge(control, { ...on(), namespaces: { network: 'host' } }).status).toBe('pass');
});

const binding = (address: string) => {
  const options = { 'com.docker.network.bridge.host_binding_ipv4': address };
  const bridge = known({ name: 'bridge', options }, 'engine-api', 'GET /networks/bridge');
  return { machine: machine({ engine: engine({}, { bridge }) }) };
};

test("in the default bridge the engine's own default address counts", () => {
  const subject = { ...on(), namespaces: { network: 'bridge' }, networks: ['bridge'] };
  expect(judge(control, subject, binding('127.0.0.1')).status).toBe('pass');
  expect(judge(control, subject, binding('0.0.0.0')).status).toBe('fail');
  expect(judge(control, subject).status).toBe('fail');
  expect(judge(control, on(), binding('127.0.0.1')).status).toBe('fail');
  expect(judge(control, { ...subject, ports: [published('0.0.0.0')] }, binding('127.0.0.1')).status).toBe('fail');
});

test('so does that of a network of one’s own, where every one that leads outside has it', () => {
  const option = 'com.docker.network.bridge.host_binding_ipv4';
  const local = network({ options: { [option]: '127.0.0.1' } });
  const judged = (
    networks: NetworkFacts[],
    names = networks.map(({ name }) => name),
    ports = [published(undefined)],
  ) => {
    const facts = engine({}, { networks: known(networks, 'engine-api', 'GET /networks') });
    const subject = container({ ports, namespaces: { network: 'shop' }, networks: names });
    return judge(control, subject, { machine: machine({ engine: facts }) });
  };
  expect(judged([local])).toMatchObject({
    status: 'pass',
    evidence: [{}, { path: `GET /networks shop Options ${option}`, value: '127.0.0.1' }],
  });
  expect(judged([local], ['shop'], [published('0.0.0.0')]).status).toBe('fail');
  expect(judged([local], ['other']).status).toBe('fail');
  expect(judged([network({ options: { [option]: '0.0.0.0' } })]).status).toBe('fail');
  expect(judged([local, network({ name: 'wide' })]).status).toBe('fail');
  expect(judged([local, network({ name: 'inner', internal: true })]).status).toBe('pass');
});

test('publishing all opens on every address what is exposed; on paper the image may expose more', () => {
  const subject = container({ publishAllPorts: true, exposedPorts: ['5005/tcp'], ports: [] });
  expect(judge(control, subject)).toMatchObject({ status: 'fail', field: 'publishAllPorts' });
  expect(judge(control, { ...subject, exposedPorts: [] }).status).toBe('pass');
  expect(judge(control, { ...subject, exposedPorts: [], dialect: 'docker-run' }).status).toBe('unknown');
});

test('only a person knows the address', () => {
  expect(control.remedy(on(), contextOf(control)).kind).toBe('manual');
});
