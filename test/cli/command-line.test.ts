import { expect, test } from 'vitest';
import { checkFormat } from '../../src/cli/check-format.ts';
import { type OpenOptions, readCommandLine } from '../../src/cli/command-line.ts';
import { helpText } from '../../src/cli/help.ts';

const read = (line: string) => readCommandLine(line === '' ? [] : line.split(' '));

const plain: OpenOptions = {
	urls: {},
	color: true,
	ascii: false,
	bell: true,
	redactEmails: false,
	showSecrets: false,
	yes: false,
	timeFormat: 'utc',
};

const opened: readonly (readonly [line: string, words: readonly string[], options: Partial<OpenOptions>])[] = [
	['', [], {}],
	['alerts', ['alerts'], {}],
	['service orders --since 3h', ['service', 'orders', '--since', '3h'], {}],
	['-p prod service orders', ['service', 'orders'], { profile: 'prod' }],
	['service orders --profile=prod -o json', ['service', 'orders'], { profile: 'prod', output: 'json' }],
	['-omarkdown logs --service orders', ['logs', '--service', 'orders'], { output: 'markdown' }],
	['--since 3h', ['alerts', '--since', '3h'], {}],
	['--since 3h service orders', ['service', '--since', '3h', 'orders'], {}],
	['logs --from -2h --to -1h', ['logs', '--from', '-2h', '--to', '-1h'], {}],
	['traces --errors --slow 2s', ['traces', '--errors', '--slow', '2s'], {}],
	['logs -- -x', ['logs', '--', '-x'], {}],
	['demo', [], { profile: 'demo' }],
	['demo trace ab12', ['trace', 'ab12'], { profile: 'demo' }],
	['--utc demo --since 10m', ['alerts', '--since', '10m'], { profile: 'demo' }],
	['alerts demo', ['alerts', 'demo'], {}],
	['--local --ascii --no-color', [], { timeFormat: 'local', ascii: true, color: false }],
	['--timeout 300ms', [], { timeout: 300 }],
	['--slow', [], { link: 'slow' }],
	['alerts --slow --since 3h', ['alerts', '--since', '3h'], { link: 'slow' }],
	['demo logs --speed 100', ['logs'], { profile: 'demo', speed: 100 }],
	['--slow demo', [], { profile: 'demo', link: 'slow' }],
	['traces --slow 2s --slow-link', ['traces', '--slow', '2s'], { link: 'slow' }],
	['--no-slow-link', [], { link: 'fast' }],
	['alerts --no-bell', ['alerts'], { bell: false }],
	['logs --limit 40000', ['logs'], { limit: 40_000 }],
	['trace ./a.json -o svg', ['trace', './a.json'], { output: 'svg' }],
	['trace - --width 72', ['trace', '-'], { width: 72 }],
	['traces --file -', ['traces'], { file: '-' }],
	['trace ab --jaeger-url http://j.example', ['trace', 'ab'], { urls: { jaeger: 'http://j.example' } }],
	['alerts --redact-emails', ['alerts'], { redactEmails: true }],
	['alerts --show-secrets', ['alerts'], { showSecrets: true }],
	['logs -o json --yes --show-secrets', ['logs'], { showSecrets: true, yes: true, output: 'json' }],
	[
		'--loki-url http://l.example --tempo-url=http://t.example',
		[],
		{ urls: { loki: 'http://l.example', tempo: 'http://t.example' } },
	],
];

test.each(opened)('%s', (line, words, options) => {
	expect(read(line)).toEqual({ command: 'open', words, options: { ...plain, ...options } });
});

test.each<[string, Partial<OpenOptions>]>([
	['doctor', {}],
	['doctor demo', { profile: 'demo' }],
	['demo doctor', { profile: 'demo' }],
	['-p prod doctor -o json', { profile: 'prod', output: 'json' }],
	['doctor --loki-url http://l.example --timeout 2s', { urls: { loki: 'http://l.example' }, timeout: 2000 }],
])('%s looks at the backends', (line, options) => {
	expect(read(line)).toEqual({ command: 'doctor', options: { ...plain, ...options } });
});

test.each([
	['doctor --since 1h', 'doctor takes no --since.'],
	['doctor orders', 'doctor takes no orders.'],
])('%s is refused', (line, sentence) => {
	expect(() => read(line)).toThrow(sentence);
});

test('a service may be called doctor', () => {
	expect(read('service doctor')).toMatchObject({ command: 'open', words: ['service', 'doctor'] });
});

test('words of a shell stay whole', () => {
	const words = ['logs', '{app="orders"} |= "a b"', '--grep', '-o'];
	expect(readCommandLine(words)).toMatchObject({ words });
});

test.each<[readonly string[], readonly string[]]>([
	[['logs {app="x"} --since 1h'], ['logs', '{app="x"}', '--since', '1h']],
	[['smokejumper logs \'{app="x"} |= "a b"\' --since 1h'], ['logs', '{app="x"} |= "a b"', '--since', '1h']],
	[
		['demo', 'service ledger --view resources'],
		['service', 'ledger', '--view', 'resources'],
	],
	[
		['-o', 'json', 'logs --where status=500', '--since', '5m'],
		['logs', '--where', 'status=500', '--since', '5m'],
	],
	[
		['logs', 'alerts x'],
		['logs', 'alerts x'],
	],
	[['no place'], ['no place']],
])('a whole address may be one word: %j', (words, read) => {
	expect(readCommandLine(words)).toMatchObject({ words: read });
});

test('a whole address in one word closes its quotes', () => {
	expect(() => readCommandLine(["service 'led ger"])).toThrow('A quote is not closed.');
});

test('what is no place goes where it belongs', () => {
	expect(read('profile add --help')).toEqual({ command: 'profile', words: ['add', '--help'] });
	for (const line of ['--help', '-h', 'help', 'service --help']) expect(read(line)).toEqual({ command: 'help' });
	for (const line of ['--version', '-V']) expect(read(line)).toEqual({ command: 'version' });
});

test.each([
	['--servce orders', 'There is no option --servce. The nearest is --service. smokejumper --help lists all.'],
	['alerts -x', 'There is no option -x. smokejumper --help lists all.'],
	['-xo json', 'There is no option -x. smokejumper --help lists all.'],
	['--output', '--output needs a value. Write it as --output FORMAT.'],
	['--width 39', '--width 39 is not a number of columns. Write it as 80; from 40 to 500 are possible.'],
	['--width wide', '--width wide is not a number of columns. Write it as 80; from 40 to 500 are possible.'],
	['demo --speed 0', '--speed 0 is no number of times. Write it as 100; from 1 to 1000 are possible.'],
	['-o yaml', 'There is no output format yaml. Formats are text, json, markdown, svg, otlp.'],
	['--ascii=yes', '--ascii takes no value. Leave it out.'],
	['--timeout soon', '--timeout soon is not a length of time. Write it as 500ms, 30s or 2m.'],
	['--timeout 0s', '--timeout 0s is not a length of time. Write it as 500ms, 30s or 2m.'],
	['logs --yes', '--yes answers nothing here. It goes with --show-secrets.'],
	['--utc --local', '--utc and --local exclude each other. Use one of them.'],
])('%s is refused in a sentence', (line, sentence) => {
	expect(() => read(line)).toThrow(expect.objectContaining({ name: 'UsageError', message: sentence }));
});

test('the help names every option and every place', () => {
	const help = helpText();
	for (const word of ['--profile NAME', '--loki-url URL', 'trace ID', '--slow', 'Exit codes', 'SMOKEJUMPER_PROFILE']) {
		expect(help).toContain(word);
	}
});

test.each(['svg', 'otlp'] as const)(
	'%s is of a trace only, and anything else is refused before it is asked',
	output => {
		expect(() => checkFormat({ kind: 'trace' }, output)).not.toThrow();
		expect(() => checkFormat({ kind: 'report' }, output)).toThrow(
			`Only a trace is printed as ${output}, and this is report. Name a trace: smokejumper trace ID, or use text, json or markdown.`,
		);
		expect(() => checkFormat({ kind: 'alerts' }, 'json')).not.toThrow();
	},
);
