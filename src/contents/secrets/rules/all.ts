import type { SecretRule } from '../rule.ts';
import { artificialIntelligenceRules } from './artificial-intelligence.ts';
import { businessRules } from './business.ts';
import { cloudRules } from './cloud.ts';
import { databaseRules, hostingRules } from './hosting.ts';
import { identityRules } from './identity.ts';
import { keyRules } from './keys.ts';
import { knownFileRules } from './known-files.ts';
import { guessedRules, loginRules } from './logins.ts';
import { messagingRules } from './messaging.ts';
import { observabilityRules } from './observability.ts';
import { paymentRules } from './payment.ts';
import { deliveryRules, sourceHostingRules } from './source-hosting.ts';
import { withoutModifiers } from '../without-modifiers.ts';

/** The more certain first: of two rules that find the same, the first is told. */
export const secretRules: readonly SecretRule[] = [
  ...keyRules,
  ...cloudRules,
  ...sourceHostingRules,
  ...deliveryRules,
  ...artificialIntelligenceRules,
  ...paymentRules,
  ...messagingRules,
  ...identityRules,
  ...hostingRules,
  ...databaseRules,
  ...observabilityRules,
  ...businessRules,
  ...knownFileRules,
  ...loginRules,
  ...guessedRules,
].map(writtenOut);

/** Most patterns are never tried: they are written out when they are. */
function writtenOut(rule: SecretRule): SecretRule {
  let pattern: string | undefined;
  return {
    ...rule,
    get pattern() {
      pattern ??= withoutModifiers(rule.pattern);
      return pattern;
    },
  };
}
