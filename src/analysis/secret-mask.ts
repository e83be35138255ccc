/** How many secrets a text has been relieved of so far. */
export type Tally = { masked: number };

/** What stands in a secret's place. Counts it. */
export const maskOf = (kind: string, tally: Tally): string => {
	tally.masked++;
	return `[redacted ${kind}]`;
};
