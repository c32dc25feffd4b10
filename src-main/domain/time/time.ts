/** Seconds as `2023-01-31T14:00:00Z`. */
export const isoTime = (seconds: number) =>
  new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
