import { bech32Check } from '../checks/bitcoin.ts';
import { jsonWebToken, serviceAccountToken, serviceRoleToken } from '../checks/json-web-token.ts';
import type { SecretRule } from '../rule.ts';
import { alphanumeric, hex, named, token, uuid, word } from './forms.ts';

const webToken = String.raw`(?<![\w.-])(eyJ[\w-]{10,1500}\.eyJ[\w-]{8,6000}\.[\w-]{20,1500})(?![\w-])`;

/** Identity, sessions, and the stores of secrets themselves. */
export const identityRules: readonly SecretRule[] = [
  {
    id: 'kubernetes-service-account-token',
    title: { en: 'token of a Kubernetes service account', zh: 'Kubernetes 服务账号令牌' },
    severity: 'critical',
    certainty: 'token',
    keywords: ['eyj'],
    pattern: webToken,
    check: serviceAccountToken,
  },
  {
    id: 'supabase-service-role-key',
    title: { en: 'Supabase service role key', zh: 'Supabase service_role 密钥' },
    severity: 'critical',
    certainty: 'token',
    keywords: ['eyj'],
    pattern: webToken,
    check: serviceRoleToken,
  },
  {
    id: 'json-web-token',
    title: { en: 'JSON web token', zh: 'JSON Web 令牌（JWT）' },
    severity: 'medium',
    certainty: 'token',
    keywords: ['eyj'],
    pattern: webToken,
    check: jsonWebToken,
  },
  named('okta-token', 'Okta', 'apiToken', 'critical', ['okta', 'ssws'], '00[\\w-]{40}', { words: '' }),
  named('auth0-secret', 'Auth0', 'clientSecret', 'critical', ['auth0'], word('48,64'), { words: 'secret|token' }),
  named('onelogin-secret', 'OneLogin', 'clientSecret', 'critical', ['onelogin'], hex(64), { words: 'secret' }),
  named(
    'keycloak-secret',
    'Keycloak',
    'clientSecret',
    'high',
    ['keycloak', 'kc_client'],
    `(?:${uuid}|${alphanumeric(32)})`,
    { words: 'secret' },
  ),
  token(
    'clerk-key',
    'Clerk',
    'secretKey',
    'critical',
    ['sk_live_'],
    '(?=[A-Za-z]{0,42}\\d)[A-Za-z\\d]{43}(?=[^A-Za-z\\d])',
    { entropy: 4.8 },
  ),
  token('stytch-secret', 'Stytch', 'secretKey', 'critical', ['secret-live-'], '[\\w-]{30,50}={0,2}'),
  token('jumpcloud-key', 'JumpCloud', 'apiKey', 'critical', ['jca_'], alphanumeric(36)),
  token('vault-token', 'HashiCorp Vault', 'token', 'critical', ['hvs.', 'hvb.', 'hvr.'], word('24,300')),
  named('vault-legacy-token', 'HashiCorp Vault', 'token', 'critical', ['vault'], '[sbr]\\.[A-Za-z\\d]{24}', {
    words: 'token',
  }),
  named('hashicorp-cloud-secret', 'HashiCorp Cloud', 'clientSecret', 'critical', ['hcp_client'], word(64), {
    words: 'secret',
  }),
  named('consul-token', 'HashiCorp Consul', 'token', 'high', ['consul', 'nomad'], uuid, { words: 'token' }),
  token(
    'doppler-token',
    'Doppler',
    'serviceToken',
    'critical',
    ['dp.pt.', 'dp.sa.', 'dp.ct.', 'dp.scim.', 'dp.audit.'],
    alphanumeric('40,44'),
  ),
  token(
    'doppler-service-token',
    'Doppler',
    'serviceToken',
    'critical',
    ['dp.st.'],
    '(?:[a-z\\d_-]{2,35}\\.)?[A-Za-z\\d]{40,44}',
  ),
  token(
    'infisical-token',
    'Infisical',
    'serviceToken',
    'critical',
    ['st.'],
    `${hex(24)}\\.${hex('32,64')}\\.${hex(32)}`,
  ),
  token(
    'onepassword-service-token',
    '1Password',
    'serviceToken',
    'critical',
    ['ops_eyJ'],
    '[A-Za-z\\d+/]{250,1200}={0,3}',
    { entropy: 4 },
  ),
  token(
    'onepassword-secret-key',
    '1Password',
    'secretKey',
    'critical',
    ['A3-'],
    '[A-Z\\d]{6}-(?:[A-Z\\d]{11}|[A-Z\\d]{6}-[A-Z\\d]{5})-[A-Z\\d]{5}-[A-Z\\d]{5}-[A-Z\\d]{5}',
  ),
  named(
    'bitwarden-token',
    'Bitwarden',
    'accessToken',
    'critical',
    ['bitwarden', 'bws_access'],
    `0\\.${uuid}\\.[A-Za-z\\d]{30}:[A-Za-z\\d+/]{22}==`,
    { words: 'token' },
  ),
  named('akeyless-key', 'Akeyless', 'accessKey', 'high', ['akeyless'], '[A-Za-z\\d+/]{43}=', {
    words: 'key|access',
    entropy: 4,
  }),
  token('age-key', 'age', 'privateKey', 'critical', ['AGE-SECRET-KEY-1'], '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}', {
    check: bech32Check,
  }),
];
