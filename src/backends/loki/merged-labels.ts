import type { Labels } from '../../model/labels.ts';

/**
 * Loki before 3.0 sends what a query's parser finds among the labels of the stream, without saying which is which. This tells
 * them apart, so that nothing but labels of a stream is taken for one: found is what stands in the line with its name and its
 * value, or has a name that a stage of the query gives. `undefined` for a query without a stage that finds anything.
 */
export function labelSorter(query: string): ((merged: Labels, line: string) => Sorted) | undefined {
	if (!finds.test(query)) return undefined;
	const known = new Map<string, boolean>();
	const isNamed = (name: string): boolean => {
		const named = known.get(name) ?? isNamedIn(query, name);
		known.set(name, named);
		return named;
	};
	return (merged, line) => {
		const [labels, parsed]: [Record<string, string>, Record<string, string>] = [{}, {}];
		for (const [name, value] of Object.entries(merged)) {
			const isFound = name.startsWith('__error') || (stands(value, line) && (hasKey(name, line) || isNamed(name)));
			(isFound ? parsed : labels)[name] = value;
		}
		return { labels, parsed };
	};
}

type Sorted = { readonly labels: Labels; readonly parsed: Labels };

const finds = /\|\s*(?:json|logfmt|regexp|pattern|unpack|label_format)\b/;

const stands = (value: string, line: string): boolean =>
	line.includes(value) || line.includes(JSON.stringify(value).slice(1, -1));

/** `req_method` of `"req":{"method":` and `x_id` of `x-id=`: the parsers write other characters as `_`; `_extracted` is theirs. */
function hasKey(name: string, line: string): boolean {
	const last =
		name
			.replace(/_extracted$/, '')
			.split('_')
			.at(-1) ?? name;
	return line.includes(`${last}"`) || line.includes(`${last}=`);
}

/** `<name>` of pattern and regexp, `name="…"` of json, logfmt and label_format. Label names are words. */
const isNamedIn = (query: string, name: string): boolean =>
	query.includes(`<${name}>`) || new RegExp(`\\|\\s*(?:json|logfmt|label_format)\\b[^|]*\\b${name}=`).test(query);
