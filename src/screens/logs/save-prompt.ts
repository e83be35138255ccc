import { formatClock } from '../../analysis/format-time.ts';
import { lineFileEndings, lineFileFormatOf, lineFileName } from '../../analysis/line-file.ts';
import { completeFrom } from '../../analysis/log-stretch.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogsPlace } from '../../model/place.ts';
import { type Nanoseconds, toMilliseconds } from '../../model/time.ts';
import type { Completion, LinePrompt } from '../screen.ts';
import { type LogsShown, type LogsState, recordsOf } from './state.ts';
import { tallyOf } from './tally.ts';

/** Where the lines on show are kept; the ending of the name says in which form. */
export const savePrompt: LinePrompt<LogsPlace, LogsFindings, LogsState> = {
	label: 'save as ',
	hint: 'enter saves the lines  tab another form: JSON lines, CSV, text',
	begin: ({ place, now }) => lineFileName(place, now),
	problem: text =>
		lineFileFormatOf(text.trim()) === undefined
			? `End the name in ${lineFileEndings.map(([ending]) => ending).join(', ')}.`
			: undefined,
	complete: ({ text }) => inNextForm(text),
	enter: (text, shown) => ({
		type: 'save',
		lines: { path: text.trim(), records: recordsOf(shown), missing: missingIn(shown) },
	}),
};

/** The same name with the ending of the next form. */
function inNextForm(text: string): Completion {
	const forms = lineFileEndings.filter(
		([, format], at) => at === lineFileEndings.findIndex(([, one]) => one === format),
	);
	const ending = lineFileEndings.find(([each]) => text.toLowerCase().endsWith(each));
	const at = forms.findIndex(([, format]) => format === ending?.[1]);
	const next = forms[(at + 1) % forms.length]?.[0] ?? '';
	const line = `${ending === undefined ? text : text.slice(0, -ending[0].length)}${next}`;
	return { text: line, cursor: line.length, choices: [] };
}

/** What somebody who reads the file would otherwise take for everything. */
function missingIn(shown: LogsShown): readonly string[] {
	const page = lastValueOf(shown.findings.records);
	const { older, newer } = page?.unread ?? {};
	const { masked } = tallyOf(recordsOf(shown));
	// Errors are looked for beyond the older end.
	const which = page === undefined || completeFrom(page) === undefined ? '' : 'most ';
	const zone = shown.timeFormat === 'local' ? 'local' : 'utc';
	const clock = (at: Nanoseconds) => formatClock(toMilliseconds(at), zone, 'seconds');
	return [
		...(older === undefined ? [] : [`${which}lines before ${clock(older)}, which were not read`]),
		...(newer === undefined ? [] : [`lines after ${clock(newer)}, which were not read`]),
		...(masked === 0 ? [] : [`${masked} ${masked === 1 ? 'secret, which is' : 'secrets, which are'} masked`]),
	];
}
