import { tellSpans } from './spans.ts';
import type { Outline } from './story.ts';
import type { Note, Sheet } from './trace-sheet.ts';

/** What one end of a call is, when it is not a service that answers at once. */
export type Connection = '' | 'virtual_node' | 'messaging_system' | 'database';

/** One call, as a service graph makes it of a pair of spans, or of one whose other end sends none. */
export type Call = {
	/** `user` when nobody of ours asked. */
	readonly client: string;
	readonly server: string;
	readonly connection: Connection;
	readonly failed: boolean;
	/** Nanoseconds; 0 at an end that sends no spans. */
	readonly clientTook: number;
	readonly serverTook: number;
	/** When both ends were done: nanoseconds since the request began. */
	readonly ended: number;
};

/** Spans without their identity: a number each, which is their place among them. */
class CallSheet implements Sheet {
	readonly notes: Note[] = [];
	/** The span that answered the one in the same place. */
	readonly answers: (Note | undefined)[] = [];

	write(note: Note): string {
		if (note.parentId !== undefined && (note.kind === 'server' || note.kind === 'consumer')) {
			this.answers[Number(note.parentId)] = note;
		}
		return String(this.notes.push(note) - 1);
	}
}

/** The calls of a request: what Tempo's service graph sees in its spans. */
export const callsOf = (outline: Outline): readonly Call[] => {
	const sheet = new CallSheet();
	tellSpans(outline, sheet, '');
	const calls: Call[] = [];
	for (const [at, note] of sheet.notes.entries()) {
		if (note.parentId === undefined) calls.push(callFromOutside(note));
		else if (note.kind === 'client' || note.kind === 'producer') calls.push(callBetween(note, sheet.answers[at]));
	}
	return calls;
};

const tookOf = ({ start, end }: Note): number => end - start;

const callFromOutside = (answered: Note): Call => ({
	client: 'user',
	server: answered.service,
	connection: 'virtual_node',
	failed: answered.failure !== undefined,
	clientTook: 0,
	serverTook: tookOf(answered),
	ended: answered.end,
});

const callBetween = (asked: Note, answered: Note | undefined): Call =>
	answered === undefined
		? callToSilence(asked)
		: {
				client: asked.service,
				server: answered.service,
				connection: asked.kind === 'producer' ? 'messaging_system' : '',
				failed: asked.failure !== undefined || answered.failure !== undefined,
				clientTook: tookOf(asked),
				serverTook: tookOf(answered),
				ended: Math.max(asked.end, answered.end),
			};

/** A database or a host that sends no spans; the one duration there is of a database counts for both ends. */
const callToSilence = (asked: Note): Call => {
	const system = asked.attributes?.['db.system.name'];
	return {
		client: asked.service,
		server: String(system ?? asked.attributes?.['server.address']),
		connection: system === undefined ? 'virtual_node' : 'database',
		failed: asked.failure !== undefined,
		clientTook: tookOf(asked),
		serverTook: system === undefined ? 0 : tookOf(asked),
		ended: asked.end,
	};
};
