import { redact } from '../analysis/redact.ts';
import { sanitizeLines } from '../terminal/sanitize.ts';
import { UsageError } from './usage-error.ts';

/**
 * Writes results, and waits until they are taken. A reader that has gone away (`| head -1`) has what it wanted, and is no
 * failure: then it is false.
 */
export function writeOut(text: string | Uint8Array): Promise<boolean> {
	const { stdout } = process;
	return new Promise((resolve, reject) => {
		hear(stdout);
		stdout.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
			if (error == null) resolve(true);
			else if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') resolve(false);
			else reject(new UsageError(`The output cannot be written (${error.code}).`, 'Check where it goes.'));
		});
	});
}

/** Says one sentence on stderr, without secrets and without control characters, whoever wrote the words in it. */
export function tell(sentence: string): void {
	hear(process.stderr);
	process.stderr.write(`smokejumper: ${redact(sanitizeLines(sentence).join(' '))}\n`);
}

/** An error that nobody hears is thrown; what failed is told to the one who wrote. */
function hear(stream: NodeJS.WriteStream): void {
	if (stream.listenerCount('error') === 0) stream.on('error', () => {});
}
