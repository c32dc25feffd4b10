import { expect, test } from './running-app.ts';

test.describe('the one-time address', () => {
  test('opens the window, under a strict policy, without a complaint', async ({
    app,
    desk,
    complaints,
  }) => {
    await expect(desk).toHaveTitle(/Size Picker/);
    expect(desk.url()).toBe(`${app.origin}/`);
    const response = await desk.reload();
    const headers = response!.headers();
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    await desk.waitForLoadState('networkidle');
    expect(complaints).toEqual([]);
  });

  test('works once', async ({ app, desk, browser }) => {
    await expect(desk).toHaveTitle(/Size Picker/);
    const stranger = await browser.newPage();
    const response = await stranger.goto(app.oneTimeAddress);
    expect(response!.status()).toBe(403);
    await expect(stranger.locator('body')).toContainText('It works once');
    expect((await stranger.goto(app.origin))!.status()).toBe(403);
    await stranger.close();
  });

  test('keeps its cookie from scripts', async ({ desk, context }) => {
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', domain: '127.0.0.1' });
    expect(await desk.evaluate('document.cookie')).toBe('');
  });
});

test.describe('another page in the same browser', () => {
  test('cannot reach the app under a name that was pointed here', async ({ app, desk }) => {
    const { port } = new URL(app.origin);
    const response = await desk.goto(`http://localhost:${port}/`);
    expect(response!.status()).toBe(403);
  });

  test('cannot open the socket, although the browser would send the cookie', async ({
    app,
    desk,
    context,
  }) => {
    const socketOpens = (address: string) =>
      new Promise<boolean>((settle) => {
        const socket = new WebSocket(address);
        socket.onopen = () => settle(true);
        socket.onerror = () => settle(false);
      });
    const socketAddress = `${app.origin.replace('http', 'ws')}/socket`;
    expect(await desk.evaluate(socketOpens, socketAddress)).toBe(true);

    const elsewhere = await context.newPage();
    await context.route('http://127.0.0.1:1/', (route) => route.fulfill({ body: 'elsewhere' }));
    await elsewhere.goto('http://127.0.0.1:1/');
    expect(await elsewhere.evaluate(socketOpens, socketAddress)).toBe(false);
  });
});
