import { formatAge } from '../../analysis/format.ts';
import { sentenceOf } from '../../model/failure.ts';
import { type Loadable, lastOf } from '../../model/loadable.ts';
import type { Surface } from '../../terminal/surface.ts';
import { type Badge, badgeOf, paintPaneState } from '../../widgets/pane-state.ts';
import type { ServiceShown } from './state.ts';
import type { ServiceViewProps } from './view.tsx';

/** The panes in the order in which they are read: what failed several is told by the first of them. */
const readingOrder = ['rate', 'errors', 'duration', 'routes'] as const;
type ReadPane = (typeof readingOrder)[number];

function isTold(name: ReadPane, { findings }: Pick<ServiceShown, 'findings'>): boolean {
	const pane = findings[name];
	if (pane.status !== 'failed') return false;
	const sentence = sentenceOf(pane.failure);
	return readingOrder.slice(0, readingOrder.indexOf(name)).some(before => {
		const other = findings[before];
		return other.status === 'failed' && sentenceOf(other.failure) === sentence;
	});
}

/** What a pane without an answer has to say, a failure that was told before only by its mark. Returns the rows used. */
export function paintUnanswered(surface: Surface, name: ReadPane, props: ServiceViewProps): number {
	const { theme, now } = props;
	const pane: Loadable<unknown> = props.findings[name];
	if (lastOf(pane) !== undefined) return 0;
	if (!isTold(name, props)) return paintPaneState(surface, pane, { theme, now, whom: 'Prometheus' });
	surface.put(0, 0, `${theme.glyph('error')} not known, for the same reason`, theme.style('error'));
	return 1;
}

/**
 * What failed several panes that still have an old answer: there is no room for a sentence beside their figures, so it
 * is told once and whole below or beside the charts.
 */
export function sharedFailure({ findings }: Pick<ServiceShown, 'findings'>): string | undefined {
	const sentences = readingOrder.flatMap(name => {
		const pane = findings[name];
		return pane.status === 'failed' && pane.last !== undefined ? [sentenceOf(pane.failure)] : [];
	});
	return sentences.find((sentence, index) => sentences.indexOf(sentence) < index);
}

/** The remark on an answer: of a failure that is told elsewhere only its age. */
export function remarkOn(name: ReadPane, props: ServiceViewProps): Badge | undefined {
	const { now } = props;
	const pane: Loadable<unknown> = props.findings[name];
	const last = lastOf(pane);
	const isElsewhere = pane.status === 'failed' && sentenceOf(pane.failure) === sharedFailure(props);
	return last !== undefined && isElsewhere
		? { text: `${formatAge(now - last.at)} old`, role: 'error' }
		: badgeOf(pane, now);
}
