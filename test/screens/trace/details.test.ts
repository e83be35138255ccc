import { expect, test } from 'vitest';
import type { Attributes } from '../../../src/model/trace.ts';
import { detailLines } from '../../../src/screens/trace/details.ts';
import { lookAt } from '../../../src/screens/trace/state.ts';
import { traceFromText } from '../../helpers/trace-from-text.ts';
import { loadedTrace, openTrace } from './open-trace.ts';

/** The details of a span with these attributes, as text, so many columns wide. */
function detailsOf(attributes: Attributes, columns: number): string {
	const trace = traceFromText('till q {client} :==');
	const spans = trace.spans.map(span => ({ ...span, attributes }));
	const look = lookAt(openTrace(loadedTrace({ ...trace, spans })).shown());
	const lines = look === undefined ? [] : detailLines(look, columns);
	return lines.map(line => line.map(({ text }) => text).join('')).join('\n');
}

test('what goes on in the next line is indented further than what it goes on from', () => {
	const stack = 'Oops\n  at hold the berth of the train that left';
	expect(detailsOf({ stack }, 30)).toContain(
		`
attributes
stack Oops
        at hold the berth of
          the train that left`.trimStart(),
	);
});

test('a statement has a line for each clause, and no literal', () => {
	const statement = "SELECT id, coach, number FROM berths WHERE holder = 'Ada' ORDER BY number";
	expect(detailsOf({ 'db.system.name': 'postgresql', 'db.query.text': statement }, 60)).toContain(`database
db.system.name postgresql
db.query.text  SELECT id, coach, number
               FROM berths
               WHERE holder = ?
               ORDER BY number`);
});

test('a value of a megabyte is shown in part', () => {
	const details = detailsOf({ body: 'word '.repeat(200_000) }, 60);
	expect(details).toContain('(1M characters; y copies all)');
	expect(details.length).toBeLessThan(12_000);
});
