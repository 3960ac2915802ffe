import { loadControls } from '../src/controls/known.ts';

// Most tests are about some control: all of them are known.
await loadControls();
