import { UsageError } from '../usage-error.ts';

/** Who runs a command: whom it may ask, whose editor it opens, and in which environment. */
export type Operator = {
	/** The answer to a question about what stands above it, in one line; `undefined` when there is none. Absent where nobody is there to ask. */
	readonly ask?: (question: string, above?: string) => Promise<string | undefined>;
	/** Says something beside what is printed: that may go into a file. */
	readonly tell?: (sentence: string) => void;
	/** Opens a file in the operator's editor, until it is closed. Rejects with a `UsageError` when that went wrong. */
	readonly edit: (path: string) => Promise<void>;
	/** What is set where the command was typed; nothing when absent. */
	readonly env?: NodeJS.ProcessEnv;
};

type Surroundings = {
	readonly env: NodeJS.ProcessEnv;
	readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
	/** Where questions are written: what is printed may go into a file. */
	readonly output: NodeJS.WriteStream;
};

/** The operator at this terminal. */
export const operatorAt = ({ env, input, output }: Surroundings): Operator => ({
	...(input.isTTY && output.isTTY ? { ask: (question, above) => asked(question, above, { input, output }) } : {}),
	tell: sentence => void output.write(`${sentence}\n`),
	edit: async path => edited(path, editorOf(env, input.isTTY)),
	env,
});

async function asked(
	question: string,
	above: string | undefined,
	streams: Omit<Surroundings, 'env'>,
): Promise<string | undefined> {
	const { createInterface } = await import('node:readline');
	if (above !== undefined) streams.output.write(`${above}\n\n`);
	const lines = createInterface(streams);
	return new Promise(resolve => {
		lines.on('close', () => resolve(undefined));
		lines.question(question, answer => {
			resolve(answer);
			lines.close();
		});
	});
}

/** As most programs choose it; POSIX has `vi` everywhere, which would wait for ever where there is no terminal. */
function editorOf({ VISUAL, EDITOR }: NodeJS.ProcessEnv, isTerminal = false): string {
	const named = VISUAL || EDITOR;
	if (named || isTerminal) return named || 'vi';
	throw new UsageError('There is no terminal here for vi.', 'Name an editor that needs none in EDITOR.');
}

/** The variable may hold arguments too, `code --wait`: a shell reads it, as git lets it. */
async function edited(path: string, editor: string): Promise<void> {
	const { spawn } = await import('node:child_process');
	const child =
		process.platform === 'win32'
			? spawn(`${editor} "${path}"`, { shell: true, stdio: 'inherit' })
			: spawn('sh', ['-c', `${editor} "$@"`, 'sh', path], { stdio: 'inherit' });
	const end = await new Promise<string | undefined>(resolve => {
		child.on('error', ({ message }) => resolve(message));
		child.on('close', (code, signal) => resolve(code === 0 ? undefined : `${signal ?? code}`));
	});
	if (end === undefined) return;
	throw new UsageError(`The editor ${editor} ended with ${end}.`, 'Name another in VISUAL or EDITOR.');
}
