import { formatClock } from '../../analysis/format-time.ts';
import { type ListedSilence, listSilences } from '../../analysis/silence-list.ts';
import { formatMatcher } from '../../analysis/silence-matchers.ts';
import { countedNames } from '../../analysis/silence-preview.ts';
import { isAcknowledgement } from '../../analysis/silence-words.ts';
import { noSilencesFindings, type SilencesFindings } from '../../investigation/silences.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { SilencesPlace } from '../../model/place.ts';
import { paragraph, table } from './document.ts';
import { timeJson } from './json.ts';
import type { Printer } from './printer.ts';

/** `undefined` when nobody could say what is silenced. */
function listed({ silences, alertmanager }: SilencesFindings, { filter = '' }: SilencesPlace) {
	const known = lastValueOf(silences);
	return known && listSilences(known, lastValueOf(alertmanager), filter);
}

const silenceJson = ({ silence, muted }: ListedSilence) => ({
	id: silence.id,
	state: silence.state,
	createdBy: silence.createdBy,
	comment: silence.comment,
	acknowledgement: isAcknowledgement(silence),
	startsAt: timeJson(silence.startsAt),
	endsAt: timeJson(silence.endsAt),
	matchers: silence.matchers,
	muted: muted?.map(({ alertname }) => alertname ?? null) ?? null,
});

export const silencesPrinter: Printer<SilencesPlace, SilencesFindings> = {
	nothing: noSilencesFindings,
	main: () => 'silences',
	blocks: ({ findings, place, timeFormat }) => {
		const silences = listed(findings, place);
		if (silences === undefined) return [];
		if (silences.length === 0) {
			return [paragraph(place.filter === undefined ? 'Nothing is silenced.' : `No silence matches ${place.filter}.`)];
		}
		return [
			table(
				['state', 'by', 'until', 'mutes', 'comment', 'matchers'].map(title => ({ title })),
				silences.map(({ silence, muted }) => [
					silence.state,
					silence.createdBy,
					formatClock(silence.endsAt, timeFormat, 'minutes', true),
					muted === undefined ? 'not known' : countedNames(muted),
					silence.comment,
					silence.matchers.map(formatMatcher).join(' '),
				]),
			),
		];
	},
	json: ({ findings, place }) => ({ silences: listed(findings, place)?.map(silenceJson) }),
};
