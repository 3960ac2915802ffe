import { expectFileControl } from '../../../test/notable-control.ts';

import { imageNoEmptyPassword as control } from './image-no-empty-password.ts';

const file = { kind: 'empty-password', path: '/etc/shadow', detail: 'root' } as const;

expectFileControl(control, { file, said: 'Anybody may become root', deciding: '/etc/shadow' });
