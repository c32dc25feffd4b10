import { findInstalledBrowser } from '../../src-main/hosts/browser/installed-browser.ts';

export interface TestBrowser {
  readonly executablePath: string;
  readonly args: string[];
}

// Not the npm package's own list: that one turns web security off, which is under test here.
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--disable-sync',
];

/**
 * A real Chromium for the browser tests: the installed Chrome, Edge or Chromium, else the one
 * inside an npm package, unpacked into the temporary folder. Never null: without one the tests fail.
 */
export async function testBrowser(): Promise<TestBrowser> {
  return { executablePath: findInstalledBrowser() ?? (await unpackedChromium()), args: ARGS };
}

async function unpackedChromium(): Promise<string> {
  // On import it unpacks its shared libraries (nss, expat) and sets LD_LIBRARY_PATH, if told so.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}

export default testBrowser;
