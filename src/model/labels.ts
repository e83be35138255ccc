/** The identity of a series, a stream or an alert: label name → value. */
export type Labels = Readonly<Record<string, string>>;

/** A label matcher as PromQL and LogQL know it; `=~` and `!~` are RE2 and anchored at both ends. */
export type Matcher = {
	readonly name: string;
	readonly operator: '=' | '!=' | '=~' | '!~';
	readonly value: string;
};

export const equals = (name: string, value: string): Matcher => ({ name, operator: '=', value });
export const matches = (name: string, value: string): Matcher => ({ name, operator: '=~', value });

/** One text for one label set whatever the order of its names; good as a map key, not for showing. */
export const labelsKey = (labels: Labels): string =>
	JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

/** True when every label of `part` stands in `whole` with the same value. */
export const includesLabels = (whole: Labels, part: Labels): boolean =>
	Object.entries(part).every(([name, value]) => whole[name] === value);
