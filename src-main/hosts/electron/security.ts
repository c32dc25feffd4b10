import { app, session } from 'electron';

/** Every page, whoever opens it: no navigation, no second window, no embedded page. */
export function denyNavigation(): void {
  app.on('web-contents-created', (_created, contents) => {
    const deny = (event: { preventDefault(): void }) => event.preventDefault();
    // Of the top frame and of every frame in it.
    contents.on('will-frame-navigate', deny);
    contents.on('will-redirect', deny);
    contents.on('will-attach-webview', deny);
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Camera, location, devices and the rest: the desk needs none of them but to copy what it drew. */
export function denyPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(isAllowed(permission)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  defaultSession.setDevicePermissionHandler(() => false);
}

/** To write a picture or text to the clipboard; not to read it. */
const isAllowed = (permission: string) => permission === 'clipboard-sanitized-write';
