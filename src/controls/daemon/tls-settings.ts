import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import type { Fact } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import { unprotectedListeners } from './api-listeners.ts';
import { isOlder } from './engine-service.ts';

/** The options that name the engine's certificate, its key and the authority that signs its clients' certificates. */
export const certificateKeys = ['tlscacert', 'tlscert', 'tlskey'] as const;

/**
 * What a TCP client of the engine must show: a certificate, nothing over an encrypted connection, or nothing at all.
 * dockerd switches TLS on as soon as `tlsverify` is given, even as false; from 20.10 on, `tls` alone verifies too
 * (seen on 20.10.24: a client without a certificate is turned away).
 */
export function tlsMode(engine: EngineFacts): Fact<'verified' | 'encrypted' | 'plain'> {
  const verify = daemonSetting(engine, 'tlsverify');
  if (!verify.known) return verify;
  if (isSet(verify.value)) return { ...verify, value: verify.value === true ? 'verified' : 'encrypted' };
  const tls = daemonSetting(engine, 'tls');
  if (!tls.known) return tls;
  if (!isSet(tls.value)) return { ...verify, value: 'plain' };
  if (tls.value !== true) return { ...tls, value: 'plain' };
  const { version } = engine;
  if (!version.known) return version;
  return { ...tls, value: isOlder(version.value.version, 20, 10) === true ? 'encrypted' : 'verified' };
}

function isSet(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}

/** Settled by the settings, unless the running engine says otherwise. */
export function demandsClientCertificates(engine: EngineFacts): boolean {
  const { info } = engine;
  if (info.known && unprotectedListeners(info.value.warnings).length > 0) return false;
  const mode = tlsMode(engine);
  return mode.known && mode.value === 'verified';
}
