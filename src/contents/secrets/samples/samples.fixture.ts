import { built } from './built.fixture.ts';
import { developerTemplates } from './developer-templates.fixture.ts';
import { platformTemplates } from './platform-templates.fixture.ts';
import { serviceTemplates } from './service-templates.fixture.ts';
import { drawsOf, filled, type Sample } from './template.fixture.ts';

const templates = [...developerTemplates, ...serviceTemplates, ...platformTemplates];

/** Files in which a rule looks, where it does not look everywhere. */
const paths: Readonly<Record<string, string>> = {
  'netrc-password': 'root/.netrc',
  'pypi-registry-login': 'root/.pypirc',
  'kubeconfig-token': 'root/.kube/config',
  'postgresql-password': 'root/.pgpass',
  'mysql-password': 'root/.my.cnf',
  'login-line': 'app/run.sh',
  'debconf-password': 'app/run.sh',
  'wifi-passphrase': 'etc/wpa_supplicant/wpa_supplicant.conf',
};

export function pathFor(rule: string): string {
  return paths[rule] ?? 'app/settings.yaml';
}

/** A sample of a rule, the same for the same seed. */
export function sampleOf(rule: string, seed = ''): Sample {
  const draw = drawsOf(rule + seed);
  const make = built[rule];
  if (make) return make(draw);
  const template = templates.find(([id]) => id === rule)?.[1];
  if (template === undefined) throw new Error(`no sample for the rule ${rule}`);
  return filled(template, draw);
}

export const sampledRules: ReadonlySet<string> = new Set([...templates.map(([rule]) => rule), ...Object.keys(built)]);
