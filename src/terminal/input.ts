import { StringDecoder } from 'node:string_decoder';
import { createKeyParser, type InputEvent } from './keys.ts';

/** A stream of bytes from a terminal. */
export type InputStream = {
	on(event: 'data', listener: (chunk: Buffer) => void): unknown;
	off(event: 'data', listener: (chunk: Buffer) => void): unknown;
};

/** How long an unfinished sequence waits for its rest: longer than a slow line's gap, shorter than a person notices. */
const sequenceWait = 50;
/** While an answer of the terminal is due: its pieces may be further apart than those of a key. */
const answerWait = 500;
const pasteWait = 2000;

/** Reads keys from a stream until the function it returns is called. `isAnswerDue`: the terminal was asked something. */
export function readInput(
	stream: InputStream,
	onEvent: (event: InputEvent) => void,
	isAnswerDue: () => boolean = () => false,
): () => void {
	const decoder = new StringDecoder('utf8');
	const parser = createKeyParser();
	let timer: NodeJS.Timeout | undefined;
	const tell = (events: readonly InputEvent[]): void => {
		clearTimeout(timer);
		if (parser.waiting !== 'nothing') {
			const wait = parser.waiting === 'paste' ? pasteWait : isAnswerDue() ? answerWait : sequenceWait;
			timer = setTimeout(() => tell(parser.flush()), wait);
		}
		for (const event of events) onEvent(event);
	};
	const read = (chunk: Buffer): void => tell(parser.feed(decoder.write(chunk)));
	stream.on('data', read);
	return () => {
		clearTimeout(timer);
		stream.off('data', read);
	};
}
