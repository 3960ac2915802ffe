import { PlimsollError } from '../../model/error.ts';
import type { ReportContents } from '../../model/report-contents.ts';
import type { Report } from '../../model/report.ts';

/**
 * The one image that a bill of materials is of: both formats describe one subject a document.
 *
 * @throws PlimsollError `usage` for a report without contents, or with those of several images
 */
export function oneContents({ contents = [] }: Report): ReportContents {
  const [only] = contents;
  if (only && contents.length === 1) return only;
  throw new PlimsollError(
    'usage',
    only
      ? {
          en: `a bill of materials is of one image, and this report is of ${contents.length}`,
          zh: `一份物料清单只对应一个镜像，而此报告包含 ${contents.length} 个`,
        }
      : {
          en: 'a bill of materials says what is inside an image, and this report has looked into none',
          zh: '物料清单说明镜像中有什么，而此报告没有查看任何镜像的内容',
        },
    {
      en: 'Run `plimsoll scan IMAGE` with this format, once for each image.',
      zh: '请使用此格式对每个镜像分别运行 `plimsoll scan 镜像`。',
    },
  );
}
