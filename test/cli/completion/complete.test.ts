import { expect, test } from 'vitest';
import { completionFor, type NameSources } from '../../../src/cli/completion/complete.ts';

const known: NameSources = {
	profiles: () => ['prod', 'staging', 'pro\x1b[2J', 'pro\nwords'],
	profileWords: async ([command]) =>
		command === undefined ? { words: ['add', 'list'], options: [] } : { words: ['prod'], options: ['--yes'] },
	lookUp: async wanted => {
		switch (wanted.kind) {
			case 'service':
				return ['orders', 'night desk', 'eu:till'];
			case 'alert':
				return ['OrdersSlow'];
			case 'labels':
				return ['app', 'area'];
			case 'values':
				return wanted.label === 'app' ? ['ferry', "d'or"] : [];
		}
	},
};

const told = async (shell: 'bash' | 'zsh', typed: string, current?: string) =>
	(await completionFor(shell, { line: `sj ${typed}`, ...(current === undefined ? {} : { current }) }, known)).split(
		'\n',
	);

test.each<[typed: string, told: readonly string[]]>([
	['service ', ['words', 'orders', 'night desk', 'eu:till', '']],
	['logs --service=o', ['words', '--service=orders', '']],
	['report ', ['words', 'OrdersSlow', '']],
	['-p ', ['words', 'prod', 'staging', 'demo', '']],
	['--profile=st', ['words', '--profile=staging', '']],
	['profile l', ['words', 'list', '']],
	['profile show ', ['words', 'prod', '']],
	['profile remove --', ['words', '--yes', '']],
	["logs '{a", ['parts', '{app="', '{area="', '']],
	['logs \'{app="f', ['parts', '{app="ferry"', '']],
	['logs \'{app="ferry", ar', ['parts', '{app="ferry", area="', '']],
	['logs \'{app="ferry"} | js', ['parts', '{app="ferry"} | json ', '']],
	["logs '{ 'x", ['parts', '']],
	['trace ', ['files', '']],
	['service orders', ['words', '']],
])('a shell that quotes for itself: %s', async (typed, expected) => {
	expect(await told('zsh', typed)).toEqual(expected);
});

test('behind logs are its options, before a query is begun', async () => {
	expect(await told('zsh', 'logs ')).toContain('--service');
});

test.each<[why: string, typed: string, current: string, told: readonly string[]]>([
	['a plain word', 'ser', 'ser', ['words', 'service', '']],
	['what a shell would split is quoted', 'service n', 'n', ['words', "'night desk'", '']],
	['in an open quote it is not', "service 'n", 'n', ['words', 'night desk', '']],
	['a colon ends what bash replaces', 'service eu:t', 't', ['words', 'till', '']],
	['so does =', 'logs --service=or', 'or', ['words', 'orders', '']],
	['a quote within a quote', 'logs \'{app="d', '{app="d', ['parts', "{app=\"d'\\''or\"", '']],
	['within double quotes', 'logs "{a', '{a', ['parts', '{app=\\"', '{area=\\"', '']],
	['part of a word opens a quote', 'logs {a', '{a', ['parts', '\'{app="', '\'{area="', '']],
])('bash: %s', async (_, typed, current, expected) => {
	expect(await told('bash', typed, current)).toEqual(expected);
});
