import { billProperty } from '../../model/bill-property.ts';
import { type JsonObject, listIn, objectIn, textIn } from '../../model/json.ts';
import type { Package } from '../../model/package.ts';
import { parsePurl } from '../purl.ts';
import { licencesIn } from './cyclonedx-licences.ts';

/** A component that Plimsoll wrote, as the package that it was; undefined where somebody made another purl of it that is none. */
export function ownComponent(
  component: JsonObject,
  properties: ReadonlyMap<string, readonly string[]>,
  layerCount: number,
): Package | undefined {
  const written = textIn(component, 'purl') ?? '';
  const purl = parsePurl(written);
  if (!purl) return undefined;
  const told = (name: string) => properties.get(name)?.[0];
  const namespace = told(billProperty.namespace) ?? purl.namespace ?? '';
  const architecture = told(billProperty.architecture);
  const sourceName = told(billProperty.sourceName);
  const modularity = told(billProperty.modularity);
  const vendor = textIn(objectIn(component, 'supplier'), 'name');
  const ownedBy = told(billProperty.ownedBy);
  const [occurrence] = listIn(objectIn(component, 'evidence'), 'occurrences');
  return {
    purl: written,
    type: told(billProperty.type) ?? purl.type,
    ...(namespace === '' ? {} : { namespace }),
    name: textIn(component, 'name') ?? purl.name,
    version: textIn(component, 'version') ?? '',
    ...(architecture === undefined ? {} : { architecture }),
    ...(sourceName === undefined
      ? {}
      : { source: { name: sourceName, version: told(billProperty.sourceVersion) ?? '' } }),
    ...(modularity === undefined ? {} : { modularity }),
    ...(vendor === undefined ? {} : { vendor }),
    licenses: licencesIn(component),
    state: told(billProperty.state) === 'declared' ? 'declared' : 'installed',
    ...(told(billProperty.development) === 'true' ? { development: true as const } : {}),
    path: textIn(occurrence, 'location') ?? '',
    layer: layerIn(told(billProperty.layer), layerCount),
    cataloger: told(billProperty.cataloger) ?? '',
    ...(ownedBy === undefined ? {} : { ownedBy }),
  };
}

/** The place of a layer, the lowest where it is none that there is. */
export function layerIn(written: string | undefined, layerCount: number): number {
  const layer = written !== undefined && /^\d{1,9}$/.test(written) ? Number(written) : 0;
  return layer < layerCount ? layer : 0;
}
