import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spanMatchesOf } from '../../src/analysis/span-search.ts';
import { formatAttribute } from '../../src/analysis/span-words.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import type { Span } from '../../src/model/trace.ts';
import { anyTrace } from '../helpers/any-trace.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'B', 'é', '=', '1'), maxLength: 3 });
const value = fc.oneof(word, fc.integer({ min: 0, max: 20 }), fc.boolean(), fc.constant(null), fc.array(word));

const textsOf = ({ service, name, statusMessage, attributes }: Span): readonly string[] => [
	service,
	name,
	statusMessage,
	...Object.entries(attributes).map(([key, each]) => `${key}=${formatAttribute(each)}`),
];

test('found is what holds the text in whatever case, typed at once or letter by letter', () => {
	const attributes = fc.array(fc.dictionary(word, value, { maxKeys: 3 }), { minLength: 1 });
	fc.assert(
		fc.property(anyTrace, attributes, word, word, ({ id, spans }, some, search, statusMessage) => {
			fc.pre(search !== '');
			const trace = {
				id,
				spans: spans.map((span, at) => ({ ...span, statusMessage, attributes: some[at % some.length] ?? {} })),
			};
			const expected = traceTreeOf(trace).nodes.filter(({ span }) =>
				textsOf(span).some(text => text.toLowerCase().includes(search.toLowerCase())),
			);
			for (const typed of [[search], Array.from(search, (_, at) => search.slice(0, at + 1))]) {
				const tree = traceTreeOf(trace);
				const matches = typed.map(text => spanMatchesOf(tree, text)).at(-1);
				const found = tree.nodes.filter(node => matches?.has(node));
				expect(found.map(({ key }) => key)).toEqual(expected.map(({ key }) => key));
				expect(matches?.count).toBe(found.length);
			}
		}),
	);
});
