import { expect, test } from 'vitest';
import { expectedWord } from '../../../src/cli/completion/expected.ts';
import { parseTypedLine } from '../../../src/cli/completion/typed-line.ts';

/** What could stand at the end of the line; of many words those that go on with what is typed. */
function at(line: string): unknown {
	const { before, part } = parseTypedLine(`smokejumper ${line}`);
	const { words, ...rest } = expectedWord(before, part);
	const typed = part.slice(rest.fixed?.length ?? 0);
	return { words: words.filter(word => typed !== '' && word.startsWith(typed)), ...rest };
}

test.each<[line: string, expected: unknown]>([
	['s', { words: ['service', 'silences'] }],
	['de', { words: ['demo'] }],
	['demo de', { words: [] }],
	['demo tra', { words: ['trace', 'traces'] }],
	['--utc -p prod tra', { words: ['trace', 'traces'] }],
	['tra', { words: ['trace', 'traces'] }],
	['service ', { words: [], names: 'service' }],
	['demo service co', { words: [], names: 'service' }],
	['service orders ', { words: [] }],
	['service --since 1h or', { words: [], names: 'service' }],
	['--since 1h service or', { words: [], names: 'service' }],
	['service orders --alert ', { words: [], names: 'alert' }],
	['service orders --comp', { words: ['--compare'] }],
	['service orders --view ne', { words: ['neighbours'] }],
	['logs --level=w', { words: ['warn'], fixed: '--level=' }],
	['logs --service=or', { words: [], names: 'service', fixed: '--service=' }],
	['logs {', { words: [], names: 'logql' }],
	['logs --service orders --fo', { words: ['--follow'] }],
	['report Con', { words: [], names: 'alert' }],
	['-o js', { words: ['json'] }],
	['alerts --output m', { words: ['markdown'] }],
	['--profile ', { words: [], names: 'profile' }],
	['-p d', { words: ['demo'], names: 'profile' }],
	['traces --file ', { words: [], names: 'file' }],
	['trace ./a', { words: [], names: 'file' }],
	['trace ab12 --spa', { words: ['--span'] }],
	['--loki-url http', { words: [] }],
	['demo --si', { words: ['--since'] }],
	['--asc', { words: ['--ascii'] }],
	['--ascii --asc', { words: [] }],
	['profile add --', { words: [], profileWords: ['add'] }],
	['completion f', { words: ['fish'] }],
	['completion fish ', { words: [] }],
	['man ', { words: [] }],
	['nowhere x', { words: [] }],
])('%s', (line, expected) => {
	expect(at(line)).toEqual(expected);
});
