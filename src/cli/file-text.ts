import { createReadStream, statSync } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { UsageError } from './usage-error.ts';

/** What a shell hands over for standard input. */
export const standardInput = '-';

/** A file to read, or standard input. */
export type NamedFile = {
	readonly path: string;
	/** What sentences call it. */
	readonly name: string;
	/** Bytes; `undefined` where only the end tells: standard input, a pipe, a device. */
	readonly size: number | undefined;
};

/** The most that is read: as much as the answer of a server may have. */
const mostBytes = 64 * 2 ** 20;

/** Looks whether there is a file to read. Throws a `UsageError` where there is none. */
export function namedFile(path: string): NamedFile {
	if (path === standardInput) return { path, name: 'Standard input', size: undefined };
	try {
		const found = statSync(path);
		if (found.isDirectory()) throw unreadable(path, 'EISDIR');
		if (found.isFile() && found.size > mostBytes) throw tooLarge(path);
		return { path, name: path, size: found.isFile() ? found.size : undefined };
	} catch (error) {
		throw error instanceof UsageError ? error : unreadable(path, codeOf(error));
	}
}

/** Reads all of it as text; `onRead` is told the bytes so far. Throws a `UsageError` for what cannot be read or is too large. */
export async function textOf(
	{ path, name }: NamedFile,
	{ signal, onRead }: { readonly signal: AbortSignal; readonly onRead: (bytes: number) => void },
): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	const stream: Readable = path === standardInput ? process.stdin : createReadStream(path);
	try {
		for await (const chunk of addAbortSignal(signal, stream)) {
			const bytes = Buffer.from(chunk);
			length += bytes.length;
			if (length > mostBytes) throw tooLarge(name);
			chunks.push(bytes);
			onRead(length);
		}
	} catch (error) {
		signal.throwIfAborted();
		throw error instanceof UsageError ? error : unreadable(name, codeOf(error));
	}
	return Buffer.concat(chunks).toString();
}

const tooLarge = (name: string): UsageError =>
	new UsageError(`${name} has more than 64 MiB.`, 'Take one trace out of it.');

const unreadable = (name: string, code: string): UsageError =>
	new UsageError(`${name} cannot be read (${code}).`, 'Check the path.');

const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
