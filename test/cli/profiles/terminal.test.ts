import { expect, test } from 'vitest';
import { listText } from '../../../src/cli/profiles/profile-list.ts';
import { shownProfile } from '../../../src/cli/profiles/shown-profile.ts';

test('a file of profiles that somebody else made gives the terminal no commands', () => {
	const name = 'prod\x1b[2J\x9b2J';
	const profile = { label: name, loki: { url: 'http://logs.example' } };
	const saved = { profiles: { [name]: profile } };
	const all = [listText(saved), listText(saved, 'json'), shownProfile(profile)];
	for (const text of all) expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
	expect(JSON.parse(listText(saved, 'json'))).toMatchObject([{ name }]);
});
