import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operator } from '../../../src/cli/profiles/operator.ts';
import { desk } from '../profiles/desk.ts';

export const files = join(import.meta.dirname, 'files');

/** `smokejumper profile import …` with an environment and, where there are answers, somebody who gives them. */
export function importDesk(env: NodeJS.ProcessEnv = {}, answers?: readonly string[]) {
	const asked: string[] = [];
	const operator: Operator = {
		edit: async () => {
			throw new Error('no editor was expected');
		},
		env: { HOME: '/nowhere', ...env },
		...(answers && {
			ask: async (question: string, above?: string) => {
				asked.push(`${above}\n${question}`);
				return answers[asked.length - 1];
			},
		}),
	};
	const at = desk(undefined, operator);
	return {
		...at,
		asked,
		/** What is told, and the profile as it was saved. */
		async imported(...words: readonly string[]) {
			const told = await at.profile('import', 'prod', ...words, '--yes');
			const { profiles } = JSON.parse(readFileSync(at.path, 'utf8'));
			return { told: told.replaceAll(/\s+/g, ' '), profile: profiles.prod as unknown };
		},
	};
}
