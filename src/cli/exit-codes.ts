/** Exit codes, as `--help` promises them. */
export const exitCodes = {
	/** Also when there is nothing to show. */
	answered: 0,
	/** The program itself broke; stderr says where the report is. */
	broken: 1,
	wrongUsage: 2,
	/** No backend could answer. */
	unanswered: 3,
	/** Stderr says what is missing. */
	partly: 4,
	/** As a shell reports a program ended by SIGINT. */
	interrupted: 130,
} as const;
