import type { Labels } from '../../model/labels.ts';

/** Label names in order, as Prometheus writes them. */
export const ordered = (labels: Labels): Labels =>
	Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));

/** `{__name__="up", job="berths"}` */
export const labelsText = (labels: Labels): string =>
	`{${Object.entries(ordered(labels))
		.map(([name, value]) => `${name}=${JSON.stringify(value)}`)
		.join(', ')}}`;
