import fc from 'fast-check';

const hostile = fc.constantFrom(
	'"} or {',
	'\\',
	'`',
	"'",
	'# ',
	'// x',
	'{{.a}}',
	'\n',
	'$__interval',
	'$1',
	'.*',
	'][',
	'支',
);
/** What may stand in a field: any text, and that which would be something else in a query were it not quoted. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: 'grapheme' }),
	fc.array(fc.oneof(hostile, fc.string({ maxLength: 3 }))).map(parts => parts.join('')),
);
