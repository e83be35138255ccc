import { parseLength } from '../../src/analysis/time-words.ts';
import { type Milliseconds, toNanoseconds } from '../../src/model/time.ts';
import type { TraceSummary } from '../../src/model/trace.ts';

/**
 * Rows of a trace search: how long before `now` it began, how long it took, how many of how many spans failed, and where
 * it began. `-` for counts that the server does not make.
 *
 *     2m   1s300ms  3/14  pier POST /berths
 *     50m  12ms     0/5   pier GET /berths
 */
export const tracesFromText = (text: string, now: Milliseconds): readonly TraceSummary[] =>
	text
		.split('\n')
		.map(row => row.trim())
		.filter(row => row !== '')
		.map((row, index) => {
			const [ago = '', took = '', counts = '', rootService = '', ...name] = row.split(/\s+/);
			const [errors = 0, spans = 0] = counts.split('/').map(Number);
			return {
				id: (index + 1).toString(16).padStart(32, '0'),
				rootService,
				rootName: name.join(' '),
				start: toNanoseconds(now - lengthOf(ago)),
				duration: toNanoseconds(lengthOf(took)),
				matched: 1,
				services: counts === '-' ? [] : [{ name: rootService, spans, errors }],
			};
		});

function lengthOf(text: string): Milliseconds {
	const length = text === '0ms' ? 0 : parseLength(text);
	if (length === undefined) throw new Error(`${text} is no length.`);
	return length;
}
