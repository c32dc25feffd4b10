/** Say on the terminal that tests were skipped, and why: silence would look like success. */
export const tellSkipped = (what: string, why: string) => console.warn(`SKIPPED ${what}: ${why}`);
