// npm ends its shell on a signal, and most shells end without passing it on: the app would live on
// unseen and keep its data folder locked. So it ends when its parent has gone.
if (process.env.npm_lifecycle_event) {
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}
