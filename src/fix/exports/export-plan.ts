import type { Plan } from '../../model/plan.ts';
import type { Language } from '../../model/text.ts';
import { ansiblePlaybook } from './ansible.ts';
import { daemonJson } from './daemon-json.ts';
import { shellScript } from './shell.ts';

/**
 * The plan for those who apply things their own way; the language is that of its comments. An action that such a form
 * has no way for is named in a comment, and contents of files that look as if they held secrets are not in it.
 * Throws a PlimsollError (`fix-refused`) where a daemon.json is asked for and there is none that could be given.
 */
export function exportPlan(plan: Plan, format: 'ansible' | 'shell' | 'daemon.json', language: Language = 'en'): string {
  switch (format) {
    case 'ansible':
      return ansiblePlaybook(plan, language);
    case 'shell':
      return shellScript(plan, language);
    default:
      return daemonJson(plan);
  }
}
