import type { Language } from '../model/text.ts';

/** Why parts of feeds were put aside: the words of whoever reads them, in Chinese. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['a package of other systems than Linux', '仅适用于 Linux 以外系统的软件包'],
  ['a package without a name or an ecosystem', '软件包缺少名称或生态系统'],
  ['a range with a version that cannot be read', '范围中有无法读取的版本'],
  ['an ecosystem whose versions have no order', '该生态系统的版本没有顺序'],
  ['id is missing or no name', '缺少 id 或 id 不是名称'],
  ['it cannot be read', '无法读取'],
  ['it is an archive inside of an archive of records', '记录归档中的嵌套归档'],
  ['it is compressed in a way that is not read', '压缩方式不受支持'],
  ['it is damaged', '已损坏'],
  ['it is encrypted', '已加密'],
  ['it is nested too deeply', '嵌套过深'],
  ['it is no JSON', '不是 JSON'],
  ['it is no object', '不是对象'],
  ['it is no record: its name does not end with .json', '不是记录：文件名不以 .json 结尾'],
  ['it is no UTF-8', '不是 UTF-8'],
  ['it is too large', '过大'],
  ['its id is that of another record of the same export', '与同一导出中的另一条记录 id 相同'],
  ['its name is that of another file of the archive', '与归档中的另一文件同名'],
  ['its name leads out of the archive', '文件名指向归档之外'],
  ['modified is missing or no date', '缺少 modified 或不是日期'],
  ['not as it must be', '格式不符'],
  ['withdrawn is no date', 'withdrawn 不是日期'],
]);

/** The reason in the reader's language; one that is not known stays in English. */
export function feedReason(reason: string, language: Language): string {
  return language === 'zh' ? (reasons.get(reason) ?? reason) : reason;
}
