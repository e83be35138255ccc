/** One row of a table of conventions, as the service `till` would have it. */
export type ConventionRow = {
	/** The source by name, and what of it is drawn. */
	readonly row: string;
	/** What a server has, one series a line (`seriesFromText`). */
	readonly series: string;
	/**
	 * What must come out: the convention, the queries over a minute, the label of routes, the families not chosen. Where
	 * no requests are counted, the resources that the operator is led to.
	 */
	readonly panels: string;
};
