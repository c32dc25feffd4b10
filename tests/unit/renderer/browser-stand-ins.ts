import { cleanup } from '@testing-library/svelte';
import { afterEach, beforeAll } from 'vitest';

/** Height of every block, as jsdom lays nothing out: 21 rows of a table and its head. */
export const BLOCK_HEIGHT = 22 * 26;

/** What a window asks of a browser and jsdom does not have. */
export function standInForBrowser(): void {
  beforeAll(() => {
    Object.assign(document, { fonts: { load: async () => [] } });
    window.matchMedia = () => new EventTarget() as MediaQueryList;
    window.ResizeObserver = class {
      observe() {}
      unobserve() {}
      disconnect() {}
    };
    Object.defineProperty(HTMLElement.prototype, 'clientHeight', { get: () => BLOCK_HEIGHT });
    HTMLDialogElement.prototype.showModal = function () {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function () {
      this.open = false;
    };
    // Lists ask only where they scroll.
    Element.prototype.scrollIntoView = () => {};
  });
  afterEach(cleanup);
}
