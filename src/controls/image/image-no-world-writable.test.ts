import { expectFileControl } from '../../../test/notable-control.ts';
import { imageNoWorldWritable as control } from './image-no-world-writable.ts';

const file = { kind: 'world-writable', path: '/srv/data', detail: '0o777' } as const;

expectFileControl(control, { file, said: '/srv/data' });
