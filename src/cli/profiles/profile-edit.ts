import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { safeParse } from 'zod/mini';
import { firstDifference } from '../../backends/shape.ts';
import { UsageError } from '../usage-error.ts';
import { jsonFaultIn } from './json-fault.ts';
import { misspeltIn } from './misspelt.ts';
import type { Operator } from './operator.ts';
import { type Profile, profileSchema } from './profile.ts';
import { savedIn } from './profile-changes.ts';
import type { ProfileStore } from './profile-store.ts';

/**
 * Opens a profile in the operator's editor, checks what comes back and saves it. What is wrong is told, and the editor
 * opened again if that is wanted; otherwise the text stays where it is. Returns what was done, and rejects with a
 * `UsageError` that names that file when it was not saved.
 */
export async function editProfile(store: ProfileStore, name: string, operator: Operator): Promise<string> {
	const before = savedIn(store.read(), name);
	const draft = draftOf(name, before);
	for (;;) {
		await operator.edit(draft.path).catch(error => {
			throw draft.isChanged() ? keptAt(draft.path, error) : draft.discarded(error);
		});
		if (!draft.isChanged()) return draft.discarded(`Nothing of ${name} was changed.`);
		const edited = profileIn(draft.read());
		if (edited.ok) {
			await saveEdited(store, name, before, edited.profile).catch(error => {
				throw keptAt(draft.path, error);
			});
			return draft.discarded([`Saved ${name}.`, ...misspeltIn(name, edited.profile)].join('\n'));
		}
		if (!(await isWantedAgain(operator, edited.problem))) {
			throw new UsageError(edited.problem, `Nothing was saved; your text is in ${draft.path}.`);
		}
	}
}

type Draft = {
	readonly path: string;
	readonly read: () => string;
	/** Not when it was emptied: that is how one leaves without a change. */
	readonly isChanged: () => boolean;
	/** Takes the file away, and hands over what is to be said then. */
	readonly discarded: <Said>(said: Said) => Said;
};

/** For its owner's eyes alone, in a folder that is theirs alone: editors put copies beside what they edit. */
function draftOf(name: string, profile: Profile): Draft {
	const folder = mkdtempSync(join(tmpdir(), 'smokejumper-'));
	const path = join(folder, `${name}.json`);
	const original = `${JSON.stringify(profile, null, '\t')}\n`;
	writeFileSync(path, original, { mode: 0o600 });
	const read = () => (existsSync(path) ? readFileSync(path, 'utf8') : '');
	return {
		path,
		read,
		isChanged: () => ![original, ''].includes(read().trim() === '' ? '' : read()),
		discarded(said) {
			rmSync(folder, { recursive: true, force: true });
			return said;
		},
	};
}

type Edited = { readonly ok: true; readonly profile: Profile } | { readonly ok: false; readonly problem: string };

function profileIn(text: string): Edited {
	const fault = jsonFaultIn(text);
	if (fault !== undefined) {
		return { ok: false, problem: `The text is not valid JSON: line ${fault.line}, column ${fault.column}.` };
	}
	const json: unknown = JSON.parse(text);
	if (isProfile(json)) return { ok: true, profile: json };
	const issues = safeParse(profileSchema, json).error?.issues ?? [];
	return { ok: false, problem: `The text is no profile: ${firstDifference(issues, json)}.` };
}

/** What was read and not what the schema made of it: so the keys stay in their order. */
const isProfile = (json: unknown): json is Profile => safeParse(profileSchema, json).success;

async function isWantedAgain({ ask }: Operator, problem: string): Promise<boolean> {
	if (ask === undefined) return false;
	const answer = await ask(`${problem} Enter opens the editor again, q leaves it: `);
	return answer !== undefined && !/^[qn]/i.test(answer.trim());
}

/** Under the lock of the file: somebody else may have changed the profile while it was in the editor. */
async function saveEdited(store: ProfileStore, name: string, before: Profile, edited: Profile): Promise<void> {
	await store.write(saved => {
		if (!isDeepStrictEqual(savedIn(saved, name), before)) {
			throw new UsageError(`${name} was changed elsewhere meanwhile.`, `Run smokejumper profile edit ${name} again.`);
		}
		return { ...saved, profiles: { ...saved.profiles, [name]: edited } };
	});
}

const keptAt = (path: string, error: unknown): unknown =>
	error instanceof UsageError ? new UsageError(error.message, `Your text is in ${path}.`) : error;
