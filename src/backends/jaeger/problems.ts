import type { Note } from '../../model/answer.ts';
import type { TracesAnswer } from './schema.ts';

/** Data and problems may both be there: some of what was asked for. */
export const problemNotes = ({ errors }: TracesAnswer): readonly Note[] => {
	const said = (errors ?? []).flatMap(({ msg }) => (msg ? [msg.replace(/\.$/, '')] : []));
	return said.length === 0 ? [] : [{ kind: 'partial', text: `Jaeger gives only a part: ${said.join('; ')}.` }];
};
