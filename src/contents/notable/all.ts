import type { NotableReader } from '../notable-reader.ts';
import { accounts } from './accounts.ts';
import { authorizedKeys } from './authorized-keys.ts';
import { coreDump } from './core-dump.ts';
import { fileCapability } from './file-capability.ts';
import { packageCache } from './package-cache.ts';
import { packageCredentials } from './package-credentials.ts';
import { privateKey } from './private-key.ts';
import { setgid } from './setgid.ts';
import { setuid } from './setuid.ts';
import { sshServer } from './ssh-server.ts';
import { sudoRule } from './sudo-rule.ts';
import { tool } from './tool.ts';
import { unneeded } from './unneeded.ts';
import { worldWritable } from './world-writable.ts';

export const notableReaders: readonly NotableReader[] = [
  accounts,
  authorizedKeys,
  coreDump,
  fileCapability,
  packageCache,
  packageCredentials,
  privateKey,
  setgid,
  setuid,
  sshServer,
  sudoRule,
  tool,
  unneeded,
  worldWritable,
];
