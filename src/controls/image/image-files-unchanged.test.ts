import { expectFileControl } from '../../../test/notable-control.ts';

import { imageFilesUnchanged as control } from './image-files-unchanged.ts';

const file = { kind: 'changed-package-file', path: '/usr/bin/login', detail: 'md5' } as const;

expectFileControl(control, { file, said: '/usr/bin/login', deciding: 'checksums of packages' });
