import { indexAt } from '../../analysis/log-stretch.ts';
import type { LogsAside } from '../../investigation/logs-asides.ts';
import { lastValueOf } from '../../model/loadable.ts';
import { cursorOf, type LogsShown } from './state.ts';

/** As many rows from an end of what was read the next page is asked for: a few screens, so that nobody waits at the end. */
const nearby = 200;

/** What the lines on show lack for the operator who reads them. */
export function asidesOf(shown: LogsShown): readonly LogsAside[] {
	const page = lastValueOf(shown.findings.records);
	if (page === undefined || shown.state.cursor === undefined) return [];
	const { records, unread } = page;
	const cursor = cursorOf(shown);
	const first = unread.older === undefined ? 0 : indexAt(records, unread.older);
	return [
		...(unread.older !== undefined && cursor >= first && cursor - first < nearby
			? [{ key: `older ${unread.older} ${records.length}`, kind: 'older' } as const]
			: []),
		...(unread.newer !== undefined && records.length - cursor < nearby
			? [{ key: `newer ${unread.newer} ${records.length}`, kind: 'newer' } as const]
			: []),
	];
}
