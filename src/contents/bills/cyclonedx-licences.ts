import { type JsonObject, listIn, objectIn, textIn } from '../../model/json.ts';

/** What a component says of its licences: ids, names and expressions, in their order. Texts of licences are not names of them. */
export function licencesIn(component: JsonObject): readonly string[] {
  return listIn(component, 'licenses').flatMap((each) => {
    const licence = objectIn(each, 'license');
    const said = textIn(each, 'expression') ?? textIn(licence, 'id') ?? textIn(licence, 'name');
    return said === undefined ? [] : [said];
  });
}
