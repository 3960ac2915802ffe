import type { JsonObject } from '../../model/json.ts';

/*
 * What Docker 20.10 of Debian 12 answered as the one manager of a swarm of its own, without what nobody reads.
 */

/** The `Swarm` of `GET /info`. */
export const managerInfo: JsonObject = {
  NodeID: '8uuls8jpvzztyglyt7vpao49j',
  NodeAddr: '127.0.0.1',
  LocalNodeState: 'active',
  ControlAvailable: true,
  Error: '',
  RemoteManagers: [{ NodeID: '8uuls8jpvzztyglyt7vpao49j', Addr: '127.0.0.1:23771' }],
  Nodes: 1,
  Managers: 1,
};

/** The same of a node that only works. */
export const workerInfo: JsonObject = {
  NodeID: 'k67qz4598weg5unwwffg6z1m1',
  NodeAddr: '192.0.2.11',
  LocalNodeState: 'active',
  ControlAvailable: false,
  Error: '',
  RemoteManagers: [{ NodeID: '8uuls8jpvzztyglyt7vpao49j', Addr: '192.0.2.10:2377' }],
};

/** The swarm's authority: its certificate ends on 17 November 2046 at 05:54. */
const authority = `-----BEGIN CERTIFICATE-----
MIIBaTCCARCgAwIBAgIUTzr5WH/T6uzTHeExYvONIp/HckowCgYIKoZIzj0EAwIw
EzERMA8GA1UEAxMIc3dhcm0tY2EwHhcNMjYxMTIyMDU1NDAwWhcNNDYxMTE3MDU1
NDAwWjATMREwDwYDVQQDEwhzd2FybS1jYTBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABJhAw4L7tSkD0Hlb+Cgf1oLbPZwY/FJnbV2hR4NEG9V3shBFTfyvsXJtcvp0
FP+mO8mOF+k8fDF2vwWoXsDGsyCjQjBAMA4GA1UdDwEB/wQEAwIBBjAPBgNVHRMB
Af8EBTADAQH/MB0GA1UdDgQWBBRoi2QX3tFp9fdTE09C2OinaUgwrTAKBggqhkjO
PQQDAgNHADBEAiBPIKshhI3vcFVz1bZ44ewSEu5XQcHpPgCcyIgSuLIbdAIgR3Pr
eJgk/4Zeud+sjQaBr56TxgS65iZ6y4IGRRPDcs8=
-----END CERTIFICATE-----
`;

/** `GET /swarm`. */
export const cluster: JsonObject = {
  ID: 'bbdgh764b5jkhcqpltmgt2mwb',
  Spec: {
    Name: 'default',
    CAConfig: { NodeCertExpiry: 7_776_000_000_000_000 },
    EncryptionConfig: { AutoLockManagers: false },
  },
  TLSInfo: {
    TrustRoot: authority,
    CertIssuerSubject: 'MBMxETAPBgNVBAMTCHN3YXJtLWNh',
    CertIssuerPublicKey:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEmEDDgvu1KQPQeVv4KB/Wgts9nBj8UmdtXaFHg0Qb1XeyEEVN/K+xcm1y+nQU/6Y7yY4X6Tx8MXa/BahewMazIA==',
  },
  RootRotationInProgress: false,
  DataPathPort: 4789,
};

/** `GET /nodes`. */
export const nodes: JsonObject[] = [
  {
    ID: '8uuls8jpvzztyglyt7vpao49j',
    Spec: { Labels: {}, Role: 'manager', Availability: 'active' },
    Description: { Hostname: 'vm', Engine: { EngineVersion: '20.10.24+dfsg1' } },
  },
];

/** `GET /services`. */
export const services: JsonObject[] = [
  {
    ID: '989h5jbt6i148tztrgplhjlcs',
    Spec: {
      Name: 'web',
      TaskTemplate: {
        ContainerSpec: {
          Image: 'registry.example/shop/web:1.4.2',
          Env: ['LOG_LEVEL=info', 'DB_PASSWORD_FILE=/run/secrets/db_password'],
          Secrets: [
            {
              File: { Name: 'db_password', UID: '0', GID: '0', Mode: 292 },
              SecretID: 'xh0zd8vcndm4o9538p2931o25',
              SecretName: 'db_password',
            },
          ],
        },
      },
      Mode: { Replicated: { Replicas: 1 } },
    },
  },
];
