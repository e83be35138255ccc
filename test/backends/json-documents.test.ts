import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonDocumentsIn } from '../../src/backends/json-documents.ts';

test.each([
	['', []],
	['  \n', []],
	['{"a":1}', ['{"a":1}']],
	['{"a":"}{"}{"b":"\\"}"}', ['{"a":"}{"}', '{"b":"\\"}"}']],
	['[1,[2]]\n\n{"a":{"b":[]}}\n', ['[1,[2]]', '{"a":{"b":[]}}']],
	['{"a":1} what {"b":2}', ['{"a":1}', 'what', '{"b":2}']],
	['{"a":', ['{"a":']],
	['}}', ['}', '}']],
])('%j', (text, documents) => {
	expect(jsonDocumentsIn(text)).toEqual(documents);
});

test('every row of documents comes apart as it was put together', () => {
	const document = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
	fc.assert(
		fc.property(fc.array(document), fc.constantFrom('', '\n', ' \r\n'), fc.boolean(), (documents, between, pretty) => {
			const texts = documents.map(each => JSON.stringify(each, undefined, pretty ? 2 : undefined));
			expect(jsonDocumentsIn(texts.join(between))).toEqual(texts);
		}),
	);
});
