import { type Answer, answer } from '../model/answer.ts';
import { type FailureKind, failureOf } from '../model/failure.ts';

/** What a look at a backend was told; `undefined` where it could not be told, or not in time. */
export type Told<Value> = Value | undefined;

/** The answer, or `undefined`: of a look at a whole backend, one question that fails leaves the others alone. */
export const told = <Value>(question: Promise<Answer<Value>>): Promise<Told<Value>> =>
	question.then(
		({ value }) => value,
		() => undefined,
	);

/** Failures that say nothing of what a server can do. */
const untelling: readonly FailureKind[] = ['cancelled', 'timeout', 'rate-limited', 'refused', 'dns', 'tls', 'internal'];

/** Whether a server can do what it is asked; a refusal is a no. */
export const can = (question: Promise<unknown>): Promise<Told<boolean>> =>
	question.then(
		() => true,
		error => (untelling.includes(failureOf(error).kind) ? undefined : false),
	);

/** The first answer of several questions, put one after the other, that is something; `none` when no one is. */
export async function firstTold<Question, Value>(
	questions: readonly Question[],
	ask: (question: Question) => Promise<Value | undefined>,
): Promise<Answer<Value | 'none'>> {
	for (const question of questions) {
		const found = await ask(question);
		if (found !== undefined) return answer(found);
	}
	return answer('none');
}
