import { expect } from 'vitest';

// A handler whose output drifts from the contract fails the test that calls it. The window's tests have
// a stand-in of the app and need not read the contract's schemas for it.
if (!expect.getState().testPath?.includes('/unit/renderer/')) {
  const { checkOutputs } = await import('../../src-main/app/door.ts');
  checkOutputs();
}
