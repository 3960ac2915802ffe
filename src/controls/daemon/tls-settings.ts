import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import type { Fact } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import { unprotectedListeners } from './api-listeners.ts';

/** The options that name the engine's certificate, its key and the authority that signs its clients' certificates. */
export const certificateKeys = ['tlscacert', 'tlscert', 'tlskey'] as const;

/**
 * What a TCP client of the engine must show: a certificate, nothing over an encrypted connection, or nothing at all.
 * dockerd switches TLS on as soon as `tlsverify` is given, even as false.
 */
export function tlsMode(engine: EngineFacts): Fact<'verified' | 'encrypted' | 'plain'> {
  const verify = daemonSetting(engine, 'tlsverify');
  if (!verify.known) return verify;
  if (isSet(verify.value)) return { ...verify, value: verify.value === true ? 'verified' : 'encrypted' };
  const tls = daemonSetting(engine, 'tls');
  if (!tls.known) return tls;
  return isSet(tls.value)
    ? { ...tls, value: tls.value === true ? 'encrypted' : 'plain' }
    : { ...verify, value: 'plain' };
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
