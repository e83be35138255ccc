import { type Milliseconds, second } from '../../model/time.ts';
import type { Span } from '../../model/trace.ts';
import { operations } from '../cast.ts';
import { requestIdOf, traceIdOf } from '../identifiers.ts';
import { type Passage, passageOf } from '../passage.ts';
import { spansOf } from '../spans.ts';
import type { Outline, Story, Visit } from '../story.ts';

/** What the services know about a request when they word their lines; each part is made when it is first wanted. */
export class CaseFile {
	readonly outline: Outline;
	readonly story: Story;
	#ids: { readonly request: string; readonly trace: string } | undefined;
	#passage: Passage | undefined;
	#answers: readonly string[] | undefined;

	constructor(outline: Outline, story: Story) {
		this.outline = outline;
		this.story = story;
	}

	get ids(): { readonly request: string; readonly trace: string } {
		const { turn } = this.outline;
		this.#ids ??= { request: requestIdOf(turn, this.story.seed), trace: traceIdOf(turn, this.story.seed) };
		return this.#ids;
	}

	get passage(): Passage {
		this.#passage ??= passageOf(this.outline);
		return this.#passage;
	}

	/** Whether `fares` had its new release when the request came. */
	get afterRelease(): boolean {
		const began: Milliseconds = this.outline.turn.second * second + this.outline.offset / 1e6;
		return began >= this.story.releasedAt;
	}

	/** The span with which the visited service answered. */
	spanIdOf(place: number): string {
		this.#answers ??= answersOf(this.outline.visits, spansOf(this.outline, this.story, this.ids.request));
		return this.#answers[place] ?? '';
	}
}

/** The ID of the span that answers each visit: visits of one operation and their spans come in the same order. */
function answersOf(visits: readonly Visit[], spans: readonly Span[]): readonly string[] {
	const answering = spans.filter(({ kind }) => kind === 'server' || kind === 'consumer');
	return visits.map((visit, place) => {
		const earlier = visits.slice(0, place).filter(({ operation }) => operation === visit.operation).length;
		const { name } = operations[visit.operation];
		return answering.filter(span => span.name === name)[earlier]?.id ?? '';
	});
}
