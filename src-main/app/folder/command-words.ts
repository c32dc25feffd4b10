/** An option of the command line with its value, as a shell reads it back. */
export const option = (name: string, value: string) => `--${name}=${quoted(value)}`;

const quoted = (word: string) =>
  /^[\w.-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
