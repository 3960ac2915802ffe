import type { Waiver } from '../judge/waivers.ts';
import type { Text } from '../model/text.ts';
import { vexJustifications, type VulnerabilityWaiver, waiverStatuses } from '../model/vulnerability.ts';
import type { YamlMapping, YamlNode } from '../syntax/yaml.ts';
import type { Configuration } from './configuration.ts';
import { malformed, type Reader } from './reader.ts';

const ofBoth = ['reason', 'owner', 'until'] as const;
const controlKeys = ['control', 'subject', ...ofBoth] as const;
const vulnerabilityKeys = ['vulnerability', 'package', 'image', ...ofBoth, 'status', 'justification'] as const;
const waiverName: Text = { en: 'the waiver', zh: '豁免项' };

/** Waivers of controls and of vulnerabilities, which stand in one list; each is of exactly one of them. */
export function readWaivers(node: YamlNode, reader: Reader): Pick<Configuration, 'waivers' | 'vulnerabilityWaivers'> {
  const waivers: Waiver[] = [];
  const vulnerabilityWaivers: VulnerabilityWaiver[] = [];
  for (const item of reader.list(node)) {
    const map = reader.map(item);
    if (kindOf(map, reader) === 'control') waivers.push(readWaiver(map, reader));
    else vulnerabilityWaivers.push(readVulnerabilityWaiver(map, reader));
  }
  return { waivers, ...(vulnerabilityWaivers.length > 0 ? { vulnerabilityWaivers } : {}) };
}

function kindOf(map: YamlMapping, reader: Reader): 'control' | 'vulnerability' {
  const [first, second] = map.pairs.flatMap(({ key }) => {
    const name = reader.text(key);
    return name === 'control' || name === 'vulnerability' ? [{ name, key } as const] : [];
  });
  if (second) {
    throw malformed(
      reader.place(second.key),
      'a waiver is of a "control" or of a "vulnerability", not of both',
      '豁免项只能针对“control”或“vulnerability”之一，不能同时针对两者',
    );
  }
  if (first) return first.name;
  // A misspelt key is told before the one that is missing.
  reader.fields(map, [...new Set([...controlKeys, ...vulnerabilityKeys])]);
  throw reader.wrong(map, '"control" or "vulnerability" in the waiver', '豁免项中的“control”或“vulnerability”');
}

function readWaiver(map: YamlMapping, reader: Reader): Waiver {
  const fields = reader.fields(map, controlKeys);
  const required = (name: (typeof controlKeys)[number]) => reader.required(map, fields, name, waiverName);
  return {
    control: reader.selector(required('control')),
    subject: reader.text(required('subject')),
    reason: reader.text(required('reason')),
    owner: reader.text(required('owner')),
    until: reader.date(required('until')),
  };
}

function readVulnerabilityWaiver(map: YamlMapping, reader: Reader): VulnerabilityWaiver {
  const fields = reader.fields(map, vulnerabilityKeys);
  const required = (name: (typeof vulnerabilityKeys)[number]) => reader.required(map, fields, name, waiverName);
  const status = fields.status ? reader.choice(fields.status, waiverStatuses) : 'affected';
  if (fields.justification && status !== 'not-affected') {
    throw malformed(
      reader.place(fields.justification),
      'a "justification" says why something is not affected: it needs status: not-affected',
      '“justification”用于说明为何不受影响，需要 status: not-affected',
    );
  }
  return {
    vulnerability: reader.text(required('vulnerability')),
    ...(fields.package ? { package: reader.purlPattern(fields.package) } : {}),
    ...(fields.image ? { image: reader.text(fields.image) } : {}),
    reason: reader.text(required('reason')),
    owner: reader.text(required('owner')),
    until: reader.date(required('until')),
    status,
    ...(fields.justification ? { justification: reader.choice(fields.justification, vexJustifications) } : {}),
  };
}
